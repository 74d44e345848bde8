"""A project whose broker is a folder, as an example of one that is no Redis."""

import tempfile

from celery import Celery

app = Celery("foldered", broker="filesystem://")
folder = tempfile.mkdtemp()
app.conf.broker_transport_options = {"data_folder_in": folder, "data_folder_out": folder}


@app.task
def add(x, y=2):
    return x + y
