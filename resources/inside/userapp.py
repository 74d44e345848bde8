"""Imports the user's Celery app, then points it to the broker that was asked for.

Standard library and Celery only, Python 3.8.
"""

import os
import sys
import traceback

from solofleet_inside.advice import bring, install, python


class CannotStart(Exception):
    """In three parts: what failed, why, what to do next.

    `final`: another try cannot help, as opposed to code that somebody may be mending right now.
    """

    def __init__(self, what, why, fix, final=False):
        super(CannotStart, self).__init__(what, why, fix)
        self.what, self.why, self.fix, self.final = what, why, fix, final


def load(start):
    """Return the app that `celery -A` finds, given the start message.

    Of that it reads `app`, `workdir` and `broker`: the variables that lead to the broker that was
    asked for, to which every other setting gives way; empty for the app's own. With `plain` no
    setting is made to give way, as nobody does so for the literal command: an app that is led
    astray is refused here, before a worker starts. Raises `CannotStart`.
    """
    name, workdir = start["app"], start["workdir"]
    sys.path.insert(0, workdir)
    try:
        from celery.app.utils import find_app
        from celery.utils.imports import import_from_cwd  # noqa: F401 - find_app needs it there
    except ImportError as error:
        raise CannotStart(
            "Celery cannot be imported by %s" % sys.executable,
            repr(error),
            install('"celery[redis]"'),
            final=True,
        ) from None
    try:
        app = find_app(name)
        if hasattr(app, "loader"):
            app.loader.import_default_modules()
    except SystemExit as error:
        raise CannotStart(
            "The Celery app %r ended its own import" % name,
            "a module called sys.exit(%r) while it was imported" % (error.code,),
            "guard that call with `if __name__ == '__main__':`",
        ) from None
    except Exception as error:
        traceback.print_exc()
        raise CannotStart(
            "The Celery app %r cannot be imported in %s" % (name, workdir),
            "%s: %s%s" % (type(error).__name__, error, _place(error, workdir)),
            _advice(error, name, workdir),
            final=_is_missing(error, name),
        ) from None
    if not hasattr(app, "control"):
        raise CannotStart(
            "%r is not a Celery app" % name,
            "it is %s" % type(app).__name__,
            "name the module, or `module:attribute` of the Celery(...) object, with -A",
            final=True,
        )
    if start["broker"]:
        try:
            _lead(app, start["broker"], start.get("plain"))
        except CannotStart:
            raise
        except Exception as error:  # a serializer or a transport that is not there, say
            traceback.print_exc()
            raise CannotStart(
                "Celery cannot work with the settings of %r" % name,
                "%s: %s%s" % (type(error).__name__, error, _place(error, workdir)),
                _advice(error, name, workdir),
            ) from None
    return app


def _lead(app, variables, plain):
    """Lead the app to the broker that was asked for, or raise."""
    url = variables["CELERY_BROKER_URL"]
    if plain:
        refuse_strays(app.conf, url)
    else:
        os.environ.update(variables)  # again: load_dotenv(override=True) may have been at it
        give_way(app.conf, url)
    check(app, variables)


def _is_missing(error, name):
    """Whether it is the app itself that is not there, not something that it imports."""
    module = name.split(":")[0] + "."
    return isinstance(error, ModuleNotFoundError) and module.startswith("%s." % error.name)


def _place(error, workdir):
    """Where in the project the trouble began, or nothing; Celery and Django raise errors anew."""
    place = ""
    if isinstance(error, SyntaxError):
        return place  # it says so itself
    root = os.path.join(os.path.abspath(workdir), "")
    while error is not None:
        for frame, line in traceback.walk_tb(error.__traceback__):
            name = frame.f_code.co_filename
            file = os.path.abspath(name)
            if file.startswith(root) and "site-packages" not in file and name[0] != "<":
                place = " (%s:%d)" % (file[len(root) :], line)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return place


def _advice(error, name, workdir):
    if _is_missing(error, name):
        return "start in the folder that holds %r, or name another app with -A" % error.name
    package = (getattr(error, "name", None) or "").split(".")[0]
    # A package that is there and lacks something is of another version; pip would not help.
    if isinstance(error, ModuleNotFoundError) and package and package not in sys.modules:
        return bring(package, os.path.abspath(workdir))
    whole = "%s -m celery -A %s report" % (python(), name)
    return "mend that and start again; the whole traceback: %s" % whole


# What else could still lead a connection somewhere else than the URL that was asked for.
_SETTINGS = ("broker_transport", "broker_login_method")
_SSL_SETTINGS = ("broker_use_ssl", "redis_backend_use_ssl")
_OPTIONS = ("broker_transport_options", "result_backend_transport_options")
_STRAY_OPTIONS = (
    "master_name",
    "sentinels",
    "sentinel_kwargs",
    "predefined_queues",
    "queue_name_prefix",
    "region",
    "sts_role_arn",
)


def give_way(conf, url):
    """Clear what could lead a connection elsewhere than to `url`; key prefix and priorities stay.

    Celery lets the variables win over constructor, conf, object and module
    (`celery/app/utils.py`, Settings).
    """
    for setting in strays(conf, url):
        options = conf[setting] if setting in _OPTIONS else None
        conf[setting] = options and {
            key: value for key, value in options.items() if key not in _STRAY_OPTIONS
        }


def refuse_strays(conf, url):
    """Raise `CannotStart` for what `give_way` would clear: nobody does for the literal command."""
    found = strays(conf, url)
    if found:
        raise CannotStart(
            "Plain mode cannot lead this app to the broker that was asked for",
            "the app sets %s, which a URL does not replace" % ", ".join(found),
            "leave plain mode, which runs the literal command; or set that for production only",
            final=True,
        )


def strays(conf, url):
    """The settings that could still lead a connection somewhere else than to `url`."""
    encrypted = url.startswith(("rediss://", "amqps://"))
    found = [name for name in _SETTINGS + (() if encrypted else _SSL_SETTINGS) if conf.get(name)]
    found += [name for name in _OPTIONS if set(conf.get(name) or ()) & set(_STRAY_OPTIONS)]
    return found


def check(app, variables):
    """Raise `CannotStart` rather than let a task reach another broker than the one asked for."""
    from kombu import Connection

    # As kombu writes it: with the port that it leaves out, without the options that it has.
    wanted = Connection(variables["CELERY_BROKER_URL"]).as_uri()
    for connection in (app.connection_for_read(), app.connection_for_write()):
        if not _same_server(connection.as_uri(), wanted):
            raise CannotStart(
                "The broker that was asked for cannot replace this app's own",
                "its connections still lead to %s" % connection.as_uri(),
                "move the app's broker URL to CELERY_BROKER_URL, which Solofleet can set",
                final=True,
            )
    results = variables.get("CELERY_RESULT_BACKEND")
    backend = getattr(app.backend, "url", None)
    if results and backend and not _same_server(backend, results):
        raise CannotStart(
            "The broker that was asked for cannot replace this app's result backend",
            "it still leads elsewhere (%s)" % type(app.backend).__name__,
            "let the app take its result backend from CELERY_RESULT_BACKEND",
            final=True,
        )


def replaced_results(app):
    """What to tell of results that go elsewhere than this app would send them; else None."""
    ours = os.environ.get("CELERY_RESULT_BACKEND")
    own = app.conf.first("result_backend", "CELERY_RESULT_BACKEND")
    if not ours or (own or "").startswith("redis"):
        return None
    by_itself = "not to %s" % own.split(":", 1)[0] if own else "though this app keeps none"
    return "results go to the broker that was asked for, %s" % by_itself


def _same_server(url, wanted):
    def server(text):
        host, _, path = text.split("://", 1)[-1].partition("/")
        return host.rsplit("@", 1)[-1] or path  # of a socket file

    return server(url) == server(wanted)
