"""What is told of a received message besides the ordinary: all that its settlement may need.

Standard library and Celery only, Python 3.8.
"""

import base64
from json.encoder import encode_basestring_ascii as quote

from solofleet_inside.channel import encode


def as_json(value):
    if type(value) is str:
        return quote(value)
    return "true" if value is True else encode(value)


def rare_fields(request):
    """The fields of `received` that most tasks do not have, as JSON that goes on with a comma.

    `headers` and `embed` (callbacks, errbacks, chain, chord) are what a result needs to know of
    its task when it is settled from outside; what is empty or known from elsewhere is left out.
    """
    text = ""
    headers = _headers(request)
    if headers:
        text += ',"headers":{%s}' % ",".join(headers)
    embed = request._payload[2]
    if embed and any(embed.values()):
        text += ',"embed":' + encode({key: value for key, value in embed.items() if value})
    if request.eta:
        text += ',"eta":' + quote(request.eta.isoformat())
    if request.expires:
        text += ',"expires":' + quote(request.expires.isoformat())
    if getattr(request.task, "retry_on_worker_lost", False):  # Celery >= 5.7
        text += ',"body":' + encode(_body(request))
    return text


def _body(request):
    """The arguments as they came, from which `settle.py` sends the task again."""
    body = request.body
    data = body.encode("utf-8") if isinstance(body, str) else bytes(body)
    return {
        "data": base64.b64encode(data).decode("ascii"),
        "type": request.content_type,
        "encoding": request.content_encoding,
    }


#: Headers that `received` has already under its own names, or that settlement does without.
_KNOWN = frozenset(
    [
        *("lang", "id", "origin", "argsrepr", "kwargsrepr", "properties", "args", "kwargs"),
        *("delivery_info", "eta", "expires", "hostname", "correlation_id", "reply_to"),
        *("task", "root_id", "timelimit"),  # told only when they are not as usual
    ]
)


def _headers(request):
    """Each header as `"key":value`. That of a plain task are none: its root is itself."""
    headers = request.message.headers or {}
    if "id" not in headers:
        headers = request.request_dict  # protocol 1 has them in the body, beside the arguments
    told = [key for key, value in headers.items() if value and key not in _KNOWN]
    if headers["task"] != request.name:
        told.append("task")
    if headers.get("root_id") not in (None, request.id):
        told.append("root_id")
    if any(headers.get("timelimit") or ()):
        told.append("timelimit")
    return ["%s:%s" % (quote(key), as_json(headers[key])) for key in told]
