"""What can be sent and what was, by name, and the keys of the panel."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from core.session import Session
from desktop.commands.command import Command
from desktop.send.picker import READ_AGAIN
from desktop.send.sender import Sender
from desktop.theme.looks import TASK

RECENT: Final = 30
"""So many tasks can be found by their name or id."""


def send_commands(
    sender: Sender, session: Callable[[], Session | None], follow: Callable[[str], object]
) -> Iterator[Command]:
    """The panel's own, one for each task of the app, and one for each of the latest tasks.

    `follow` shows the log lines of a task by its id.
    """

    def is_open() -> bool:
        return session() is not None

    panel = sender.panel
    yield Command("Send test task", sender.open, "Tasks", "Ctrl+T", "send", is_open)
    yield Command(READ_AGAIN, sender.read_again, "Tasks", "", "restart", is_open)
    for label, key, deed in (
        ("Send what is written", "Ctrl+Enter", panel.call.try_send),
        ("Form or JSON", "Ctrl+J", panel.call.turn),
        ("Edit the last call", "Ctrl+R", panel.rerun.emit),
        ("Back from the panel", "Esc", panel.closed.emit),
    ):
        visible = panel.isVisible
        yield Command(label, deed, "Tasks", key, "", visible, own_key=True, listed=False)
    opened = session()
    if opened is None:
        return
    for name in sender.tasks:
        yield Command(f"Send {name}…", partial(sender.open_for, name), "Tasks", "", "send")
    for task in opened.ledger.tasks(limit=RECENT):
        label = f"{task.name} {task.id}"
        yield Command(label, partial(follow, task.id), TASK[task.state].label, "", "tasks")
