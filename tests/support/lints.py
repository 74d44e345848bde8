"""Runs lints over a text."""

from collections.abc import Callable, Iterable, Iterator

from core.render.blueprint.fault import Fault
from core.render.blueprint.reading import Document
from tests.support.blueprints import document

HEALTHY = """\
services:
  - type: web
    name: web
    runtime: python
    startCommand: uvicorn main:app --host 0.0.0.0 --port $PORT
    healthCheckPath: /health
    buildFilter: {paths: ["**"], ignoredPaths: []}
    envVars:
      - {key: BROKER, fromService: {type: keyvalue, name: kv, property: connectionString}}
      - {key: SECRET_KEY, sync: false}
      - {key: ALLOWED_HOSTS, value: "localhost"}
      - {key: LEVEL, value: info}
      - {key: PYTHON_VERSION, value: "3.13.5"}
  - type: worker
    name: worker
    runtime: python
    startCommand: celery -A a worker --concurrency=2 -n worker@%h
  - {type: worker, name: beat, runtime: python, startCommand: celery -A a beat, numInstances: 1}
  - type: web
    name: flower
    runtime: python
    startCommand: celery -A a flower --port=$PORT
    healthCheckPath: /healthcheck
    envVars: [{key: FLOWER_BASIC_AUTH, sync: false}]
  - {type: keyvalue, name: kv, ipAllowList: [], maxmemoryPolicy: noeviction}
"""
"""Nothing is wrong with it."""


def found(
    lints: Iterable[Callable[[Document], Iterator[Fault]]], text: str
) -> list[tuple[str, int]]:
    """The rules that lints find broken, with their lines."""
    return [(fault.rule, fault.line) for lint in lints for fault in lint(document(text))]
