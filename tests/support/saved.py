"""The lines of a file that a purge has saved, as `inside/purging.py` writes them."""

import base64
import hashlib
import json
from typing import Any

HEADER = {
    **{"kind": "solofleet-purge", "version": 1, "project": "p-1", "broker": "redis://:**@far/0"},
    **{"queue": "q", "prefix": "", "separator": "|", "steps": [0, 3], "token": "t", "at": "now"},
    "count": 2,
}


def lines(count: int | None = 2, **header: Any) -> list[bytes]:
    """Header, two messages, end."""
    messages = [{"priority": 0, "data": base64.b64encode(bytes([n])).decode()} for n in (1, 2)]
    texts = [json.dumps({**HEADER, "count": count, **header}), *map(json.dumps, messages)]
    body = [text.encode() + b"\n" for text in texts]
    end = {"kind": "end", "sha256": hashlib.sha256(b"".join(body)).hexdigest()}
    return [*body, json.dumps(end).encode() + b"\n"]
