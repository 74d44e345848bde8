"""Launcher of one fleet worker; runs in the user's interpreter.

    python worker.py NODE          (NODE is for people who look at a process list)

stdin: first line `{"kind": "start", "app", "node", "workdir", "loglevel", "queues", "broker",
"loop", "argv", "debug_port", "fleet", "index", "hoards", "daemonic", "events", "revoked"}`, later
`{"kind": "stop", "cold"}` and `{"kind": "revoked", "ids", "stamps"}`; its end means that Solofleet
is gone: leave at once. A first line with "spare" lets it import the app and wait for a second one.
stdout: telemetry, one JSON object per line (`core/tasks/telemetry.py`).
stderr: the log. Standard library and Celery only, Python 3.8; Celery 5.2 to 5.7.
"""

import os
import sys
import threading
import traceback
import types

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGE = "solofleet_inside"


def open_package():
    """Make this folder importable under a private name; never by sys.path.

    A folder on sys.path would let our `events.py` stand in for the user's.
    """
    package = types.ModuleType(PACKAGE)
    package.__path__ = [HERE]
    sys.modules[PACKAGE] = package
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or ".") != HERE]


def main():
    open_package()
    from solofleet_inside.channel import commands_in, take_pipes
    from solofleet_inside.memory import memory_reader
    from solofleet_inside.report import Report

    stream, channel = take_pipes()
    commands = commands_in(stream)
    start = next(commands, None)
    if start is None:
        return 0
    os.chdir(start["workdir"])
    report = Report(channel, memory_reader())
    run = Run(start, report)
    if start.get("spare"):
        if not run.load():
            return 1
        run.warm_up()
        start = next(commands, None)
        if start is None:
            return 0
        run.take_name(start)
    report.hello(start["node"])
    threading.Thread(target=run.obey, args=(commands,), name="commands", daemon=True).start()
    return run.work()


class Run(object):
    """One life of one worker."""

    def __init__(self, start, report):
        self._start = start
        self._report = report
        self._app = None
        self._consumer = None

    def obey(self, commands):
        """Carry out what comes on stdin, in a thread of its own."""
        for command in commands:
            if command["kind"] == "stop":
                self._stop(command.get("cold", False))
            elif command["kind"] == "revoked":
                self._learn(command)
        os._exit(1)  # Solofleet is gone; nobody would see or stop what goes on

    def _stop(self, cold):
        if self._consumer is None:
            self._report.stopping("before it was ready")
            os._exit(0)  # still importing: no message was taken yet
        if cold:
            wait = threading.Thread(target=self._consumer.pool.stop_cold, name="cold", daemon=True)
            wait.start()
        else:
            self._consumer.stop_soon("asked")

    def _learn(self, revoked):
        from solofleet_inside import revoking

        revoking.learn(revoked["ids"], revoked["stamps"])

    def load(self):
        """Import the app; whether that went well."""
        from solofleet_inside.userapp import CannotStart, load

        try:
            self._report.importing()
            sys.argv[:] = self._start["argv"]
            self._prepare_breakpoint()
            self._app = load(self._start)
        except CannotStart as error:
            self._report.cannot_start(error)
            return False
        return True

    def warm_up(self):
        """A spare imports whatever a worker will need, and says that it waits for its name."""
        from solofleet_inside import consumer, describe, fleet, options, probe, revoking  # noqa: F401

        for lazily_imported in ("Worker", "backend"):
            getattr(self._app, lazily_imported)
        self._app.connection_for_read().get_transport_cls()
        self._report.spare()

    def take_name(self, start):
        """What a spare was waiting for."""
        self._start = start
        sys.argv[:] = start["argv"]

    def work(self):
        """Import, connect, consume until told to stop; return the exit code."""
        from solofleet_inside import revoking
        from solofleet_inside.describe import hitches, unlike_prefork
        from solofleet_inside.userapp import CannotStart

        if self._app is None and not self.load():
            return 1
        app = self._app
        self._report.listen()  # before the pool does, which may leave when it hears
        try:
            worker, asked = self._build(app)
        except CannotStart as error:
            self._report.cannot_start(error)
            return 1
        revoking.listen(self._report.revoking)
        self._learn(self._start.get("revoked") or {"ids": (), "stamps": {}})
        for text in unlike_prefork(app):
            self._report.note(text)
        self._report.connecting(worker, asked)
        for text in hitches(app):
            self._report.note(text)
        self._consumer = worker.consumer
        worker.start()
        stopped = worker.consumer.pool.stopping.is_set()
        self._report.bye()
        return 0 if stopped else (worker.exitcode or 0)

    def _build(self, app):
        from solofleet_inside import options, probe
        from solofleet_inside.consumer import FleetConsumer
        from solofleet_inside.fleet import FleetPool
        from solofleet_inside.userapp import replaced_results

        probe.register(app)
        results = self._start["broker"] and replaced_results(app)
        if results:
            self._report.note(results)
        asked = app.conf.worker_concurrency
        if app.user_options.get("worker") or app.user_options.get("preload"):
            self._report.note(
                "this app adds options of its own to the celery command, which only the command"
                " line reads: use plain mode (--plain) if they matter"
            )
        start = self._start
        given = {"report": self._report, "fleet_size": start.get("fleet", 1)}
        for option in ("index", "hoards", "daemonic"):
            given[option] = start.get(option, 0)
        pool = type("FleetPool", (FleetPool,), given)
        pool.__module__ = FleetPool.__module__
        try:
            settings = options.from_environment(os.environ)
            settings.update({k: start[k] for k in ("loglevel", "queues") if start.get(k)})
            if start.get("events"):
                settings["task_events"] = True
            worker = app.Worker(
                hostname=start["node"],
                pool=pool,
                consumer_cls=FleetConsumer,
                concurrency=1,
                without_gossip=True,
                without_mingle=True,
                use_eventloop=False if start.get("loop") == "windows" else None,
                **settings,
            )
        except Exception as error:
            traceback.print_exc()
            raise _refusal(error) from None
        return worker, asked

    def _prepare_breakpoint(self):
        port = self._start.get("debug_port")
        if port:
            self._wait_for_debugger(port)
        elif not os.environ.get("PYTHONBREAKPOINT"):
            sys.breakpointhook = self._no_terminal

    def _wait_for_debugger(self, port):
        from solofleet_inside.advice import install
        from solofleet_inside.userapp import CannotStart

        try:
            import debugpy
        except ImportError:
            raise CannotStart(
                "debugpy is not installed for %s" % sys.executable,
                "--debug runs the worker under it",
                install("debugpy"),
                final=True,
            ) from None
        debugpy.listen(("127.0.0.1", port))
        self._report.note("debugpy listens on 127.0.0.1:%d; attach your editor" % port)

    def _no_terminal(self, *_args, **_kwargs):
        frame = sys._getframe(1)
        self._report.note(
            "breakpoint() at %s:%d was passed over: a worker has no terminal to ask. Run it under"
            " a debugger: solofleet up --debug" % (frame.f_code.co_filename, frame.f_lineno)
        )


def _refusal(error):
    """Why Celery did not build the worker."""
    from solofleet_inside.userapp import CannotStart

    text = "%s: %s" % (type(error).__name__, str(error).strip())
    if "C_FORCE_ROOT" in text:
        return CannotStart(
            "Celery refuses to start this worker as root",
            "the app accepts pickle, so whoever can write to the broker could run code as root",
            "take pickle out of accept_content, or start as another user; Solofleet never sets"
            " C_FORCE_ROOT itself",
            final=True,
        )
    return CannotStart(
        "Celery refuses to start this worker",
        text,
        "see the worker's log for the rest of what Celery says",
    )


if __name__ == "__main__":
    sys.exit(main())
