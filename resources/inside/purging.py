"""Empties a queue into a file, and fills it from there again, byte for byte.

Nothing is ever in no place: messages are set aside on the broker, written to the file, which is
made to reach the disk, and only then deleted. The file is there, with nothing but its header,
before the first message moves: it names the place of what was set aside, so that `restore` finds
it whatever was broken off. `core/bridge/saved.py` tells the form of the file.

Redis only: no other transport of kombu gives messages as the bytes that it keeps. Standard
library and Celery only, Python 3.8.
"""

import base64
import hashlib
import json
import os
import time
import uuid
from contextlib import contextmanager

from solofleet_inside.aside import Lists
from solofleet_inside.keys import prefix_of, reading

PAGE = 500


class Refused(Exception):
    """In three parts, for people: what failed, why, what to do next."""

    def __init__(self, what, why, fix):
        super(Refused, self).__init__(what, why, fix)
        self.what, self.why, self.fix = what, why, fix


def purge(app, queue, file, project):
    """`{"purged": n}`: move what waits in a queue to `file`, which must not be there yet.

    What comes in meanwhile stays. Where it fails before all is saved, the queue is as it was.
    """
    token = uuid.uuid4().hex
    with _lists(app, queue, token) as (lists, channel, broker):
        header = {
            "kind": "solofleet-purge",
            "version": 1,
            "project": project,
            "broker": broker,
            "queue": queue,
            "prefix": prefix_of(channel),
            "separator": channel.sep,
            "steps": lists.steps,
            "token": token,
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "count": None,
        }
        _write(file, [_line(header)])
        try:
            counts = lists.set_aside()
            header["count"] = sum(counts.values())
            save(file, header, lists, counts)
        except Exception as error:
            _undo(lists, file, error)
            raise
        lists.forget()
    return {"purged": header["count"]}


def save(file, header, lists, counts):
    """Write all that was set aside, and see that it is on the disk."""
    part = file + ".part"
    digest = hashlib.sha256()

    def lines():
        yield _line(header)
        for step in lists.steps:
            for start in range(0, counts[step], PAGE):
                for raw in lists.page(step, start, PAGE):
                    data = base64.b64encode(raw).decode("ascii")
                    yield _line({"priority": step, "data": data})

    def summed():
        for line in lines():
            digest.update(line)
            yield line
        yield _line({"kind": "end", "sha256": digest.hexdigest()})

    try:
        count = _write(part, summed()) - 2
        if count != header["count"]:
            raise ValueError("%d of %d messages were read" % (count, header["count"]))
        os.replace(part, file)
        _flush_folder(os.path.dirname(file))
    except BaseException:  # Ctrl+C too: no half of a file is left
        if os.path.exists(part):
            os.unlink(part)
        raise


def restore(app, file, aside_only=False):
    """`{"restored": n, "source": "aside" or "file"}`: put back what a file is about.

    What a purge that was broken off left aside on the broker comes first: then the file, if it
    is whole, is a copy of that. With `aside_only` the file's own messages stay out. What comes
    back is taken before what waits there by now, which is newer.
    """
    with open(file, "rb") as stream:
        header = json.loads(stream.readline())
        with _lists(app, header["queue"], header["token"]) as (lists, channel, _):
            then = header["prefix"], header["steps"], header["separator"]
            now = prefix_of(channel), lists.steps, channel.sep
            if then != now:
                raise Refused(
                    "the messages of %s cannot be put back" % file,
                    "the app kept them in lists named after %r then, after %r now" % (then, now),
                    "give the app the global_keyprefix, priority_steps and sep of then",
                )
            count = lists.put_back()
            if os.path.exists(file + ".part"):  # what was saved when the purge was broken off
                os.unlink(file + ".part")
            if count or aside_only:
                return {"restored": count, "source": "aside"}
            if header["count"] is None:
                raise Refused(
                    "there is nothing to put back from %s" % file,
                    "that purge was broken off before anything was saved, and nothing of it is"
                    " set aside on this broker",
                    "see that it is the same broker; if it is, nothing was taken from the queue",
                )
            return {"restored": _fill(lists, stream, header["count"]), "source": "file"}


def _fill(lists, stream, count):
    lists.empty()
    try:
        read = 0
        for step, messages in _paged(stream):
            lists.fill(step, messages)
            read += len(messages)
        if read != count:
            raise ValueError("the file has %d of %d messages" % (read, count))
    except BaseException:  # Ctrl+C too: no half of a restoration stays on the broker
        lists.empty()
        raise
    return lists.publish()


def _paged(stream):
    """Yield `(step, messages)` as they come, a page of one list at a time."""
    step, page = None, []
    for line in stream:
        message = json.loads(line)
        if message.get("kind") == "end":
            break
        if page and (message["priority"] != step or len(page) == PAGE):
            yield step, page
            page = []
        step = message["priority"]
        page.append(base64.b64decode(message["data"]))
    if page:
        yield step, page


@contextmanager
def _lists(app, queue, token):
    """`(lists, channel, broker)`: the broker's URL without its password."""
    with app.connection_for_read() as connection:  # where workers take from
        channel = connection.default_channel
        if not hasattr(channel, "unacked_key"):
            raise Refused(
                "messages of %s are neither saved nor put back" % connection.as_uri(),
                "only Redis gives them byte for byte as it keeps them",
                "to throw them away for good: celery -A APP purge -Q %s" % queue,
            )
        with reading(channel) as (client, key):
            yield Lists(channel, client, key, queue, token), channel, connection.as_uri()


def _undo(lists, file, error):
    try:
        lists.put_back()
    except Exception as trouble:
        raise Refused(
            "the purge was broken off, and what it had taken could not be put back",
            "%s: %s; then %s: %s" % (type(error).__name__, error, type(trouble).__name__, trouble),
            "nothing is lost: when the broker is back, type: solofleet restore %s" % file,
        ) from error
    os.unlink(file)


def _line(message):
    return json.dumps(message, separators=(",", ":")).encode("ascii") + b"\n"


def _write(file, lines):
    """Write a new file that its owner alone may read, through to the disk; how many lines."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    count = 0
    with os.fdopen(os.open(file, flags, 0o600), "wb") as stream:
        for line in lines:
            stream.write(line)
            count += 1
        stream.flush()
        os.fsync(stream.fileno())
    _flush_folder(os.path.dirname(file))
    return count


def _flush_folder(folder):
    """Let the name of a new file reach the disk too; Windows has no such thing."""
    if os.name == "posix":
        number = os.open(folder or ".", os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
