"""What a project, a machine and a person tell Solofleet, each value with the place it comes from.

A value is taken from the first of these that has it: command line, environment, local, project,
user, default. The keys and all that is known of them are the table in `core.settings.keys`.
"""

from core.settings.keys import LOG_LEVELS, MODES
from core.settings.kinds import MAX_WORKERS
from core.settings.loading import load_settings
from core.settings.merged import Settings

__all__ = ("LOG_LEVELS", "MAX_WORKERS", "MODES", "Settings", "load_settings")
