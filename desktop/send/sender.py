"""Leads the panel: asks the session, sends, and keeps what is to be kept."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Final

from PySide6.QtCore import QObject, Signal

from core.changes import BrokerKnown
from core.errors import FleetError
from core.session import Session
from core.tasks.call import TaskCall
from desktop.desk import Desk
from desktop.send.command_line import send_command
from desktop.send.draft import Draft
from desktop.send.following import Following
from desktop.send.kept import Kept, Recent, Template, kept_file, read_kept, write_kept
from desktop.send.panel import SendPanel
from desktop.send.task_info import TaskInfo, task_infos
from desktop.theme.theme import Theme

NO_PROJECT: Final = FleetError(
    "Nothing was sent", "no project is open", "open one, then send the call from here"
)


class Sender(QObject):
    """`panel` is the window's to show. `asked` comes when it is to be shown, `closed` when it is to
    go, `kept` when templates and recent calls are on disk; `follow` has the id of a task whose log
    lines are wanted, `source` a Source to open.
    """

    asked = Signal()
    closed = Signal()
    kept = Signal()
    follow = Signal(str)
    source = Signal(object)

    def __init__(self, theme: Theme, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._desk = desk
        self._session: Session | None = None
        """The last one that was open; its books can be read for ever."""
        self._halt = asyncio.Event()
        """Set where copies with pauses between are to go out no more."""
        self._infos: Mapping[str, TaskInfo] = {}
        self._kept = Kept()
        self._broker: BrokerKnown | None = None
        self._draft: Draft | None = None
        self._sendings = 0
        self._shown: TaskInfo | None = None
        self._reading: asyncio.Task[None] | None = None
        self.following = Following(desk, self._max_retries, self)
        self.panel = SendPanel(theme, self.following.rows)
        self.following.show_in(theme, self.panel.results)
        self._connect()

    def _connect(self) -> None:
        desk, picker, call = self._desk, self.panel.picker, self.panel.call
        desk.opened.connect(self._project_opened)
        desk.closed.connect(self._project_closed)
        desk.hub.broker_known.connect(self._broker_known)
        picker.task.connect(self._choose)
        picker.again.connect(self.read_again)
        picker.template.connect(self._edit_template)
        picker.recent.connect(self._edit_recent)
        picker.unsaved.connect(self._forget_template)
        picker.named.connect(self._save_template)
        call.send.connect(self._send)
        call.stop.connect(self._stop_sending)
        call.save.connect(picker.ask_name)
        call.source.connect(self.source)
        call.show_command_of(self._command_of)
        self.panel.closed.connect(self.closed)
        self.panel.rerun.connect(self._rerun)
        self.following.times_changed.connect(picker.show_times)
        self.following.rerun.connect(self._rerun)
        self.following.follow.connect(self.follow)
        self.following.source.connect(self.source)

    @property
    def tasks(self) -> tuple[str, ...]:
        """The names of those that can be sent, as far as they are known by now."""
        return tuple(self._infos)

    def open(self) -> None:
        """Have the panel shown, and begin with the search."""
        self.asked.emit()
        self.panel.enter()
        read = self._reading is None or self._reading.done()
        if self._desk.session is not None and read and not self._infos:
            self._read(self._desk.session)

    def open_for(self, name: str) -> None:
        """Have the panel shown with the form of a task."""
        self.open()
        self._choose(name)
        self.panel.call.editor.enter()

    def read_again(self) -> None:
        """Have the tasks as the app's files have them now; workers know them once restarted."""
        if self._desk.session is not None:
            self._read(self._desk.session, again=True)

    def edit(self, draft: Draft) -> None:
        """Fill the form with a call; it may be sent after."""
        info = self._infos.get(draft.call.task)
        if info is None:
            self.panel.call.show_error(
                FleetError(
                    f"There is no task {draft.call.task} in this app",
                    "it was renamed or removed since, or another project is open",
                    "choose one of those at the left",
                )
            )
        else:
            self._show(info, draft)

    # --- The project ---

    def _project_opened(self) -> None:
        session = self._session = self._desk.session
        assert session is not None
        self._sendings, self._draft = 0, None
        self.following.open(session)
        self._read(session)

    def _project_closed(self) -> None:
        self._halt.set()
        self._infos, self._shown = {}, None
        self.panel.picker.show_tasks((), self.following.typical)
        self.panel.call.show_none()

    def _read(self, session: Session, *, again: bool = False) -> None:
        self._reading = self._desk.do(self._load(session, again=again))

    async def _load(self, session: Session, *, again: bool) -> None:
        picker = self.panel.picker
        picker.show_note("Reading the tasks of the app…")
        try:
            self._kept = await asyncio.to_thread(read_kept, kept_file(session.project.name))
            picker.show_kept(self._kept)
            if again:
                await session.calls.renew()
            infos = task_infos(await session.calls.describe())
        except FleetError as error:
            if self._desk.session is session:  # else it was closed meanwhile, the window even
                picker.show_note("The tasks could not be read")
                self.panel.call.show_error(error)
            return
        self._infos = {info.name: info for info in infos}
        picker.show_tasks(infos, self.following.typical)
        self._keep_showing(infos)

    def _keep_showing(self, infos: Sequence[TaskInfo]) -> None:
        """What was typed stays where its task is still there."""
        before = self._shown
        now = None if before is None else self._infos.get(before.name)
        if now is None and infos:
            self._show(infos[0])
        elif now is not None and now != before:
            self._show(now, self.panel.call.editor.read().draft)

    def _broker_known(self, broker: BrokerKnown) -> None:
        self._broker = broker

    # --- The call ---

    def _choose(self, name: str) -> None:
        """Whoever chooses what is there already keeps what was typed."""
        info = self._infos.get(name)
        if info is not None and info != self._shown:
            self._show(info)

    def _show(self, info: TaskInfo, draft: Draft | None = None) -> None:
        self._shown = info
        queues = sorted({each.queue for each in self._infos.values() if each.queue})
        self.panel.picker.show_task(info.name)
        self.panel.call.show_task(info, queues, self._root(), draft)

    def _command_of(self, call: TaskCall) -> tuple[str, ...]:
        if self._session is None:
            return ()
        project = self._session.project
        ours = self._broker is not None and self._broker.builtin
        broker = self._broker.url if self._broker is not None and ours else None
        return tuple(send_command(call, str(project.root), project.app, broker))

    def _edit_template(self, name: str) -> None:
        self.edit(next(each.draft for each in self._kept.templates if each.name == name))

    def _edit_recent(self, number: int) -> None:
        self.edit(self._kept.recents[number].draft)

    def _rerun(self) -> None:
        if self._draft is not None:
            self.edit(Draft(replace(self._draft.call, count=1)))
            self.panel.call.editor.enter()

    # --- What is kept ---

    def _save_template(self, name: str) -> None:
        draft = self.panel.call.editor.read().draft
        if draft is not None:
            self._keep(self._kept.with_template(Template(name, draft)))

    def _forget_template(self, name: str) -> None:
        self._keep(self._kept.without_template(name))

    def _keep(self, kept: Kept) -> None:
        self._kept = kept
        self.panel.picker.show_kept(kept)
        if self._session is not None:
            self._desk.do(self._write(kept_file(self._session.project.name), kept))

    async def _write(self, file: Path, kept: Kept) -> None:
        try:
            await asyncio.to_thread(write_kept, file, kept)
            self.kept.emit()
        except FleetError as error:
            self.panel.call.show_error(error)

    # --- Sending ---

    def _send(self, draft: Draft) -> None:
        if self._desk.session is None:
            self.panel.call.show_error(NO_PROJECT)
        else:
            self._halt = asyncio.Event()
            self.panel.call.show_busy(True, stoppable=bool(draft.pause_s))
            self._desk.do(self._sending(self._desk.session, draft))

    async def _sending(self, session: Session, draft: Draft) -> None:
        try:
            self._begin(draft, await session.check(draft.call))
            if draft.pause_s:
                await self._with_pauses(session, draft)
            else:
                await session.send(draft.call, self.following.rows.add)
        except FleetError as error:
            self.panel.call.show_error(error)
        finally:
            self.panel.call.show_busy(False)

    def _begin(self, draft: Draft, queue: str | None) -> None:
        self._draft = draft
        self._sendings += 1
        self.following.begin(queue)
        self.panel.results.show_sending(self._sendings, draft.call.count)
        self._keep(self._kept.with_recent(Recent(time.time(), draft)))

    async def _with_pauses(self, session: Session, draft: Draft) -> None:
        one = replace(draft.call, count=1)
        for number in range(draft.call.count):
            if number:
                with suppress(TimeoutError):
                    async with asyncio.timeout(draft.pause_s):
                        await self._halt.wait()
            if self._halt.is_set():
                return
            await session.send(one, self.following.rows.add)

    def _stop_sending(self) -> None:
        self._halt.set()

    # --- What the panel asks ---

    def _root(self) -> PurePath:
        return PurePath() if self._session is None else self._session.project.root

    def _max_retries(self, task: str) -> int | None:
        info = self._infos.get(task)
        return None if info is None else info.max_retries
