"""Rows in the settings of a project."""

from typing import Any

import pytest

from core.errors import USAGE, FleetError
from core.rows.declared import DeclaredRow, read_rows, rows_in_text


def test_a_text_is_a_command() -> None:
    assert read_rows({"web": " uvicorn main:app "}) == (DeclaredRow("web", "uvicorn main:app"),)


def test_a_table_says_all_there_is_to_say() -> None:
    table = {
        "command": ["uvicorn", "main:app"],
        "cwd": "backend",
        "env": {"DEBUG": "1"},
        "port": 8000,
        "ready": "/health",
        "after": ["beat"],
        "restart": False,
        "reload": True,
        "stop_signal": "SIGINT",
        "grace": 3,
    }
    assert read_rows({"web": table}) == (
        DeclaredRow(
            "web",
            ("uvicorn", "main:app"),
            cwd="backend",
            env={"DEBUG": "1"},
            port=8000,
            ready="/health",
            after=("beat",),
            restart=False,
            reload=True,
            stop_signal="INT",
            grace_s=3.0,
        ),
    )


def test_what_is_no_table_is_told_by_whoever_reads_the_settings() -> None:
    assert read_rows("web") is None


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"command": ""},
        {"command": ["run", 1]},
        {"command": "run", "prot": 1},
        {"command": "run", "port": 0},
        {"command": "run", "port": True},
        {"command": "run", "ready": "soon"},
        {"command": "run", "ready": "log:("},
        {"command": "run", "env": {"A": 1}},
        {"command": "run", "env": "A=1"},
        {"command": "run", "reload": "yes"},
        {"command": "run", "stop_signal": "KILL"},
        {"command": "run", "grace": -1},
        {"command": "run", "grace": True},
        {"command": "run", "after": "beat"},
        7,
    ],
)
def test_what_is_wrong_is_refused_with_the_name_of_the_row(row: Any) -> None:
    with pytest.raises(FleetError, match="row web") as caught:
        read_rows({"web": row})
    assert caught.value.exit_code == USAGE


@pytest.mark.parametrize("name", ["workers", "solofleet", "a b", "1", ""])
def test_names_that_mean_something_else_are_refused(name: str) -> None:
    with pytest.raises(FleetError, match="its name"):
        read_rows({name: "run"})


@pytest.mark.parametrize("env", [{"API_TOKEN": "s3cret"}, {"URL": "redis://:s3cret@h/0"}])
def test_secrets_have_no_place_in_a_committed_file(env: dict[str, str]) -> None:
    with pytest.raises(FleetError) as caught:
        read_rows({"web": {"command": "run", "env": env}})
    assert "s3cret" not in str(caught.value)


def test_variables_are_not_shown() -> None:
    (row,) = read_rows({"web": {"command": "run", "env": {"A": "value"}}}) or ()
    assert "value" not in repr(row)


def test_a_variable_has_the_table_as_toml() -> None:
    assert rows_in_text('web = "run"') == {"web": "run"}
    assert read_rows(rows_in_text("web")) is None


def test_a_row_is_told_by_its_name() -> None:
    assert str(DeclaredRow("web", "run --port 1")) == "web"
