"""Shows a curtain at once, and the window behind it when that is made."""

from PySide6.QtWidgets import QApplication

from desktop.curtain import Curtain
from desktop.instance.taskbar import name_for_taskbar


def start(*, open_demo: bool = False, project: str | None = None) -> int:
    """Show the window until it is closed; the exit code. See `desktop.app`."""
    name_for_taskbar()
    application = QApplication(["solofleet"])
    application.setApplicationName("Solofleet")
    application.setQuitOnLastWindowClosed(False)  # what is open is closed first
    curtain = Curtain()
    curtain.show_at_once()
    # These are the modules that the curtain is for.
    from desktop.app import run  # noqa: PLC0415

    return run(application, curtain.close, open_demo=open_demo, project=project)
