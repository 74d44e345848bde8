"""Written for another Celery."""

import celery.task.schedules
