"""Everything that `solofleet` can be told to do, in the order of its help."""

from typing import Final

from core.cli.command import Command
from core.cli.doctor import DOCTOR
from core.cli.export import EXPORT
from core.cli.fleet import DEMO_RUN, UP
from core.cli.flower import FLOWER
from core.cli.inspect import INSPECT
from core.cli.parity import PARITY
from core.cli.ps import PS
from core.cli.purge import PURGE
from core.cli.queues import QUEUES
from core.cli.render_blueprint import RENDER_BLUEPRINT
from core.cli.render_check import RENDER_CHECK
from core.cli.render_deploy import RENDER_DEPLOY
from core.cli.render_env import RENDER_ENV
from core.cli.render_login import RENDER_LOGIN
from core.cli.render_logs import RENDER_LOGS
from core.cli.render_scale import RENDER_SCALE
from core.cli.render_status import RENDER_STATUS
from core.cli.restore import RESTORE
from core.cli.revoke import REVOKE
from core.cli.send import SEND
from core.cli.settings import SETTINGS
from core.cli.size import SIZE
from core.cli.status import STATUS
from core.cli.tasks import TASKS

COMMANDS: Final[tuple[Command, ...]] = (
    DEMO_RUN,
    UP,
    SEND,
    TASKS,
    PS,
    STATUS,
    INSPECT,
    QUEUES,
    REVOKE,
    PURGE,
    RESTORE,
    FLOWER,
    DOCTOR,
    PARITY,
    SETTINGS,
    EXPORT,
    SIZE,
    RENDER_CHECK,
    RENDER_BLUEPRINT,
    RENDER_ENV,
    RENDER_LOGIN,
    RENDER_STATUS,
    RENDER_DEPLOY,
    RENDER_LOGS,
    RENDER_SCALE,
)
