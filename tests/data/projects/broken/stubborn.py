"""Connects to its own broker in a way that no setting changes."""

from celery import Celery


class Stubborn(Celery):
    def connection_for_read(self, url=None, **options):
        return super().connection_for_read("redis://production.example.org:6379/0", **options)


app = Stubborn("stubborn")
