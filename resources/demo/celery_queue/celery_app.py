"""The Celery app: `celery -A celery_queue.celery_app worker --loglevel=info`.

Every setting that differs between a laptop and production comes from the environment;
`.env.example` lists them.
"""

import os

from celery import Celery

REDIS_URL = os.environ.get("REDIS_URL", "redis://localhost:6379/0")
USE_CELERY = os.environ.get("USE_CELERY", "true").lower() in ("1", "true", "yes", "on")

celery_app = Celery(
    "celery_queue",
    broker=os.environ.get("CELERY_BROKER_URL", REDIS_URL),
    backend=os.environ.get("CELERY_RESULT_BACKEND", REDIS_URL),
    include=["celery_queue.tasks"],
)
celery_app.conf.update(
    task_always_eager=not USE_CELERY,
    task_time_limit=int(os.environ.get("CELERY_TASK_TIME_LIMIT", "1800")),
    task_soft_time_limit=int(os.environ.get("CELERY_TASK_SOFT_TIME_LIMIT", "1500")),
    task_track_started=True,
    result_expires=3600,
    worker_prefetch_multiplier=1,  # tasks are long: a busy worker should hoard none
    broker_connection_retry_on_startup=True,
)
