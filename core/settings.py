"""What a project tells Solofleet: `[tool.solofleet]` in pyproject.toml, or solofleet.toml.

Secrets have no place here, since these files are committed.
"""

import difflib
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, cast

from core.errors import USAGE, FleetError
from core.secret import mask_url
from core.workers.mode import Mode

OWN_FILE: Final = "solofleet.toml"
SHARED_FILE: Final = "pyproject.toml"
LOG_LEVELS: Final = ("debug", "info", "warning", "error", "critical")
MAX_WORKERS: Final = 64
MODES: Final = tuple(Mode)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one project; None or empty where the project says nothing.

    `broker` is "builtin" or a URL without a password; `env_files` None means the usual ones;
    `name` is a template for node names (`%h`, `%n`, `%d`); `warnings` are for people.
    """

    app: str | None = None
    workdir: str | None = None
    python: str | None = None
    workers: int | None = None
    queues: tuple[str, ...] = ()
    broker: str | None = None
    loglevel: str | None = None
    env_files: tuple[str, ...] | None = None
    name: str | None = None
    grace_s: float | None = None
    mode: str | None = None
    hoard: bool = False
    daemonic: bool = False
    spare: bool = False
    source: Path | None = None
    warnings: tuple[str, ...] = ()


def load_settings(root: Path) -> Settings:
    """Read the settings of the project at `root`; solofleet.toml wins over pyproject.toml.

    Raises FleetError, with file and key, for text that is no TOML and values of a wrong type.
    """
    shared = _shared_table(root / SHARED_FILE)
    own_file = root / OWN_FILE
    if not own_file.is_file():
        return _settings(shared, root / SHARED_FILE) if shared is not None else Settings()
    settings = _settings(_parse(own_file, _read(own_file)), own_file)
    if shared is not None:
        warning = f"{OWN_FILE} is used; [tool.solofleet] in {root / SHARED_FILE} is ignored."
        settings = replace(settings, warnings=(*settings.warnings, warning))
    return settings


def _shared_table(file: Path) -> Mapping[str, object] | None:
    if not file.is_file():
        return None
    text = _read(file)
    # A pyproject.toml that is broken, but not about us, is not ours to complain of.
    if "solofleet" not in text:
        return None
    tool = _parse(file, text).get("tool")
    table = cast(Mapping[str, object], tool).get("solofleet") if isinstance(tool, dict) else None
    if table is None:
        return None
    if not isinstance(table, dict):
        raise _wrong(file, "tool.solofleet", "a table", table)
    return cast(Mapping[str, object], table)


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")  # Windows editors put a byte order mark in front
    except OSError as error:
        why = error.strerror or str(error)
        raise FleetError(f"{file} could not be read", why, "Check its permissions.") from error
    except UnicodeDecodeError as error:
        raise FleetError(
            f"{file} could not be read",
            f"TOML is UTF-8, and byte {error.start} is not",
            "Save the file as UTF-8.",
            exit_code=USAGE,
        ) from error


def _parse(file: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        fix = "Mend the file at that place."
        raise FleetError(f"{file} is not valid TOML", str(error), fix, exit_code=USAGE) from error


def _settings(table: Mapping[str, object], file: Path) -> Settings:
    values: dict[str, Any] = {}
    warnings: list[str] = []
    for written, value in table.items():
        key = written.replace("-", "_")
        if key not in _KEYS:
            warnings.append(_unknown(written, file))
            continue
        field, expected, check = _KEYS[key]
        checked = check(value)
        if checked is None:
            raise _wrong(file, written, expected, value)
        values[field] = checked
    settings = Settings(**values, source=file, warnings=tuple(warnings))
    _refuse_password(settings)
    return settings


def _unknown(key: str, file: Path) -> str:
    near = difflib.get_close_matches(key.replace("-", "_"), _KEYS, n=1)
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(_KEYS)}."
    return f"{file}: unknown setting {key}; {hint}"


def _wrong(file: Path, key: str, expected: str, value: object) -> FleetError:
    return FleetError(
        f"{file}: the setting {key} is wrong",
        f"it must be {expected}, not {mask_url(repr(value))}",
        f"Write {key} = … in that form, or remove the line.",
        exit_code=USAGE,
    )


def _refuse_password(settings: Settings) -> None:
    if settings.broker and mask_url(settings.broker) != settings.broker:
        raise FleetError(
            f"{settings.source}: the setting broker holds a password",
            f"{mask_url(settings.broker)} would be committed with the project",
            "Put the URL into CELERY_BROKER_URL in a .env file that git ignores.",
            exit_code=USAGE,
        )


# Checks give the value as Settings keeps it, or None when it is of a wrong type.


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _texts(value: object) -> tuple[str, ...] | None:
    items = value.split(",") if isinstance(value, str) else value
    if not isinstance(items, list):
        return None
    texts = [_text(item) for item in cast(list[object], items)]
    return None if None in texts else tuple(text for text in texts if text)


def _count(value: object) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 1 <= value <= MAX_WORKERS else None


def _seconds(value: object) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return float(value) if 0 <= value < 86400 else None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _broker(value: object) -> str | None:
    text = _text(value)
    return text if text == "builtin" or (text and "://" in text) else None


def _log_level(value: object) -> str | None:
    text = (_text(value) or "").lower()
    return text if text in LOG_LEVELS else None


def _mode(value: object) -> str | None:
    text = (_text(value) or "").lower()
    return text if text in MODES else None


_KEYS: Final[Mapping[str, tuple[str, str, Callable[[object], object]]]] = {
    "app": ("app", 'text such as "package.module:attribute"', _text),
    "workdir": ("workdir", "the text of a folder", _text),
    "python": ("python", "the text of a path to an interpreter", _text),
    "workers": ("workers", f"a whole number from 1 to {MAX_WORKERS}", _count),
    "queues": ("queues", "a list of names", _texts),
    "broker": ("broker", '"builtin" or a URL', _broker),
    "loglevel": ("loglevel", f"one of {', '.join(LOG_LEVELS)}", _log_level),
    "env_files": ("env_files", "a list of files", _texts),
    "name": ("name", 'text such as "worker%n@%h"', _text),
    "grace": ("grace_s", "a number of seconds, less than a day", _seconds),
    "mode": ("mode", f"one of {', '.join(MODES)}", _mode),
    "hoard": ("hoard", "true or false", _flag),
    "daemonic": ("daemonic", "true or false", _flag),
    "spare": ("spare", "true or false", _flag),
}
