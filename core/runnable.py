"""Whether a project can be run as is wished, before anything of it is started."""

from collections.abc import Mapping

from core.project.compatibility import check_mode, check_versions
from core.project.opening import Project
from core.project.versions import Versions, read_versions
from core.wishes import Wishes, wants_redis, worker_mode


async def check_runnable(project: Project, wishes: Wishes, environ: Mapping[str, str]) -> Versions:
    """What the interpreter has. Raises FleetError unless its Celery works, in the mode wished."""
    versions = await read_versions(project.interpreter, environ)
    check_versions(versions, project.interpreter, redis=wants_redis(project, wishes))
    check_mode(versions, worker_mode(project, wishes))
    return versions
