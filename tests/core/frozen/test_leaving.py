"""Children of a built program do not live in its bundle."""

import os
from pathlib import Path

from core.frozen.leaving import without_bundle

BUNDLE = Path("/opt/solofleet/_internal").absolute()


def path(*folders: str | Path) -> str:
    return os.pathsep.join(str(folder) for folder in folders)


def test_the_variables_of_the_bootloader_are_gone() -> None:
    environ = {"_PYI_ARCHIVE_FILE": "x", "_PYI_PARENT_PROCESS_LEVEL": "1", "HOME": "/home/me"}
    assert without_bundle(environ, BUNDLE) == {"HOME": "/home/me"}


def test_libraries_are_searched_where_they_were_before() -> None:
    environ = {"LD_LIBRARY_PATH": str(BUNDLE), "LD_LIBRARY_PATH_ORIG": "/usr/local/lib"}
    assert without_bundle(environ, BUNDLE) == {"LD_LIBRARY_PATH": "/usr/local/lib"}


def test_a_variable_that_was_not_there_is_not_there() -> None:
    environ = {"LD_LIBRARY_PATH": str(BUNDLE), "DYLD_LIBRARY_PATH": str(BUNDLE)}
    assert without_bundle(environ, BUNDLE) == {}


def test_of_the_path_only_the_bundle_goes() -> None:
    environ = {"Path": path(BUNDLE, "/usr/bin", "", "/bin")}
    assert without_bundle(environ, BUNDLE) == {"Path": path("/usr/bin", "", "/bin")}


def test_an_empty_path_stays_empty() -> None:
    assert without_bundle({"PATH": ""}, BUNDLE) == {"PATH": ""}


def test_the_places_of_our_qt_are_gone_and_those_of_another_stay() -> None:
    ours = {"QT_PLUGIN_PATH": str(BUNDLE / "PySide6" / "plugins")}
    other = {"QML2_IMPORT_PATH": str(Path("/usr/lib/qml").absolute())}
    assert without_bundle(ours | other, BUNDLE) == other
