"""Errors that keep a worker from starting: its import, its command line, its system.

Texts: CPython 3.8 to 3.13, Celery 5.2 to 5.7 (`celery/bin/celery.py`, `bin/worker.py`,
`utils/nodenames.py`, `platforms.py`, `app/trace.py`), kombu 5.7.
"""

from typing import Final

from core.known.signature import Signature

_APP: Final = (
    "https://docs.celeryq.dev/en/stable/getting-started/next-steps.html#about-the-app-argument"
)
_IMPORT: Final = "https://docs.python.org/3/library/exceptions.html#ImportError"
_WINDOWS: Final = "https://github.com/celery/celery/issues/4178"

STARTUP: Final = (
    Signature(
        "literal-variable",
        r"No module named '(\$\{\w+\})'|No such transport: (\$\{\w+\})",
        ("No module named '${", "No such transport: ${"),
        "{0} stands in an address as it is written: nothing has replaced it",
        "set the variable to the address itself; hosts such as Render expand nothing",
        "https://render.com/docs/configure-environment-variables",
    ),
    Signature(
        "redis-missing",
        r"No module named '?redis'?|You need to install the redis library",
        ("No module named 'redis'", "No module named redis", "install the redis library"),
        "Celery speaks to Redis through the package redis, which is not installed",
        'install it with Celery: pip install "celery[redis]"',
        "https://docs.celeryq.dev/en/stable/getting-started/introduction.html#bundles",
    ),
    Signature(
        "module-missing",
        r"No module named '?(?!redis'?\s*$)([A-Za-z_][\w.]*)'?",
        ("No module named",),
        "the module {0} is not installed in its Python, or not on its path",
        "install what brings it; or start in the folder that holds it (on Render: Root Directory)",
        _IMPORT,
    ),
    Signature(
        "app-not-found",
        r"The module ([\w.:]+) was not found",
        ("The module ",),
        "{0} was not found: not in its working directory, nor installed",
        "start in the folder that holds it (on Render: Root Directory), or name another",
        _APP,
    ),
    Signature(
        "no-app-in-module",
        r"Module '([\w.]+)' has no attribute 'celery'",
        ("has no attribute 'celery'",),
        "no Celery app was found in the module {0}: name it as module:attribute",
        "give -A {0}:NAME, with the name that holds Celery(...)",
        _APP,
    ),
    Signature(
        "app-not-loaded",
        r"Unable to load celery application",
        ("Unable to load celery application",),
        "the Celery app could not be loaded: check its name and the working directory",
        "solofleet doctor imports it and says where it fails",
        _APP,
    ),
    Signature(
        "dll",
        r"ImportError: (DLL load failed while importing \w+|DLL load failed)",
        ("DLL load failed",),
        "a compiled library does not fit: {0}",
        "install the package anew for this Python; it may need the Visual C++ runtime",
        "https://learn.microsoft.com/cpp/windows/latest-supported-vc-redist",
    ),
    Signature(
        "import-name",
        r"ImportError: (cannot import name '\w+' from(?: partially initialized module)? '[\w.]+')",
        ("cannot import name",),
        "an import failed: {0}",
        "versions do not fit, a file hides a library's name, or imports go in a circle",
        _IMPORT,
    ),
    Signature(
        "prefork-on-windows",
        r"not enough values to unpack \(expected 3, got 0\)|worker task registry is empty",
        ("not enough values to unpack (expected 3", "worker task registry is empty"),
        "the prefork pool does not run on Windows with this Celery: use solo",
        "start it with --pool=solo; several of those are what solofleet up runs",
        _WINDOWS,
    ),
    Signature(
        "node-name-format",
        r"Unknown format (%.) in string",
        ("Unknown format %",),
        "its node name has {0}, which only cmd.exe would have replaced"
        " (%computername% in PowerShell or a program)",
        "write -n worker1@%h, in a batch file %%h",
        "https://docs.celeryq.dev/en/stable/userguide/workers.html#starting-the-worker",
    ),
    Signature(
        "beat-on-windows",
        r"-B option does not work on Windows",
        ("-B option does not work on Windows",),
        "a worker cannot run beat inside itself on Windows",
        "start beat on its own: celery -A APP beat",
        "https://docs.celeryq.dev/en/stable/userguide/periodic-tasks.html#starting-the-scheduler",
    ),
    Signature(
        "beat-lock",
        r"Pidfile \(\S*beat\S*\) already exists|celerybeat-schedule\b.*(?:lock|unavailable|denied)"
        r"|(?:lock|unavailable|denied).*celerybeat-schedule|_?dbm\.error.*(?:lock|unavailable)",
        ("already exists", "celerybeat-schedule", "dbm.error"),
        "another beat has the schedule's file",
        "stop the other beat (each would send every task), or delete the file if there is none",
        "https://github.com/celery/celery/issues/4875",
    ),
    Signature(
        "pickle-as-root",
        r"serialized with pickle is a very bad idea|C_FORCE_ROOT",
        ("pickle is a very bad idea", "C_FORCE_ROOT"),
        "Celery refuses to run as root while it accepts pickle",
        "run it as another user, or take pickle out of accept_content",
        "https://docs.celeryq.dev/en/stable/userguide/security.html",
    ),
    Signature(
        "no-such-transport",
        r"No such transport: ([A-Za-z][\w+]*)",
        ("No such transport",),
        "Celery has no transport {0}://",
        "write the broker's address as redis://, rediss:// or amqp://",
        "https://docs.celeryq.dev/en/stable/getting-started/backends-and-brokers/index.html",
    ),
    Signature(
        "variable-not-set",
        r"KeyError: '([A-Z][A-Z0-9_]+)'",
        ("KeyError: '",),
        "the variable {0} is not set, it seems",
        "set {0} in the environment or in .env",
        "https://docs.python.org/3/library/os.html#os.environ",
    ),
    Signature(
        "django-settings",
        r"ImproperlyConfigured.*DJANGO_SETTINGS_MODULE",
        ("DJANGO_SETTINGS_MODULE",),
        "DJANGO_SETTINGS_MODULE is not set",
        "set it where the Celery app is made: os.environ.setdefault(...)",
        "https://docs.celeryq.dev/en/stable/django/first-steps-with-django.html",
    ),
    Signature(
        "no-such-option",
        r"No such option:? '?(-{1,2}[\w-]+)",
        ("No such option",),
        "its Celery does not know the option {0}",
        "see celery worker --help; options such as -A stand before the word worker",
        "https://docs.celeryq.dev/en/stable/reference/cli.html",
    ),
)
