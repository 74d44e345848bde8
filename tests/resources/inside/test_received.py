"""What is told of a message besides the ordinary."""

import base64
import json
from collections.abc import Callable
from types import ModuleType, SimpleNamespace


def test_the_body_is_told_of_a_task_that_is_sent_again_when_its_worker_is_lost(
    inside: Callable[[str], ModuleType],
) -> None:
    request = SimpleNamespace(
        id="a1",
        name="shop.add",
        message=SimpleNamespace(headers={"id": "a1", "task": "shop.add"}),
        request_dict={},
        _payload=([1, 2], {}, {"chain": None}),
        eta=None,
        expires=None,
        task=SimpleNamespace(retry_on_worker_lost=True),
        body=b'[[1, 2], {}, {"chain": null}]',
        content_type="application/json",
        content_encoding="utf-8",
    )
    rare_fields = inside("received").rare_fields
    told = json.loads("{" + rare_fields(request).lstrip(",") + "}")
    assert base64.b64decode(told["body"].pop("data")) == request.body
    assert told == {"body": {"type": "application/json", "encoding": "utf-8"}}
    request.task.retry_on_worker_lost = False
    assert rare_fields(request) == ""
