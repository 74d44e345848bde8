"""Commands as they are typed, and the words of them."""

import pytest

from core.errors import FleetError
from core.rows.words import port_in, split

HERE = {"PORT": "8000", "EMPTY": "", "API_TOKEN": "s3cret-value", "URL": "redis://:pw@h/0"}


@pytest.mark.parametrize(
    ("command", "argv"),
    [
        (
            "uvicorn main:app --reload --port 8000",
            ("uvicorn", "main:app", "--reload", "--port", "8000"),
        ),
        ("run --port $PORT", ("run", "--port", "8000")),
        ("run --port=${PORT}", ("run", "--port=8000")),
        ("run ${OTHER:-a default}", ("run", "a default")),
        ("run ${EMPTY:-5}", ("run", "5")),
        ("run '$PORT' \"$PORT\"", ("run", "$PORT", "8000")),
        ("run '' \"\"", ("run", "", "")),
        ("run a'b c'd", ("run", "ab cd")),
        ("run \"a & b\" 'c | d'", ("run", "a & b", "c | d")),
        (r"run a\ b", ("run", "a b")),
        (r'run "a \"b\" \$PORT"', ("run", 'a "b" $PORT')),
        ("run 100%", ("run", "100%")),
    ],
)
def test_a_command_is_split_as_a_shell_splits_it(command: str, argv: tuple[str, ...]) -> None:
    assert split("web", command, HERE, windows=False).argv == argv


def test_on_windows_a_backslash_is_a_letter() -> None:
    command = r'.venv\Scripts\python.exe -m x "C:\My Files\\a"'
    assert split("web", command, {}, windows=True).argv == (
        r".venv\Scripts\python.exe",
        "-m",
        "x",
        r"C:\My Files\\a",
    )


def test_assignments_before_the_program_are_its_variables() -> None:
    words = split("web", "DEBUG=1 NAME='a b' run X=2", HERE, windows=False)
    assert (words.argv, words.env) == (("run", "X=2"), {"DEBUG": "1", "NAME": "a b"})


def test_who_asks_for_a_port_is_known() -> None:
    assert split("web", "run $PORT", HERE).used == {"PORT"}
    assert split("web", "run '$PORT'", HERE).used == frozenset()


@pytest.mark.parametrize(
    ("command", "sign"),
    [
        ("migrate && run", "&&"),
        ("run; other", ";"),
        ("run | tee log", "|"),
        ("run > log", ">"),
        ("run &", "&"),
        ("run $(date)", "$("),
        ("run `date`", "`"),
        ('run "$(date)"', "$("),
    ],
)
def test_what_needs_a_shell_is_refused_with_its_sign(command: str, sign: str) -> None:
    with pytest.raises(FleetError, match="without one") as caught:
        split("web", command, {}, windows=False)
    assert caught.value.why.startswith(f"{sign} is for a shell")
    assert "the row web" in caught.value.what


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("run $NOWHERE", "the variable NOWHERE is not set"),
        ("run 'a", "has no end"),
        ("", "it names no program"),
        ("A=1", "it names no program"),
    ],
)
def test_what_makes_no_sense_is_refused(command: str, why: str) -> None:
    with pytest.raises(FleetError, match=why):
        split("web", command, {}, windows=False)


@pytest.mark.parametrize("command", ["flower --basic_auth=a:$API_TOKEN", "run $URL"])
def test_a_secret_is_not_put_into_a_command_line(command: str) -> None:
    with pytest.raises(FleetError, match="secret") as caught:
        split("flower", command, HERE)
    assert "s3cret-value" not in str(caught.value)
    assert "pw" not in str(caught.value)


@pytest.mark.parametrize(
    ("argv", "port"),
    [
        (("uvicorn", "main:app", "--port", "8000"), 8000),
        (("flower", "--port=5555"), 5555),
        (("gunicorn", "-b", "0.0.0.0:80"), 80),
        (("gunicorn", "--bind=:81"), 81),
        (("uvicorn", "main:app"), None),
        (("x", "--port"), None),
        (("x", "--ports", "1"), None),
    ],
)
def test_the_port_of_a_command(argv: tuple[str, ...], port: int | None) -> None:
    assert port_in(argv) == port
