from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import UNAVAILABLE, FleetError
from core.project.compatibility import check_mode, check_versions
from core.project.interpreter import Interpreter
from core.project.versions import Versions
from core.workers.mode import Mode

PYTHON = Interpreter(Path("/venv/bin/python"), ".venv in /project", "uv")
INSTALL = f"uv pip install --python {PYTHON.path}"
SOUND = Versions(
    python="3.12.1",
    executable="/venv/bin/python",
    prefix="/venv",
    platform="linux",
    celery="5.7.0",
    kombu="5.7.0",
    billiard="4.3.2",
    redis="8.1.0",
    packaging="26.3",
)


def refusal(*, for_redis: bool = False, **versions: str | None) -> FleetError:
    installed = replace(SOUND, **versions)  # pyright: ignore[reportArgumentType]
    with pytest.raises(FleetError) as caught:
        check_versions(installed, PYTHON, redis=for_redis)
    return caught.value


# Each was run, with one task over Redis.
@pytest.mark.parametrize(
    ("celery", "kombu", "redis", "packaging"),
    [
        ("5.2.7", "5.2.4", "4.6.0", None),
        ("5.2.7", "5.6.2", "6.4.0", "26.3"),
        ("5.3.6", "5.3.7", "5.0.8", None),
        ("5.4.0", "5.4.2", "5.3.1", None),
        ("5.4.0", "5.7.0", "6.4.0", "26.3"),
        ("5.5.3", "5.5.4", "5.2.1", "26.3"),
        ("5.6.2", "5.6.2", "5.0.8", "26.3"),
        ("5.7.0", "5.6.2", "6.4.0", "26.3"),
        ("5.7.0", "5.7.0", "8.1.0", "26.3"),
        ("5.7.0", "5.7.0", None, None),  # RabbitMQ
        ("6.0.0rc1", "6.0.0", "9.0", "27"),
        ("?", "?", "?", "?"),
    ],
)
def test_what_runs_is_let_through(
    celery: str, kombu: str, redis: str | None, packaging: str | None
) -> None:
    check_versions(
        replace(SOUND, celery=celery, kombu=kombu, redis=redis, packaging=packaging), PYTHON
    )


def test_celery_that_is_missing_is_an_error_with_the_command() -> None:
    error = refusal(celery=None, kombu=None)

    assert error.what == "Celery is not installed"
    assert error.why == f"there is no Celery in {PYTHON.path} (.venv in /project)"
    assert error.fix == f'{INSTALL} "celery[redis]>=5.2"'
    assert error.exit_code == UNAVAILABLE


@pytest.mark.parametrize("version", ["5.1.2", "4.4.7", "3.1.26"])
def test_celery_that_is_too_old_is_an_error_with_the_command(version: str) -> None:
    error = refusal(celery=version)

    assert error.what == f"Celery {version} is too old"
    assert error.fix == f'{INSTALL} "celery[redis]>=5.2"'


def test_a_32_bit_python_of_windows_is_an_error() -> None:
    narrow = replace(SOUND, platform="win32", bits=32)
    with pytest.raises(FleetError) as caught:
        check_versions(narrow, PYTHON)
    assert caught.value.what.endswith("is a 32-bit Python")
    assert "64-bit Python from python.org" in caught.value.fix
    assert caught.value.exit_code == UNAVAILABLE
    check_versions(replace(narrow, platform="linux"), PYTHON)  # as on a small Raspberry Pi


def test_a_broker_that_is_a_redis_needs_its_client() -> None:
    error = refusal(for_redis=True, redis=None, packaging=None)

    assert error.what == "redis is not installed"
    assert error.why.endswith(f"it is not in {PYTHON.path} (.venv in /project)")
    assert error.fix == f'{INSTALL} "celery[redis]>=5.7.0"'
    check_versions(SOUND, PYTHON, redis=True)


@pytest.mark.parametrize("version", ["2.7.18", "3.6.15", "3.7.16"])
def test_python_that_is_too_old_is_an_error(version: str) -> None:
    error = refusal(python=version, celery=None)

    assert f"is Python {version}" in error.what
    assert "3.8" in error.why


@pytest.mark.parametrize(
    ("versions", "what", "install"),
    [
        (
            {"celery": "5.4.0", "packaging": None},
            "Celery 5.4.0 does not run without packaging",
            '"celery[redis]==5.4.0" "kombu==5.4.*" "redis>=4.5.2,<5.3"',
        ),
        (
            {"celery": "5.2.7", "redis": "5.2.1"},
            "Celery 5.2.7 does not run beside redis 5.2.1",
            '"celery[redis]==5.2.7" "kombu==5.2.*" "redis>=3.4.1,<5"',
        ),
        (
            {"celery": "5.6.2", "kombu": "5.5.4"},
            "Celery 5.6.2 does not run beside kombu 5.5.4",
            '"celery[redis]==5.6.2" "kombu[redis]==5.6.*"',
        ),
        (
            {"celery": "5.5.3", "kombu": "5.4.2"},
            "Celery 5.5.3 does not run beside kombu 5.4.2",
            '"celery[redis]==5.5.3" "kombu[redis]==5.5.*"',
        ),
        (
            {"redis": "6.0.0"},
            "Celery 5.7.0 does not run beside redis 6.0.0",
            '"celery[redis]>=5.7.0"',
        ),
        ({"kombu": None}, "Celery 5.7.0 does not run without kombu", '"celery[redis]>=5.7.0"'),
        (
            {"celery": "?", "packaging": None},
            "Celery ? does not run without packaging",
            '"celery[redis]>=5.2"',
        ),
    ],
)
def test_libraries_that_break_celery_are_an_error_with_partners_that_do_not(
    versions: dict[str, str | None], what: str, install: str
) -> None:
    error = refusal(**versions)

    assert error.what == what
    assert error.fix == f"{INSTALL} {install}"


def test_the_error_tells_what_celery_would_have_said() -> None:
    error = refusal(redis="5.0.8")

    assert error.why == (
        f"kombu 5.7.0 in {PYTHON.path} needs redis 6.1 or newer; "
        "else: Redis transport requires redis-py versions 6.1.0"
    )


@pytest.mark.parametrize(
    ("celery", "mode", "windows", "fine"),
    [
        ("5.6.2", Mode.PREFORK, True, False),
        ("5.7.0", Mode.PREFORK, True, True),
        ("5.6.2", Mode.PREFORK, False, True),
        ("5.2.7", Mode.FLEET, True, True),
        ("5.2.7", Mode.PLAIN, True, True),
    ],
)
def test_prefork_on_windows_needs_a_celery_that_spawns(
    celery: str, mode: Mode, windows: bool, fine: bool
) -> None:
    with nullcontext() if fine else pytest.raises(FleetError, match="prefork on Windows"):
        check_mode(replace(SOUND, celery=celery), mode, windows=windows)
