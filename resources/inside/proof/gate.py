"""Builds a commit and runs what it starts, step by step, and leaves nothing behind.

Started by boot.py. stdin: `{"kind": "start", ...}`, then for each `more` that was said a part of
the commit, `{"kind": "part", "data": base64}`, an empty one at the end. The end of stdin means
leave: every process is killed, every file removed.

`start` has `python` (3.13.5), `broker` (a command behind which a port is to stand, or None),
`limits` (seconds by step), `task` (`{"name", "args", "kwargs"}`, None for the probe), `services`:
`{"name", "kind", "root", "folder", "build", "start", "app", "env", "path"}`. `env` are its
variables on Render, `folder` is where its app is imported, `path` that of its health check.

stdout: `{"kind": "more"}`, `{"kind": "step", "id", "service", "about"}`, `{"kind": "line", "text"}`
now and then, `{"kind": "ended", "id", "service", "step_s", "facts": {"state", ...}}`, and at last
`{"kind": "over"}`. Standard library only, Python 3.8.
"""

import base64
import json
import os
import re
import shutil
import signal
import tarfile
import tempfile
import threading

from solofleet_inside.proof import boot, broker, processes, serving, working
from solofleet_inside.proof.driving import Driver
from solofleet_inside.proof.programs import Failed
from solofleet_inside.proof.site import Site
from solofleet_inside.proof.telling import Teller


def main(home, stream):
    """Do all of it."""
    os.chdir(home)
    processes.adopt_orphans()
    _sweep()
    signal.signal(signal.SIGTERM, lambda number, frame: _leave(home, 1))
    try:
        start = json.loads(stream.readline().decode("utf-8") or "null")
        teller = Teller()
        if start is None or not _receive(home, stream, teller):
            return
        threading.Thread(target=_until_end, args=(stream,), daemon=True).start()
        Gate(start, home, teller).run()
        teller.say("over")
        _leave(home, 0)  # the thread still reads stdin, for which a usual end would wait
    finally:
        _clear(home)


def _receive(home, stream, teller):
    """Take the commit over and unpack it; false where nobody sends it any more."""
    archive = os.path.join(home, "commit.tar")
    with open(archive, "wb") as file:
        while True:
            teller.say("more")
            line = stream.readline()
            if not line:
                return False
            data = base64.b64decode(json.loads(line.decode("utf-8"))["data"])
            if not data:
                break
            file.write(data)
    with tarfile.open(archive) as tar:
        safe = {"filter": "tar"} if hasattr(tarfile, "tar_filter") else {}
        tar.extractall(os.path.join(home, "src"), **safe)
    os.remove(archive)
    return True


def _until_end(stream):
    """The main thread leaves, which cannot start anything meanwhile."""
    for _ in stream:
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _leave(home, code):
    _clear(home)
    os._exit(code)


def _clear(home):
    processes.kill_below(os.getpid())
    os.chdir("/")
    shutil.rmtree(home, ignore_errors=True)


def _sweep():
    """Remove the folders of runs that were killed."""
    top = tempfile.gettempdir()
    for name in os.listdir(top):
        found = re.match(re.escape(boot.PREFIX) + r"(\d+)-", name)
        if found and not os.path.exists("/proc/%s" % found.group(1)):
            shutil.rmtree(os.path.join(top, name), ignore_errors=True)


class Gate(object):
    """One run over one commit: the steps that nothing stands in the way of."""

    def __init__(self, start, home, teller):
        self._start = start
        self._limits = start["limits"]
        self._home = home
        self._teller = teller
        self._site = Site(home, start["python"], start["limits"], teller)

    def run(self):
        """All of them."""
        site = self._site
        with self._teller.step("broker", "", "") as facts:
            argv = self._start["broker"]
            _, variables = broker.serve(argv, site.machine, self._home, site.install)
        if facts["state"] == "failed":
            return
        for service in self._start["services"]:
            made = site.build(service)
            if made is not None:
                env = site.environment(service, made)
                run = self._work if service["kind"] == "worker" else self._serve
                run(service, os.path.join(made, "bin", "python"), env, variables)

    def _work(self, service, python, env, variables):
        name, limit_s = service["name"], self._limits["import"]
        drive = (python, self._site.inside, service["app"])
        with self._teller.step("import", name, service["app"]) as facts:
            folder = self._site.folder(service["folder"])
            own = Driver(*drive, folder, env, {}, limit_s)
            try:
                facts.update(own.call("settings")["settings"])
            finally:
                own.close()
        if facts["state"] == "failed":
            return
        eager = facts["eager"]
        probe = os.path.join(self._home, "probe")
        working.lay_out_probe(probe, self._site.inside)
        env = working.with_probe(_led(env, variables), probe)
        worker = None
        with self._teller.step("worker", name, service["start"]) as facts:
            driver = Driver(*drive, folder, env, variables, limit_s)
            root = self._site.folder(service["root"])
            worker = working.Worker(service["start"], env, root, driver, self._teller.heard)
            facts.update(worker.ready(self._limits["worker"]))
        if facts["state"] == "passed":
            self._try(name, worker, eager)
        if worker is not None:
            worker.close()

    def _try(self, name, worker, eager):
        task = self._start["task"] or {"name": working.PROBE, "args": [], "kwargs": {}}
        with self._teller.step("task", name, task["name"]) as facts:
            if eager:
                raise Failed(eager=True)
            limit_s = self._limits["task"]
            facts.update(worker.run(task["name"], task["args"], task["kwargs"], limit_s))
        with self._teller.step("memory", name, "") as facts:
            facts.update(worker.memory())
        if eager:
            return
        with self._teller.step("stop", name, "") as facts:
            facts.update(worker.stop(self._limits["stop"]))

    def _serve(self, service, python, env, variables):
        with self._teller.step("web", service["name"], service["start"]) as facts:
            root = self._site.folder(service["root"])
            port, limit_s = broker.free_port(), self._limits["web"]
            command, path, heard = service["start"], service["path"], self._teller.heard
            env = _led(env, variables)
            facts.update(serving.serve(command, env, root, port, path, limit_s, heard))


def _led(env, variables):
    """Every address of a Redis leads to ours, whoever reads it."""
    url = variables["CELERY_BROKER_URL"]
    ours = {k: url for k, v in env.items() if re.match(r"\s*(rediss?|valkeys?)://", v)}
    return dict(env, **dict(ours, **variables))
