"""`solofleet settings`: what holds, and who says so."""

import json
from pathlib import Path

import pytest

from core.cli.program import main
from core.errors import DONE, USAGE
from core.settings.schema import SCHEMA_FILE

TEXT = """\
app = "shop"
broker = "redis://me@host/0"
worker = 1
[groups.mail]
workers = 2
env = { GREETING = "hello", B = "2" }
"""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOLOFLEET_QUEUES", "a,b")
    (tmp_path / "solofleet.toml").write_text(TEXT)
    return tmp_path


def test_each_value_is_shown_with_its_place(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settings", str(shop)]) == DONE
    said = capsys.readouterr()
    lines = said.out.splitlines()
    file = shop / "solofleet.toml"
    assert lines[0] == f"app = shop, from {file}"
    assert "queues = a, b, from SOLOFLEET_QUEUES" in lines
    assert "mode = fleet, the default" in lines
    assert f"groups.mail.workers = 2, from {file}" in lines
    assert f"groups.mail.env = GREETING, B, from {file}" in lines
    assert lines[-1] == f"schema: {SCHEMA_FILE}"
    assert [line.partition(":")[0] for line in lines[-3:]] == ["user", "local", "schema"]
    assert said.err == f"{file}: unknown setting worker; did you mean workers?\n"


def test_it_is_one_document_for_programs(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settings", str(shop), "--json"]) == DONE
    document = json.loads(capsys.readouterr().out)
    values = {each.pop("key"): each for each in document["settings"]}
    assert document["kind"] == "settings"
    assert values["queues"] == {
        "value": "a, b",
        "layer": "environment",
        "place": "SOLOFLEET_QUEUES",
    }
    assert values["spare"] == {"value": "false", "layer": "default", "place": ""}
    assert document["files"]["local"].endswith("settings.toml")
    assert len(document["warnings"]) == 1


def test_a_folder_that_is_not_there_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["settings", str(tmp_path / "gone")]) == USAGE
    assert "no such folder" in capsys.readouterr().err
