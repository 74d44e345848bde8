"""Errors of a worker that runs: its tasks, its processes, its machine.

Texts: Celery 5.2 to 5.7 (`worker/consumer/consumer.py`, `worker/request.py`), billiard 4.2, POSIX
and Winsock.
"""

from typing import Final

from core.known.signature import Signature

_WORKERS: Final = "https://docs.celeryq.dev/en/stable/userguide/workers.html"
_SECURITY: Final = "https://docs.celeryq.dev/en/stable/userguide/security.html"

RUNNING: Final = (
    Signature(
        "unregistered-task",
        r"Received unregistered task of type '?([\w.]+)",
        ("Received unregistered task",),
        "the task {0} is not known to it: not imported, or older code runs",
        "name its module in include=[...], and look for workers left over with: solofleet doctor",
        "https://github.com/celery/celery/issues/6485",
    ),
    Signature(
        "out-of-memory-kill",
        r"Worker exited prematurely: signal 9 \(SIGKILL\)",
        ("signal 9 (SIGKILL)",),
        "a process was killed in the middle of a task, most often because memory ran out",
        "run fewer at once (--concurrency), set worker_max_memory_per_child, or take more memory",
        _WORKERS + "#max-memory-per-child-setting",
        ends=False,
    ),
    Signature(
        "worker-lost",
        r"WorkerLostError(?!\S*Worker exited prematurely: signal 9)"
        r"(?!.*Worker exited prematurely: signal 9)",
        ("WorkerLostError",),
        "a process ended in the middle of a task: sys.exit, os._exit, or a crash in C code",
        "look at the lines before; with acks_late and task_reject_on_worker_lost it runs again",
        "https://docs.celeryq.dev/en/stable/userguide/configuration.html#task-reject-on-worker-lost",
        ends=False,
    ),
    Signature(
        "hard-time-limit",
        r"Hard time limit \(|(?<!Soft)TimeLimitExceeded\(",
        ("Hard time limit (", "TimeLimitExceeded("),
        "a task ran longer than its time_limit and was killed",
        "give it more time with time_limit=..., or split it up",
        _WORKERS + "#time-limits",
        ends=False,
    ),
    Signature(
        "soft-time-limit",
        r"raised unexpected: SoftTimeLimitExceeded\(|^\S*SoftTimeLimitExceeded: ",
        ("SoftTimeLimitExceeded(", "SoftTimeLimitExceeded: "),
        "a task ran longer than its soft_time_limit and did not catch that",
        "catch SoftTimeLimitExceeded to tidy up, or give it more time",
        _WORKERS + "#time-limits",
        ends=False,
    ),
    Signature(
        "not-serializable",
        r"is not JSON serializable|kombu\.exceptions\.EncodeError|EncodeError\(",
        ("is not JSON serializable", "EncodeError"),
        "an argument or a result of a task cannot be written as JSON",
        "pass plain values (text, numbers, lists, dicts), such as an id in place of an object",
        "https://docs.celeryq.dev/en/stable/userguide/calling.html#serializers",
        ends=False,
    ),
    Signature(
        "content-disallowed",
        r"ContentDisallowed|Refusing to deserialize (?:disabled|untrusted) content",
        ("ContentDisallowed", "Refusing to deserialize"),
        "a message comes in a format that this app does not accept",
        "send and accept the same: task_serializer and accept_content, json for both by default",
        _SECURITY,
        ends=False,
    ),
    Signature(
        "duplicate-name",
        r"DuplicateNodenameWarning|already using this process mailbox",
        ("DuplicateNodenameWarning", "already using this process mailbox"),
        "two workers have the same node name, so every tool takes them for one",
        "give each its own: -n worker1@%h, -n worker2@%h",
        _WORKERS + "#starting-the-worker",
        ends=False,
    ),
    Signature(
        "redelivered",
        r"delivery acknowledgement on channel \d+ timed out",
        ("delivery acknowledgement on channel",),
        "a message was held longer than the broker waits, so it will run a second time",
        "acknowledge early, or raise consumer_timeout above the longest task and countdown (on"
        " Redis it is visibility_timeout)",
        "https://www.rabbitmq.com/docs/consumers#acknowledgement-timeout",
        ends=False,
    ),
    Signature(
        "port-taken",
        r"(?i:address already in use)|WinError 10048|Only one usage of each socket address",
        ("ddress already in use", "WinError 10048", "Only one usage of each socket"),
        "its port is in use by another program",
        "stop that program, which solofleet doctor names, or choose another port",
        "https://docs.python.org/3/library/errno.html#errno.EADDRINUSE",
    ),
    Signature(
        "disk-full",
        r"No space left on device|WinError 112\b",
        ("No space left on device", "WinError 112"),
        "the disk is full",
        "make room",
        "https://docs.python.org/3/library/errno.html#errno.ENOSPC",
    ),
    Signature(
        "too-many-files",
        r"Too many open files|WinError 10024",
        ("Too many open files", "WinError 10024"),
        "it had too many files open",
        "close files and connections in the tasks, or raise the limit (ulimit -n)",
        "https://docs.python.org/3/library/errno.html#errno.EMFILE",
    ),
    Signature(
        "memory",
        r"\bMemoryError|Cannot allocate memory|std::bad_alloc|WinError 8\b|WinError 1455\b",
        ("MemoryError", "Cannot allocate memory", "bad_alloc", "WinError 8", "WinError 1455"),
        "it ran out of memory",
        "run fewer workers, or work on less at a time",
        _WORKERS + "#max-memory-per-child-setting",
    ),
    Signature(
        "python-failed",
        r"Fatal Python error: ([\w ,]+)",
        ("Fatal Python error",),
        "Python itself failed: {0}",
        "most often it is an extension module: bring it to the newest version",
        "https://docs.python.org/3/library/faulthandler.html",
    ),
)
