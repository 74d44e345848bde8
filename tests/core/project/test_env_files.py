import io
import os
from pathlib import Path

import pytest
from dotenv import dotenv_values

from core.project.env_files import EnvValue, env_values, parse_env_file, unreadable
from core.secret import Secret


def values(files: list[Path], **environ: str) -> dict[str, str]:
    return {value.name: value.secret.reveal() for value in env_values(files, environ)[0]}


def write(folder: Path, text: str | bytes, name: str = ".env") -> Path:
    file = folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


FORMS = """\
# a comment
PLAIN=value
export EXPORTED=1
SPACED = two words  # and a comment
SINGLE='single $X #'
DOUBLE="a\\nb"
EMPTY=
HASH=a#b
EXPANDED=${PLAIN}/${MISSING:-else}
DOLLAR=$PLAIN
MULTI="one
two"
"""


def test_values_are_what_python_dotenv_reads(tmp_path: Path) -> None:
    expected = dotenv_values(stream=io.StringIO(FORMS))

    assert values([write(tmp_path, FORMS)]) == expected
    assert expected["EXPANDED"] == "value/else"
    assert expected["DOLLAR"] == "$PLAIN"


@pytest.mark.parametrize(
    "data",
    [
        "A=1\nB=ü\n".encode(),
        "\ufeffA=1\nB=ü\n".encode(),
        b"A=1\r\nB=\xc3\xbc\r\n",
        "A=1\nB=ü\n".encode("utf-16"),
        "A=1\nB=ü\n".encode("cp1252"),
    ],
    ids=["plain", "bom", "crlf", "utf16", "cp1252"],
)
def test_files_of_windows_editors_are_read(tmp_path: Path, data: bytes) -> None:
    assert values([write(tmp_path, data)]) == {"A": "1", "B": "ü"}


def test_an_encoding_that_python_dotenv_fails_on_is_said(tmp_path: Path) -> None:
    file = write(tmp_path, "A=ü\n".encode("utf-16"))

    assert parse_env_file(file).notes == (
        f"{file} is UTF-16; save it as UTF-8, or python-dotenv fails on it",
    )


def test_each_value_tells_its_file_and_line(tmp_path: Path) -> None:
    file = write(tmp_path, "A=1\n\n# comment\n\nB=2\n")

    found, _ = env_values([file], {})

    assert found == (
        EnvValue("A", Secret("1"), f"{file}:1"),
        EnvValue("B", Secret("2"), f"{file}:5"),
    )


def test_values_are_not_shown_by_repr(tmp_path: Path) -> None:
    file = write(tmp_path, "KEY=hush\n")

    assert "hush" not in repr(env_values([file], {})) + repr(parse_env_file(file))


def test_the_process_environment_wins_and_both_places_are_told(tmp_path: Path) -> None:
    file = write(tmp_path, "A=file\n")

    found, _ = env_values([file], {"A": "process", "B": "not listed"})

    assert found == (EnvValue("A", Secret("process"), f"process environment, over {file}:1"),)


def test_the_first_file_to_set_a_name_wins(tmp_path: Path) -> None:
    local = write(tmp_path, "A=local\n", ".env.local")
    shared = write(tmp_path, "A=shared\nB=shared\n")

    assert values([local, shared, local]) == {"A": "local", "B": "shared"}


def test_a_reference_sees_the_files_above_and_the_process(tmp_path: Path) -> None:
    local = write(tmp_path, "HOST=here\n", ".env.local")
    shared = write(tmp_path, "HOST=there\nURL=redis://${HOST}:${PORT}\n")

    assert values([local, shared], PORT="1")["URL"] == "redis://here:1"


def test_a_reference_to_nothing_is_empty_and_said(tmp_path: Path) -> None:
    file = write(tmp_path, "URL=${LATER}\nLATER=1\n")

    found, notes = env_values([file], {})

    assert found[1].secret.reveal() == ""
    assert notes == (f"{file}:1: ${{LATER}} is not set, so it is empty",)


def test_the_last_assignment_in_a_file_wins(tmp_path: Path) -> None:
    file = write(tmp_path, "A=1\nA=2\n")

    assert env_values([file], {})[0] == (EnvValue("A", Secret("2"), f"{file}:2"),)


def test_a_line_that_is_no_assignment_is_said(tmp_path: Path) -> None:
    file = write(tmp_path, "A=1\nTWO WORDS=2\nNAME_ONLY\n")

    parsed = parse_env_file(file)

    assert [value.name for value in parsed.values] == ["A"]
    assert parsed.notes == tuple(
        f"{file}:{line} is not NAME=value, so it is left out" for line in (2, 3)
    )


def test_a_missing_file_has_no_values(tmp_path: Path) -> None:
    assert env_values([tmp_path / ".env"], {}) == ((), ())


def test_a_folder_of_that_name_has_no_values(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()

    assert env_values([tmp_path / ".env"], {}) == ((), ())


@pytest.mark.skipif(os.name == "nt", reason="root reads everything but a link to itself")
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / ".env").symlink_to(".env")

    _, notes = env_values([tmp_path / ".env"], {})

    assert notes[0].startswith(f"{tmp_path / '.env'} could not be read: ")


@pytest.mark.skipif(os.name == "nt", reason="root reads everything but a link to itself")
def test_the_first_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    good, link, folder = write(tmp_path, "A=1\n"), tmp_path / "link", tmp_path / "folder"
    link.symlink_to("link")
    folder.mkdir()

    assert unreadable([good, folder, tmp_path / "gone"]) is None
    error = unreadable([good, link])

    assert error is not None
    assert str(link) in error.what
    assert "account" in error.fix
