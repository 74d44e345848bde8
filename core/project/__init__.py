"""The user's Celery project: where it lives, what runs it."""
