"""What is shipped, and what is not."""

import pytest

from bundle import contents


@pytest.mark.parametrize("name", contents.OF_WINE)
@pytest.mark.parametrize("folder", ["", "_internal/", "PySide6\\"])
def test_what_wine_needed_is_not_shipped(name: str, folder: str) -> None:
    assert not contents.is_shipped(f"{folder}{name.upper()}")
    assert not contents.is_shipped(f"{folder}{name}")


@pytest.mark.parametrize(
    "name",
    [
        "python313.dll",
        "libcrypto-3.dll",
        "PySide6\\Qt6Core.dll",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/lib/libQt6Svg.so.6",
    ],
)
def test_what_the_window_needs_is_shipped(name: str) -> None:
    assert contents.is_shipped(name)


def test_the_scripts_for_other_interpreters_are_files_at_their_own_place() -> None:
    pairs = {(source.rpartition("/")[2], folder) for source, folder in contents.files()}
    assert {
        ("worker.py", "resources/inside"),
        ("celery_app.py", "resources/demo/celery_queue"),
        ("plans.toml", "resources"),
        ("logo.svg", "desktop/icons"),
        ("fake_server.py", "core/broker"),
    } <= pairs


def test_every_script_that_core_starts_by_its_path_is_a_file() -> None:
    named = {
        path.relative_to(contents.ROOT).with_name(name).as_posix()
        for path in (contents.ROOT / "core").rglob("*.py")
        for name in _with_names(path.read_text("utf-8"))
    }
    assert named
    assert named <= set(contents.FILES)


def _with_names(source: str) -> list[str]:
    mark = 'Path(__file__).with_name("'
    return [part.partition('"')[0] for part in source.split(mark)[1:]]


def test_every_module_of_ours_is_there_however_late_it_is_imported() -> None:
    ours = {
        path.relative_to(contents.ROOT).with_suffix("").as_posix().replace("/", ".")
        for folder in ("core", "desktop")
        for path in (contents.ROOT / folder).rglob("*.py")
        if path.stem != "__init__"
    }
    assert {"desktop.deploy.deployer", "core.cli.up"} <= ours
    assert ours <= set(contents.by_name())


def test_what_celery_imports_by_name_is_there() -> None:
    modules = set(contents.by_name())
    assert {
        "celery.fixups.django",
        "celery.app.events",
        "celery.concurrency.solo",
        "celery.concurrency.prefork",
        "celery.worker.components",
        "kombu.transport.redis",
        "kombu.transport.virtual.exchange",
        "flower.command",
    } <= modules


def test_the_standard_library_is_there_without_its_window_kit() -> None:
    modules = set(contents.standard_library())
    assert {
        "json.decoder",
        "concurrent.futures.thread",
        "sqlite3",
        "xml.etree.ElementTree",
    } <= modules
    assert not {"tkinter", "this", "antigravity", "test"} & modules
