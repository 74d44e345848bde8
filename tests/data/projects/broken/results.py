from celery import Celery

rpc = Celery("rpc", broker="amqp://", backend="rpc://")
keeps_none = Celery("keeps_none", broker="amqp://")
