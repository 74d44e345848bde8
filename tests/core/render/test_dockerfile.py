"""What a container starts, from the text of its Dockerfile."""

import pytest

from core.render.dockerfile import started


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FROM python\nCMD celery -A a worker\n", ("celery -A a worker", 2)),
        (
            'FROM a\nCMD ["celery", "-A", "a", \\\n  "worker"]\n',
            ("celery -A a worker", 2),
        ),
        (
            'FROM a\nWORKDIR /app\nENTRYPOINT ["/app/start.sh"]\nCMD ["worker one"]\n',
            ("./start.sh\n'worker one'", 4),
        ),
        ("FROM a\nCMD one\nFROM b\nCMD two\n", ("two", 4)),
        ("FROM a\nCMD one\nCMD two\n", ("two", 3)),
        ("FROM a\nHEALTHCHECK --interval=3s \\\n  CMD curl -f http://x\ncmd three\n", ("three", 4)),
        ("FROM a\n# CMD not this\nENTRYPOINT {}\n", ("{}", 3)),
        ("FROM a\nCMD one\nFROM b\n", None),
        ("FROM a\nCMD []\n", None),
        ("", None),
    ],
)
def test_the_last_stage_says_what_is_started(text: str, expected: tuple[str, int] | None) -> None:
    assert started(text) == expected
