"""`solofleet render blueprint`, as it is typed."""

import json
import sys
from pathlib import Path

import pytest

from core.cli.program import main
from core.errors import DONE, FAILED, USAGE
from tests.render_fake.account import Account
from tests.render_fake.server import RenderServer
from tests.support.render_cli import account, served
from tests.support.wanted import SHOP, opened

__all__ = ("account", "served")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    opened(tmp_path, SHOP)
    return tmp_path


def run(folder: Path, *options: str) -> int:
    return main(["render", "blueprint", str(folder), "--python", sys.executable, *options])


def test_a_new_file_is_printed_and_not_written(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(shop) == DONE
    said = capsys.readouterr()
    assert said.out.startswith("# Render's Blueprint") and "type: worker" in said.out
    assert f"--write makes it {shop / 'render.yaml'}" in said.err
    assert not (shop / "render.yaml").exists()


def test_it_shows_the_diff_writes_and_then_has_nothing_to_change(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(shop, "--write", "--plan", "standard", "--flower") == DONE
    said = capsys.readouterr()
    assert "+++ b/render.yaml" in said.out and "+    plan: standard" in said.out
    assert said.err.endswith(f"written: {shop / 'render.yaml'}\n")
    assert "flower = true" in (shop / "solofleet.toml").read_text()
    written = (shop / "render.yaml").read_bytes()
    assert run(shop, "--write") == DONE
    assert capsys.readouterr().out == f"{shop / 'render.yaml'}: nothing to change\n"
    assert (shop / "render.yaml").read_bytes() == written


def test_a_service_more_is_shown_as_a_diff(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(shop, "--write")
    capsys.readouterr()
    assert run(shop, "--flower") == DONE
    out = capsys.readouterr().out
    assert out.startswith("--- a/render.yaml") and "+  - type: web" in out


def test_faults_are_told_with_their_place_and_the_program_fails(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "services:\n- {type: worker, name: jobs, runtime: python, region: oslo}\n"
    (shop / "render.yaml").write_text(text)
    assert run(shop) == FAILED
    err = capsys.readouterr().err
    assert "render.yaml:2:55 block: region is wrong\n  why: " in err


def test_it_is_one_document_for_programs(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(shop, "--json", "--redis", "outside", "--write") == DONE
    document = json.loads(capsys.readouterr().out)
    assert document["kind"] == "blueprint"
    assert (document["changes"], document["written"], document["exists"]) == (True, True, False)
    assert document["choices"] == {"redis": "outside"}
    assert document["text"] == (shop / "render.yaml").read_text()
    assert document["faults"] == [] and document["notes"]


def test_a_broken_file_is_an_error_in_three_parts(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shop / "render.yaml").write_text("services:\n\t- a\n")
    assert run(shop) == USAGE
    err = capsys.readouterr().err
    assert "render.yaml:2:1 is not valid YAML" in err and "why: " in err and "fix: " in err


@pytest.mark.parametrize("options", [("--plan", "free"), ("--region", "oslo"), ("--shutdown", "0")])
def test_a_choice_that_render_has_not_is_refused(options: tuple[str, str], shop: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        run(shop, *options)
    assert caught.value.code == USAGE


@pytest.fixture
def online(account: Account, served: RenderServer, monkeypatch: pytest.MonkeyPatch) -> Account:
    """An account that judges."""
    for name, value in served.env.items():
        monkeypatch.setenv(name, value)
    return account


def test_render_judges_the_file_that_is_there(
    shop: Path, online: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    run(shop, "--write")
    assert run(shop, "--validate") == DONE
    assert capsys.readouterr().out.endswith("Render takes render.yaml; it would take 2 actions\n")
    assert (shop / "render.yaml").read_bytes() in online.requests[-1].content


def test_render_judges_what_would_be_written(
    shop: Path, online: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    fault = {"error": "unknown region", "path": "services[0].region", "line": 7, "column": 5}
    online.verdict = {"valid": False, "errors": [fault, {"error": "and more"}]}
    assert run(shop, "--validate") == FAILED
    assert capsys.readouterr().out.endswith(
        "Render refuses render.yaml:\n"
        "  render.yaml:7:5 unknown region (services[0].region)\n"
        "  render.yaml and more\n"
    )
    assert b"type: worker" in online.requests[-1].content
    assert run(shop, "--validate", "--json") == FAILED
    verdict = json.loads(capsys.readouterr().out)["verdict"]
    assert (verdict["valid"], verdict["errors"][0]["line"]) == (False, 7)
