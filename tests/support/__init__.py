"""What tests of several folders share: a broker, venvs with several Celery versions, workers."""
