"""Has something of the right name that is no Celery app."""

app = "a text"
