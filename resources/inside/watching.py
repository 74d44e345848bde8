"""What it takes to watch the app's workers from elsewhere, as Flower does.

Standard library and Celery only, Python 3.8.
"""

import json

from solofleet_inside.asking import ask


def enable_events(app, timeout_s=1.0, nodes=None):
    """`{"nodes": [name], "woken": [name]}`: who has heard it sends task events from now on.

    `woken` are those that did not send them before (`celery/worker/control.py`, 5.2-5.7).
    """
    limit = len(nodes) if nodes else None
    with ask(app, timeout_s, destination=nodes, limit=limit) as asked:
        replies = asked._request("enable_events") or {}
    woken = [node for node, said in replies.items() if said == {"ok": "task events enabled"}]
    return {"nodes": sorted(replies), "woken": sorted(woken)}


def disable_events(app, nodes, timeout_s=1.0):
    """`{"nodes": [name]}`: the workers that have heard it send no task events any more."""
    with ask(app, timeout_s, destination=nodes, limit=len(nodes)) as asked:
        return {"nodes": sorted(asked._request("disable_events") or {})}


#: Without which a monitor would hear nothing, or not get in.
WATCHED = (
    "broker_transport_options",
    "broker_use_ssl",
    "control_exchange",
    "event_exchange",
    "event_exchange_type",
    "event_queue_prefix",
    "redis_backend_use_ssl",
    "result_backend",
    "result_backend_transport_options",
    "task_default_queue",
)


def watched(app):
    """`{"settings": {name: value}}`: what it takes to watch the app's workers from elsewhere.

    The URLs have their passwords; a value that is no JSON is left out.
    """
    with app.connection_for_write() as connection:  # where workers send their events
        settings = {"broker_url": connection.as_uri(include_password=True)}
    for name in WATCHED:
        try:
            settings[name] = json.loads(json.dumps(app.conf[name]))
        except (KeyError, TypeError, ValueError):
            pass
    return {"settings": settings}
