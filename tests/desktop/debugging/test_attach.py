"""What an editor is told."""

import json
from pathlib import Path

from desktop.debugging.attach import pycharm, vscode


def test_vs_code_gets_a_configuration_that_attaches() -> None:
    told = json.loads(vscode("worker2", 5678).text)
    assert (told["type"], told["request"]) == ("debugpy", "attach")
    assert told["connect"] == {"host": "127.0.0.1", "port": 5678}
    assert "worker2" in told["name"]


def test_pycharm_gets_the_fields_of_its_form() -> None:
    told = pycharm("worker2", 5678, Path("/srv/shop"))
    assert "Remote address: 127.0.0.1:5678" in told.text
    assert f"Remote project path: {Path('/srv/shop')}" in told.text
    assert "Attach to DAP" in told.where
