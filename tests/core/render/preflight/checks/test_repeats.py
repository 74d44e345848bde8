"""Tasks that run twice."""

from pathlib import Path

import pytest

from tests.support.preflight import in_app, in_tasks, seen_by

PAY = "@app.task({options})\ndef pay(card):\n    {body}\n"


@pytest.mark.parametrize(
    ("options", "body", "warned"),
    [
        ("acks_late=True", "stripe.Charge.create(card)", True),
        ("acks_late=True", "send_mail('a', 'b')", True),
        ("acks_late=True", "cursor.execute('INSERT INTO x VALUES (1)')", True),
        (
            "acks_late=True",
            "cursor.execute('INSERT INTO x VALUES (1) ON CONFLICT DO NOTHING')",
            False,
        ),
        ("acks_late=True", "stripe.Charge.create(card, idempotency_key=card)", False),
        ("acks_late=True", "return card + 1", False),
        ("acks_late=False", "stripe.Charge.create(card)", False),
        ("", "stripe.Charge.create(card)", False),
    ],
)
def test_late_acks_of_what_must_happen_once(
    options: str, body: str, warned: bool, tmp_path: Path
) -> None:
    changes = in_tasks(PAY.format(options=options, body=body))
    assert bool(seen_by("not-twice", changes, tmp_path)) is warned


def test_the_setting_for_all_tasks_counts_unless_a_task_says_otherwise(tmp_path: Path) -> None:
    late = in_app("app.conf.task_acks_late = True\n")
    body = "stripe.Charge.create(card)"
    all_of_them = {**late, **in_tasks(PAY.format(options="", body=body))}
    assert seen_by("not-twice", all_of_them, tmp_path) == [("warn", "proj/tasks.py", 11)]
    early = {**late, **in_tasks(PAY.format(options="acks_late=False", body=body))}
    assert seen_by("not-twice", early, tmp_path) == []
