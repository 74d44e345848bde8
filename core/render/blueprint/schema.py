"""The Blueprint's schema, as tables: keys, values and what must be there.

Source: https://render.com/schema/render.yaml.json (draft 2020-12) with the compute plans of August
2026 and the workflow services of September 2026, https://render.com/docs/blueprint-spec.
"""

from collections.abc import Mapping
from typing import Final

from core.render.blueprint.shapes import (
    FLAG,
    TEXT,
    TEXTS,
    Choice,
    Keys,
    ListOf,
    Shape,
    Text,
    Whole,
    Word,
)

REGIONS: Final = ("oregon", "ohio", "virginia", "frankfurt", "singapore")
TRIGGERS: Final = ("commit", "checksPass", "off")
RUNTIMES: Final = (
    *("docker", "elixir", "go", "image", "node", "python", "ruby", "rust", "static"),
)
POLICIES: Final = (
    *("allkeys-lru", "volatile-lru", "allkeys-lfu", "volatile-lfu", "allkeys-random"),
    *("volatile-random", "volatile-ttl", "noeviction"),
)
KEY_VALUES: Final = ("keyvalue", "redis")
"""Key Value and its deprecated name."""
FORMER: Final = {"runtime": "env"}
"""Old names of keys that Render still takes, though its schema does not have them."""

COMPUTE_PLANS: Final = (
    *("free", "starter", "standard", "pro", "pro plus", "pro max", "pro ultra"),
    *("0.1c-256mb", "0.5c-512mb", "0.5c-1g", "1c-2g", "2c-4g", "2c-8g", "2c-16g", "4c-8g"),
    *("4c-16g", "4c-32g", "8c-16g", "8c-32g", "8c-64g", "12c-24g", "12c-48g", "12c-96g"),
)
KEY_VALUE_PLANS: Final = (
    *("free", "starter", "standard", "pro", "pro plus"),
    *("256mb", "1g", "3g", "5g", "10g", "20g", "40g", "50g"),
)
_DATABASE_PLANS: Final = (
    *("basic-256mb", "basic-1gb", "basic-4gb"),
    *(f"pro-{size}gb" for size in (4, 8, 16, 32, 64, 128, 192, 256, 384, 512)),
    *(f"accelerated-{size}gb" for size in (16, 32, 64, 128, 256, 384, 512, 768, 1024)),
)
_SWITCH: Final = Word(("enabled", "disabled"))
# The schema has one list of plans for everything.
_PLAN: Final = Word(tuple(dict.fromkeys((*COMPUTE_PLANS, *KEY_VALUE_PLANS, *_DATABASE_PLANS))))
_REGION: Final = Word(REGIONS)
_GENERATION: Final = Word(("automatic", "manual", "off"))

_VALUE: Final = Keys(
    "a variable",
    {
        "key": TEXT,
        "value": Text(numbers=True),
        "generateValue": FLAG,
        "sync": FLAG,
        "previewValue": Text(numbers=True),
    },
    ("key",),
)
_DATABASE_PROPERTIES: Final = (
    *("connectionString", "connectionPoolString", "host", "port", "user", "password", "database"),
)
_FROM_DATABASE: Final = Keys(
    "fromDatabase",
    {"name": TEXT, "property": Word(_DATABASE_PROPERTIES)},
    ("name", "property"),
    open=True,
)
_FROM_SERVICE: Final = Keys(
    "fromService",
    {
        "type": Word(
            ("web", "cron", "worker", "pserv", "static", "dpg", "job", "redis", "keyvalue")
        ),
        "name": TEXT,
        "property": Word(("host", "port", "hostport", "connectionString")),
        "envVarKey": TEXT,
    },
    ("name", "type"),
    open=True,
)
VARIABLE: Final = Choice(
    "a variable",
    None,
    {
        "fromGroup": Keys("a variable", {"fromGroup": TEXT}, ("fromGroup",)),
        "fromDatabase": Keys("a variable", {"key": TEXT, "fromDatabase": _FROM_DATABASE}, ("key",)),
        "fromService": Keys("a variable", {"key": TEXT, "fromService": _FROM_SERVICE}, ("key",)),
    },
    _VALUE,
)

_REGISTRY: Final = Keys(
    "registryCredential",
    {"fromRegistryCreds": Keys("fromRegistryCreds", {"name": TEXT}, ("name",))},
    ("fromRegistryCreds",),
)
_BUILD_FILTER: Final = Keys("buildFilter", {"paths": TEXTS, "ignoredPaths": TEXTS}, open=True)
_IP_ALLOW_LIST: Final = ListOf(
    Keys("an entry of ipAllowList", {"source": TEXT, "description": TEXT}, ("source",), open=True)
)
_SOURCE: Final[Mapping[str, Shape]] = {
    "type": TEXT,
    "name": TEXT,
    "repo": TEXT,
    "branch": TEXT,
    "rootDir": TEXT,
    "buildCommand": TEXT,
    "preDeployCommand": TEXT,
    "envVars": ListOf(VARIABLE),
    "autoDeploy": FLAG,
    "autoDeployTrigger": Word(TRIGGERS),
    "buildFilter": _BUILD_FILTER,
}
_RUN: Final[Mapping[str, Shape]] = {
    **_SOURCE,
    "region": _REGION,
    "plan": _PLAN,
    "runtime": Word(RUNTIMES),
    "image": Keys("image", {"url": TEXT, "creds": _REGISTRY}, ("url",)),
    "startCommand": TEXT,
    "dockerCommand": TEXT,
    "dockerContext": TEXT,
    "dockerfilePath": TEXT,
    "registryCredential": _REGISTRY,
}
_PUBLIC: Final[Mapping[str, Shape]] = {
    "domain": TEXT,
    "domains": TEXTS,
    "ipAllowList": _IP_ALLOW_LIST,
    "renderSubdomainPolicy": _SWITCH,
    "pullRequestPreviewsEnabled": FLAG,
}
_PERCENT: Final = Whole(1, 90)
_SERVER: Final = Keys(
    "a service",
    {
        **_RUN,
        **_PUBLIC,
        "numInstances": Whole(),
        "scaling": Keys(
            "scaling",
            {
                "minInstances": Whole(),
                "maxInstances": Whole(),
                "targetMemoryPercent": _PERCENT,
                "targetCPUPercent": _PERCENT,
            },
            open=True,
        ),
        "healthCheckPath": TEXT,
        "initialDeployHook": TEXT,
        "disk": Keys(
            "disk", {"name": TEXT, "mountPath": TEXT, "sizeGB": Whole()}, ("name", "mountPath")
        ),
        "previews": Keys(
            "previews", {"generation": _GENERATION, "plan": _PLAN, "numInstances": Whole()}
        ),
        "previewPlan": _PLAN,
        "maintenanceMode": Keys("maintenanceMode", {"enabled": FLAG, "uri": TEXT}),
        "maxShutdownDelaySeconds": Whole(1, 300),
    },
    ("type", "name", "runtime"),
)
_CRON: Final = Keys(
    "a cron job", {**_RUN, "schedule": TEXT}, ("type", "name", "runtime", "schedule")
)
_HEADER: Final = Keys(
    "a header", {"path": TEXT, "name": TEXT, "value": TEXT}, ("path", "name", "value"), open=True
)
_ROUTE: Final = Keys(
    "a route",
    {"type": Word(("redirect", "rewrite")), "source": TEXT, "destination": TEXT},
    ("type", "source", "destination"),
    open=True,
)
_STATIC: Final = Keys(
    "a static site",
    {
        **_SOURCE,
        **_PUBLIC,
        "runtime": Word(("static",)),
        "previews": Keys("previews", {"generation": _GENERATION}),
        "staticPublishPath": TEXT,
        "headers": ListOf(_HEADER),
        "routes": ListOf(_ROUTE),
    },
    ("type", "name", "runtime"),
)
_KEY_VALUE: Final = Keys(
    "a Key Value",
    {
        "type": TEXT,
        "name": TEXT,
        "region": _REGION,
        "ipAllowList": _IP_ALLOW_LIST,
        "plan": _PLAN,
        "previewPlan": _PLAN,
        "maxmemoryPolicy": Word(POLICIES),
        "persistenceMode": Word(("journal-snapshot", "snapshot", "off")),
    },
    ("type", "name", "ipAllowList"),
)
_WORKFLOW: Final = Keys("a workflow", {"name": TEXT}, ("type", "name", "runtime"), open=True)
# What has no key of a static site alone is taken for a server, whose keys are more.
_SITE: Final = Choice(
    "a static site",
    None,
    dict.fromkeys(("staticPublishPath", "headers", "routes"), _STATIC),
    _SERVER,
)
_WEB: Final = Choice("a service", "runtime", {"static": _SITE}, _SERVER)
SERVICE: Final = Choice(
    "a service",
    "type",
    {
        "web": _WEB,
        "worker": _SERVER,
        "pserv": _SERVER,
        "cron": _CRON,
        "keyvalue": _KEY_VALUE,
        "redis": _KEY_VALUE,
        "workflow": _WORKFLOW,
    },
)

_DATABASE: Final = Keys(
    "a database",
    {
        "name": TEXT,
        "databaseName": TEXT,
        "user": TEXT,
        "region": _REGION,
        "plan": _PLAN,
        "diskSizeGB": Whole(),
        "storageAutoscalingEnabled": FLAG,
        "connectionPool": Word(("pgbouncer", "none")),
        "previewPlan": _PLAN,
        "previewDiskSizeGB": Whole(),
        "postgresMajorVersion": Word(tuple(str(version) for version in range(10, 19))),
        "highAvailability": Keys("highAvailability", {"enabled": FLAG}, ("enabled",)),
        "ipAllowList": _IP_ALLOW_LIST,
        "readReplicas": ListOf(Keys("a read replica", {"name": TEXT}, ("name",))),
    },
    ("name",),
)
ENV_GROUP: Final = Keys(
    "an environment group",
    {"name": TEXT, "envVars": ListOf(_VALUE)},
    ("name", "envVars"),
    open=True,
)
_RESOURCES: Final[Mapping[str, Shape]] = {
    "services": ListOf(SERVICE),
    "databases": ListOf(_DATABASE),
    "envVarGroups": ListOf(ENV_GROUP),
}
_ENVIRONMENT: Final = Keys(
    "an environment",
    {
        **_RESOURCES,
        "name": TEXT,
        "networking": Keys("networking", {"isolation": _SWITCH}),
        "permissions": Keys("permissions", {"protection": _SWITCH}),
    },
    ("name",),
)
ROOT: Final = Keys(
    "the Blueprint",
    {
        **_RESOURCES,
        "previews": Keys("previews", {"generation": _GENERATION, "expireAfterDays": Whole()}),
        "previewsEnabled": FLAG,
        "previewsExpireAfterDays": Whole(),
        "projects": ListOf(
            Keys(
                "a project",
                {"name": TEXT, "environments": ListOf(_ENVIRONMENT)},
                ("name", "environments"),
            )
        ),
        "ungrouped": Keys("ungrouped", _RESOURCES),
        "version": Word(("1",)),
    },
)
