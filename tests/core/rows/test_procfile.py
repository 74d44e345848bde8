"""Procfiles."""

from pathlib import Path

from core.rows.procfile import find_procfile, read_procfile, write_procfile


def test_each_line_is_a_row(tmp_path: Path) -> None:
    file = tmp_path / "Procfile"
    file.write_text(
        "\ufeff# ours\nweb: uvicorn main:app --port $PORT\r\n\nbeat:celery -A x beat  \n"
        "release: migrate && seed\nnot a row\nempty:\n",
        "utf-8",
    )
    rows = read_procfile(file)
    assert [(row.name, row.command) for row in rows] == [
        ("web", "uvicorn main:app --port $PORT"),
        ("beat", "celery -A x beat"),
    ]
    assert {(row.where, row.cwd) for row in rows} == {(str(file), str(tmp_path))}


def test_the_one_for_development_is_read_first(tmp_path: Path) -> None:
    assert find_procfile(tmp_path) is None
    (tmp_path / "Procfile").touch()
    assert find_procfile(tmp_path / "nowhere", tmp_path) == tmp_path / "Procfile"
    (tmp_path / "Procfile.dev").touch()
    assert find_procfile(tmp_path) == tmp_path / "Procfile.dev"


def test_one_that_cannot_be_read_has_no_rows(tmp_path: Path) -> None:
    assert read_procfile(tmp_path) == ()


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "Procfile"
    file.write_text(write_procfile([("web", "run 'a b'"), ("beat", "celery beat")]), "utf-8")
    assert [(row.name, row.command) for row in read_procfile(file)] == [
        ("web", "run 'a b'"),
        ("beat", "celery beat"),
    ]
