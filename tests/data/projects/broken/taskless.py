from celery import Celery

app = Celery("taskless", broker="redis://127.0.0.1:1/0", backend="redis://127.0.0.1:1/0")
