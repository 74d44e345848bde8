"""`solofleet render blueprint`, as it is typed."""

import json
import sys
from pathlib import Path

import pytest

from core.cli.program import main
from core.errors import DONE, FAILED, USAGE
from tests.support.wanted import SHOP, opened


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
    text = "services:\n- {type: worker, name: jobs, runtime: python, plan: free}\n"
    (shop / "render.yaml").write_text(text)
    assert run(shop) == FAILED
    err = capsys.readouterr().err
    assert "render.yaml:2:53 block: jobs has the plan free\n  why: " in err


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
