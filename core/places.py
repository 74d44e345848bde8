"""Where the files that come with Solofleet lie on disk, and where it keeps its own."""

from pathlib import Path
from typing import Final

import platformdirs

RESOURCES: Final = Path(__file__).resolve().parents[1] / "resources"
INSIDE: Final = RESOURCES / "inside"
"""Scripts that run in the user's interpreter."""
DEMO: Final = RESOURCES / "demo"
"""The bundled project of `solofleet demo`."""
DEMO_APP: Final = "celery_queue.celery_app"


def state_folder() -> Path:
    """What is remembered from run to run, for this user on this machine; made by who writes.

    %LOCALAPPDATA%/solofleet, ~/.local/state/solofleet or ~/Library/Application Support/solofleet.
    """
    return platformdirs.user_state_path("solofleet", appauthor=False)
