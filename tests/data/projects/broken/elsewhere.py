"""Insists on its own broker, whatever the environment says."""

import os

from celery import Celery

os.environ["CELERY_BROKER_URL"] = "redis://production.example.org:6379/0"  # load_dotenv(override)
app = Celery("elsewhere", broker="redis://production.example.org:6379/0")
app.conf.broker_use_ssl = {"ssl_cert_reqs": 0}
app.conf.broker_transport_options = {"master_name": "main", "global_keyprefix": "mine:"}
app.conf.redis_backend_use_ssl = {"ssl_cert_reqs": 0}
app.conf.result_backend = "redis://production.example.org:6379/1"


@app.task
def add(x, y):
    return x + y
