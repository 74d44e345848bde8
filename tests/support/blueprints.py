"""Blueprints to read: good ones, bad ones with the line of the fault, and Render's own schema."""

import io
import json
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from core.render.blueprint.reading import Document, read_text

_NAME = Path("shared", "data", "render", "render.yaml.schema.patched.json")
_SERVICE = "- {type: worker, name: w, runtime: python"


@cache
def render_schema() -> Any:
    """Render's JSON Schema where a copy lies beside the repository; else None."""
    for folder in Path(__file__).resolve().parents:
        if (folder / _NAME).is_file():
            return json.loads((folder / _NAME).read_text("utf-8"))
    return None


def document(text: str) -> Document:
    """A text as a file of that content is read."""
    return read_text(text, Path("render.yaml"))


def plain(text: str) -> Any:
    """The values of a text, by the rules of YAML 1.2."""
    return YAML(typ="safe", pure=True).load(io.StringIO(text))


def services(*lines: str) -> str:
    """A Blueprint of services, each the rest of a table in braces after type, name, runtime."""
    return "services:\n" + "".join(f"  {_SERVICE}{line}}}\n" for line in lines)


GOOD = {
    "nothing": "{}\n",
    "no services": "services: []\n",
    "one of each": """\
version: "1"
previews: {generation: off, expireAfterDays: 3}
services:
  - type: web
    name: web
    runtime: python
    region: frankfurt
    plan: pro plus
    buildCommand: pip install -r requirements.txt
    startCommand: uvicorn main:app --host 0.0.0.0 --port $PORT
    preDeployCommand: python manage.py migrate
    healthCheckPath: /health
    autoDeployTrigger: off
    domains: [a.example, b.example]
    disk: {name: d, mountPath: /d, sizeGB: 5}
    scaling: {minInstances: 1, maxInstances: 3, targetCPUPercent: 90, other: 1}
    previews: {generation: manual, plan: starter, numInstances: 1}
    maintenanceMode: {enabled: false, uri: https://example.org}
    buildFilter: {paths: [a/**], ignoredPaths: [b/**]}
    ipAllowList: [{source: 0.0.0.0/0, description: all, more: 1}]
    envVars:
      - {key: A, value: text}
      - {key: B, value: 3.10}
      - {key: C, generateValue: true}
      - {key: D, sync: false, previewValue: x}
      - {fromGroup: shared}
      - {key: E, fromDatabase: {name: db, property: connectionString}}
      - {key: F, fromService: {type: keyvalue, name: kv, property: connectionString}}
      - {key: G, fromService: {type: web, name: web, envVarKey: A}}
  - {type: worker, name: worker, runtime: docker, dockerCommand: celery, numInstances: 2}
  - type: pserv
    name: inner
    runtime: image
    image: {url: a, creds: {fromRegistryCreds: {name: r}}}
  - {type: cron, name: nightly, runtime: python, schedule: "0 3 * * *", startCommand: x}
  - type: web
    name: site
    runtime: static
    staticPublishPath: out
    headers: [{path: /*, name: A, value: b}]
  - {type: web, name: site2, runtime: static, routes: [{type: rewrite, source: /*, destination: /}]}
  - {type: web, name: site3, runtime: static, plan: starter}
  - {type: keyvalue, name: kv, ipAllowList: [], maxmemoryPolicy: noeviction, persistenceMode: off}
  - {type: redis, name: old, plan: free, ipAllowList: []}
  - {type: workflow, name: flow, runtime: python, anything: [1, 2]}
databases:
  - {name: db, plan: basic-256mb, postgresMajorVersion: "17", highAvailability: {enabled: true}}
envVarGroups:
  - {name: shared, envVars: [{key: A, value: "1"}, {key: B, generateValue: true}]}
ungrouped: {services: []}
projects:
  - name: p
    environments:
      - name: production
        networking: {isolation: enabled}
        permissions: {protection: disabled}
        services:
          - {type: worker, name: w2, runtime: python, plan: 12c-96g, maxShutdownDelaySeconds: 300}
""",
    "whole numbers as floats": services(", numInstances: 2.0"),
    "anchors": """\
services:
  - &base {type: worker, name: a, runtime: python, envVars: &vars [{key: A, value: b}]}
  - {<<: *base, name: b}
  - {type: worker, name: c, runtime: python, envVars: *vars}
""",
    "words of YAML 1.1 are text": services(
        ", envVars: [{key: A, value: yes}, {key: B, value: on}]"
    ),
}
"""Accepted, by what is in them."""

BAD: dict[str, tuple[str, int]] = {
    "unknown root key": ("services: []\nredis: []\n", 2),
    "services is no list": ("services: {}\n", 1),
    "services is empty": ("\nservices:\n", 2),
    "a service is a text": ("services:\n  - web\n", 2),
    "no type": ("services:\n  - {name: a, runtime: python}\n", 2),
    "unknown type": ("services:\n  - {type: background_worker, name: a, runtime: python}\n", 2),
    "no name": ("services:\n  - {type: web, runtime: python}\n", 2),
    "no runtime": ("services:\n  - {type: web, name: a}\n", 2),
    "env in place of runtime": ("services:\n- type: web\n  name: a\n  env: python\n", 2),
    "runtime with a version": (
        "services:\n- type: web\n  name: a\n  runtime: python-3.11.11\n",
        4,
    ),
    "healthCheck block": (services(", healthCheck: {path: /}"), 2),
    "unknown plan": (services(", plan: large"), 2),
    "unknown region": (services(", region: oslo"), 2),
    "shutdown too long": (services(", maxShutdownDelaySeconds: 900"), 2),
    "shutdown zero": (services(", maxShutdownDelaySeconds: 0"), 2),
    "instances as text": (services(', numInstances: "2"'), 2),
    "instances as a fraction": (services(", numInstances: 1.5"), 2),
    "cpu target too high": (services(", scaling: {targetCPUPercent: 95}"), 2),
    "autoDeploy as text": (services(', autoDeploy: "yes"'), 2),
    "autoDeploy of YAML 1.1": (services(", autoDeploy: yes"), 2),
    "autoDeployTrigger is a flag": (services(", autoDeployTrigger: false"), 2),
    "name is a number": ("services:\n  - {type: worker, name: 1, runtime: python}\n", 2),
    "value is a flag": (services(", envVars: [{key: A, value: true}]"), 2),
    "value is nothing": (services(", envVars: [{key: A, value: }]"), 2),
    "variable without key": (services(", envVars: [{value: a}]"), 2),
    "two sources": (
        services(", envVars: [{key: A, value: a, fromService: {type: web, name: a}}]"),
        2,
    ),
    "group with key": (services(", envVars: [{key: A, fromGroup: g}]"), 2),
    "fromDatabase without property": (
        services(", envVars: [{key: A, fromDatabase: {name: d}}]"),
        2,
    ),
    "fromService without type": (services(", envVars: [{key: A, fromService: {name: d}}]"), 2),
    "unknown property": (
        services(", envVars: [{key: A, fromService: {type: web, name: d, property: url}}]"),
        2,
    ),
    "group refers to a service": (
        "envVarGroups:\n- name: g\n  envVars:\n"
        "  - {key: A, fromService: {type: keyvalue, name: k, property: host}}\n",
        4,
    ),
    "group without variables": ("envVarGroups:\n- name: g\n", 2),
    "Key Value without ipAllowList": ("services:\n- {type: keyvalue, name: k}\n", 2),
    "Key Value with a policy of the API": (
        "services:\n- {type: keyvalue, name: k, ipAllowList: [], maxmemoryPolicy: allkeys_lru}\n",
        2,
    ),
    "Key Value with variables": (
        "services:\n- {type: keyvalue, name: k, ipAllowList: [], envVars: []}\n",
        2,
    ),
    "cron without schedule": ("services:\n- {type: cron, name: c, runtime: python}\n", 2),
    "static with a schedule": (
        "services:\n- {type: web, name: c, runtime: static, schedule: x}\n",
        2,
    ),
    "static with a plan and a header": (
        "services:\n- {type: web, name: c, runtime: static, plan: starter, headers: []}\n",
        2,
    ),
    "database version as a number": ("databases:\n- {name: d, postgresMajorVersion: 17}\n", 2),
    "environment without name": ("projects:\n- {name: p, environments: [{services: []}]}\n", 2),
    "unknown key of a project": ("projects:\n- {name: p, environments: [], region: oregon}\n", 2),
    "unknown key of ungrouped": ("ungrouped: {previews: {}}\n", 1),
    "version is a number": ("version: 1\n", 1),
    "fault behind an alias": (
        "services:\n  - &a {type: worker, name: a, runtime: python, plan: big}\n"
        "  - {<<: *a, name: b}\n",
        2,
    ),
}
"""Refused, each with the line of its first fault."""
