"""A user's project that does at import all that breaks a careless launcher."""

import logging
import os
import sys

import channel
import events
import pool
import report
import worker
from celery import Celery

import core
import resources

print('{"kind":"ready","t":1}')
print('{"kind":"succeeded","id":"x","name":"y","t":1}', flush=True)
sys.stdout.write("no newline at the end of this")
os.write(1, b'{"kind":"error","what":"w","why":"y","fix":"f","t":1}\n')
READ = sys.stdin.read()

logging.basicConfig(level=logging.DEBUG, stream=sys.stdout, format="mine %(message)s", force=True)
os.chdir(os.path.dirname(os.path.abspath(os.sep)) or os.sep)
os.close(1)
os.open(os.devnull, os.O_WRONLY)  # is fd 1 now
sys.stderr.write("flood\n" * 20000)

app = Celery(
    "hostile",
    broker=os.environ.get("CELERY_BROKER_URL"),
    backend=os.environ.get("CELERY_RESULT_BACKEND"),
)
app.conf.worker_hijack_root_logger = False


@app.task
def whose():
    modules = (events, pool, worker, channel, report, core, resources)
    print("printed by a task")
    return [module.WHOSE for module in modules]
