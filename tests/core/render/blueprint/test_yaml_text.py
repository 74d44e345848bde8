"""What is written is read as it was meant, by YAML 1.1 and 1.2."""

import io

import pytest
from ruamel.yaml import YAML

from core.render.blueprint.yaml_text import Value, block, flow, scalar

TEXTS = (
    *("a", "pip install -r requirements.txt", "uvicorn a:b --host 0.0.0.0 --port $PORT"),
    *(
        "yes",
        "Off",
        "n",
        "null",
        "~",
        "",
        " ",
        "3.10",
        "3.13.5",
        "1e5",
        "0x1F",
        "1_000",
        "12:30:45",
    ),
    *("a: b", "a #b", "a:", "- a", "*a", "&a", "!a", "%a", "@a", "`a", "[a", "{a", "a, b", "?"),
    *(
        "cd x && celery -A a worker -n w@%h",
        "Grüße",
        "tab\there",
        "line\nbreak",
        '"q"',
        "'q'",
        "\\",
    ),
    *("**", "**/*.md", "backend/**", "=", "<<", ".5", "$PORT", "/health", ".inf", "2026-11-26"),
)


def read(text: str, version: str) -> object:
    return YAML(typ="safe", pure=True).load(io.StringIO(f"%YAML {version}\n---\n{text}\n"))


@pytest.mark.parametrize("version", ["1.1", "1.2"])
@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_read_as_that_text(text: str, version: str) -> None:
    assert read(f"a: {scalar(text)}", version) == {"a": text}
    assert read(f"a: {flow([text, {'k': text}])}", version) == {"a": [text, {"k": text}]}


VALUE: Value = {
    "type": "worker",
    "numInstances": 1,
    "sync": False,
    "empty": [],
    "list": ["a", "3.10"],
    "tables": [{"key": "A", "from": {"type": "web", "name": "x"}}, {"fromGroup": "g"}],
}


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_a_table_is_read_as_that_table(version: str) -> None:
    assert read("\n".join(block(VALUE)), version) == VALUE
    assert read(flow(VALUE), version) == VALUE


def test_commands_stay_readable() -> None:
    command = "celery -A a.b worker --loglevel=info --concurrency=2 -n worker@%h"
    assert scalar(command) == command
    assert list(block([{"a": "x", "b": ["v"]}])) == ["- a: x", "  b:", "    - v"]
