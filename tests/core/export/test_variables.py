"""Where scripts get variables from."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.export.variables import BROKER, ByHand, FromFile, Literal, SameAs, Variable, variables_of
from core.settings import Settings
from tests.support.projects import project


@pytest.fixture
def env(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def found(folder: Path, broker: str | None = None) -> dict[str, Variable]:
    return {v.name: v for v in variables_of(project(folder), broker)}


@pytest.mark.parametrize("line", ["A=plain", 'A="in quotes"', "A=", "A=redis://:pw@h:6379/0?a=b"])
def test_a_plain_line_is_read_by_the_script(env: Path, line: str) -> None:
    env.write_text(f"# first\n{line}\n", "utf-8")
    assert found(env.parent) == {"A": FromFile("A", env)}


@pytest.mark.parametrize(
    "line",
    [
        "A = spaces",
        "export A=x",
        "A='single'",
        "A=x # remark",
        'A="two\\nlines"',
        "A=a${B}c",
        "A=ö",
        "A==x",
        "A=a%b",
        'A="a" b"',
        "A=x ",
    ],
)
def test_a_line_that_scripts_would_read_otherwise_is_for_people(env: Path, line: str) -> None:
    env.write_text(f"{line}\n", "utf-8")
    for variable in found(env.parent).values():
        assert variable == ByHand("A", f"it is in {env}, line 1")


def test_a_reference_comes_after_what_it_refers_to(env: Path) -> None:
    env.write_text("BROKER=${URL}\nURL=redis://h\n", "utf-8")
    assert variables_of(project(env.parent), None) == (
        FromFile("URL", env),
        SameAs("BROKER", "URL"),
    )


def test_the_first_file_to_set_a_name_wins(env: Path) -> None:
    local = env.with_name(".env.local")
    env.write_text("A=1\nB=2\n", "utf-8")
    local.write_text("A=3\n", "utf-8")
    assert found(env.parent) == {"A": FromFile("A", local), "B": FromFile("B", env)}


def test_the_files_are_those_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("A=1\n", "utf-8")
    mine = replace(project(tmp_path), settings=Settings(env_files=("mine.env",)))
    assert variables_of(mine, None) == ()


def test_a_broker_stands_in_the_script_unless_it_is_secret(tmp_path: Path) -> None:
    assert found(tmp_path, "redis://h/0") == {BROKER: Literal(BROKER, "redis://h/0")}
    assert isinstance(found(tmp_path, "redis://:s3cret@h/0")[BROKER], ByHand)


def test_the_built_in_broker_is_not_there_for_scripts(tmp_path: Path) -> None:
    (variable,) = variables_of(project(tmp_path), "builtin")
    assert isinstance(variable, ByHand)
    assert "only while Solofleet runs" in variable.why
