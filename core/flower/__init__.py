"""Flower, the web page that monitors Celery workers, run for one project."""
