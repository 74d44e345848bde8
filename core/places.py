"""Where the files that come with Solofleet lie on disk."""

from pathlib import Path
from typing import Final

RESOURCES: Final = Path(__file__).resolve().parents[1] / "resources"
INSIDE: Final = RESOURCES / "inside"
"""Scripts that run in the user's interpreter."""
DEMO: Final = RESOURCES / "demo"
"""The bundled project of `solofleet demo`."""
DEMO_APP: Final = "celery_queue.celery_app"
