"""Acts that return, raise or ask for something in ways that differ in delivery and result."""

import threading

from celery.exceptions import Ignore, Reject

from parity_app.notes import times


def echo(task, value=None):
    return value


def add(task, x, y):
    return x + y


def total(task, numbers):
    return sum(numbers)


def fail(task, *_args):
    raise ValueError("as asked")


def note_error(task, *args):
    """An errback of the old kind, that gets the id of the task that failed."""
    return len(args)


def again(task, retries, countdown):
    """Retry so many times, then return."""
    if task.request.retries < retries:
        raise task.retry(countdown=countdown, exc=ValueError("not yet"))
    return "at last"


def give_up(task, countdown):
    """Retry until Celery has enough of it."""
    raise task.retry(countdown=countdown, exc=ValueError("never"))


def ignore(task):
    raise Ignore("of no interest")


def reject(task, requeue, once=True):
    """Hand the message back; with `once` the second run returns."""
    if once and times(task.request.id) > 1:
        return "taken"
    raise Reject("not mine", requeue=requeue)


def big(task, size):
    return "x" * size


def unencodable(task):
    """What no serializer takes."""
    return threading.Lock()


def unreadable(task):
    """What JSON does not take, though pickle does."""
    return {complex(1, 2): object}


class _TwoPart(Exception):
    """Cannot be made anew from its `args`, so a pickle of it cannot be loaded."""

    def __init__(self, first, second):
        super().__init__(f"{first} and {second}")


class _Locked(Exception):
    """Cannot be pickled."""

    def __init__(self):
        super().__init__("locked")
        self.lock = threading.Lock()


def throw_two_part(task):
    raise _TwoPart("one", "two")


def throw_locked(task):
    raise _Locked()


def call_child(task, child, *args):
    """Wait for another task, which the guide warns of."""
    id_ = task.request.id + ".child"
    result = task.app.send_task(child, args, task_id=id_)
    return ["the child says", result.get(timeout=20, disable_sync_subtasks=False)]


def call_child_rashly(task, child, *args):
    """Wait for another task without asking for permission."""
    id_ = task.request.id + ".child"
    return task.app.send_task(child, args, task_id=id_).get(timeout=20)


def replace(task, child, *args):
    """Let another task take its place."""
    raise task.replace(task.app.signature(child, args))


def tell_request(task):
    """What a task may know of itself, where a fleet could differ."""
    request = task.request
    return {
        "limits": list(request.timelimit or ()),
        "retries": request.retries,
        "redelivered": bool(request.delivery_info["redelivered"]),
        "routing_key": request.delivery_info["routing_key"],
        "is_eager": request.is_eager,
        "called_directly": request.called_directly,
        "group": request.group,
        "root": request.root_id == request.id,
    }
