"""The way into a project's app that is led to the broker of production."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace

from core.bridge.calls import Calls
from core.bridge.host import Host
from core.project.opening import Project
from core.render.verifying.brokers import astray
from core.render.verifying.production import Production
from core.wishes import Wishes, worker_spec
from core.workers.containment import Containment


@asynccontextmanager
async def production_calls(
    project: Project, containment: Containment, environ: Mapping[str, str], production: Production
) -> AsyncGenerator[Calls]:
    """Calls for the time of the block. Raises FleetError for an app that has another broker."""
    spec = worker_spec(project, Wishes(), environ, None)
    host = Host(replace(spec, env=production.environment(spec.env), broker={}), containment)
    try:
        calls = Calls(host)
        if not production.is_of(url := await calls.broker_url()):
            raise astray(url, production)
        yield calls
    finally:
        await host.close()
