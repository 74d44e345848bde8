"""Where the files that come with Solofleet lie on disk, and where it keeps its own."""

from pathlib import Path
from typing import Final

import platformdirs

from core.errors import FleetError

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


def project_folder(name: str, use: str) -> Path:
    """What is remembered of the project of this name, below that; made if missing.

    `use` says what for. Raises FleetError when it cannot be made.
    """
    folder = state_folder() / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FleetError(
            f"the folder {folder} could not be made",
            error.strerror or str(error),
            f"let it be written to: {use}",
        ) from error
    return folder
