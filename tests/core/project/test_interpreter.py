import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.errors import UNAVAILABLE, USAGE, FleetError
from core.frozen.own import NAME
from core.places import DEMO
from core.project.interpreter import Interpreter, all_interpreters, find_interpreter
from core.project.machine import Machine, OwnPython, this_machine

WINDOWS = os.name == "nt"
BOTH = pytest.mark.parametrize("windows", [False, True], ids=["posix", "windows"])
MakeEnvironment = Callable[..., Path]
MakeMachine = Callable[..., Machine]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "project/backend/inner").mkdir(parents=True)
    return tmp_path / "project"


@pytest.fixture
def own(tmp_path: Path, make_environment: MakeEnvironment) -> OwnPython:
    python = make_environment(tmp_path / "solofleet")
    return OwnPython(python, tmp_path / "solofleet")


def find(
    machine: Machine,
    root: Path,
    workdir: Path | None = None,
    given: str | None = None,
    setting: str | None = None,
) -> Interpreter:
    return find_interpreter(
        machine, root=root, workdir=workdir or root, given=given, setting=setting
    )


# What was asked for


def test_what_was_asked_for_wins(
    root: Path, make_environment: MakeEnvironment, make_machine: MakeMachine
) -> None:
    make_environment(root / ".venv")
    python = make_environment(root.parent / "with space")

    found = find(make_machine(), root, given=str(python), setting="gone")

    assert found == Interpreter(python, f"--python {python}")


def test_a_setting_is_relative_to_the_root(
    root: Path, make_environment: MakeEnvironment, make_machine: MakeMachine
) -> None:
    python = make_environment(root / "envs/työ", uv=True)
    text = str(python.relative_to(root))

    found = find(make_machine(), root, setting=text)

    assert found == Interpreter(python, f"the setting python {text}", "uv")


@BOTH
def test_the_folder_of_an_environment_stands_for_its_python(
    root: Path, make_environment: MakeEnvironment, make_machine: MakeMachine, windows: bool
) -> None:
    python = make_environment(root / "envs/a", windows=windows)

    assert find(make_machine(windows=windows), root, setting="envs/a").path == python


def test_a_bare_name_is_looked_for_on_path(
    root: Path, make_environment: MakeEnvironment, make_machine: MakeMachine
) -> None:
    python = make_environment(root.parent / "other")
    machine = make_machine(answers={})
    machine = Machine({}, machine.windows, None, machine.ask, lambda name: str(python))

    assert find(machine, root, given="python3.12").path == python


def test_the_suffix_may_be_left_out_on_windows(root: Path, make_machine: MakeMachine) -> None:
    (root / "python.exe").write_text("")
    (root / "python.exe").chmod(0o755)

    found = find(make_machine(windows=True), root, setting="./python")

    assert found.path == root / "python.exe"


@BOTH
@pytest.mark.parametrize("text", ["gone", "./gone/python", "backend", "plain.txt"])
def test_what_is_no_interpreter_is_refused_with_its_path(
    root: Path, make_machine: MakeMachine, windows: bool, text: str
) -> None:
    (root / "plain.txt").write_text("")
    if WINDOWS and text == "plain.txt":
        pytest.skip("every file may be run there")

    with pytest.raises(FleetError) as caught:
        find(make_machine(windows=windows), root, setting=text)

    error = caught.value
    assert str(root / text) in error.what
    assert error.why == f"the setting python says {text!r}"
    assert ("Scripts" in error.fix) == windows
    assert error.exit_code == USAGE


# What is active


@BOTH
def test_an_active_environment_wins_over_those_in_the_project(
    root: Path, make_environment: MakeEnvironment, make_machine: MakeMachine, windows: bool
) -> None:
    make_environment(root / ".venv", windows=windows)
    python = make_environment(root.parent / "active", windows=windows)

    found = find(make_machine(windows=windows, VIRTUAL_ENV=str(root.parent / "active")), root)

    assert found == Interpreter(python, "the active environment (VIRTUAL_ENV)")


def test_solofleets_own_active_environment_does_not_count(
    root: Path, make_environment: MakeEnvironment, make_machine: MakeMachine, own: OwnPython
) -> None:
    python = make_environment(root / ".venv")

    found = find(make_machine(own=own, VIRTUAL_ENV=str(own.prefix)), root)

    assert found == Interpreter(python, f".venv in {root}")


def test_an_active_conda_environment_counts_unless_it_is_the_base(
    root: Path, make_environment: MakeEnvironment, make_machine: MakeMachine
) -> None:
    inside = make_environment(root / ".venv")
    conda = make_environment(root.parent / "conda")
    prefix = str(root.parent / "conda")

    active = find(make_machine(CONDA_PREFIX=prefix, CONDA_DEFAULT_ENV="shop"), root)
    base = find(make_machine(CONDA_PREFIX=prefix, CONDA_DEFAULT_ENV="base"), root)

    assert (active.path, active.origin) == (conda, "the active environment (CONDA_PREFIX)")
    assert base.path == inside


# What is in the project


@BOTH
@pytest.mark.parametrize("name", [".venv", "venv", "env", "my env"])
def test_an_environment_in_the_project_is_found(
    root: Path,
    make_environment: MakeEnvironment,
    make_machine: MakeMachine,
    windows: bool,
    name: str,
) -> None:
    python = make_environment(root / name, windows=windows)

    found = find(make_machine(windows=windows), root)

    assert found == Interpreter(python, f"{name} in {root}")


def test_the_environment_nearest_to_the_working_directory_wins(
    root: Path, make_environment: MakeEnvironment, make_machine: MakeMachine
) -> None:
    outer = make_environment(root / ".venv")
    workdir = root / "backend/inner"
    assert find(make_machine(), root, workdir).path == outer

    between = make_environment(root / "backend/venv")
    assert find(make_machine(), root, workdir).path == between

    inner = make_environment(workdir / "env")
    assert find(make_machine(), root, workdir).path == inner


def test_an_environment_above_counts_within_the_same_repository(
    root: Path, make_environment: MakeEnvironment, make_machine: MakeMachine, own: OwnPython
) -> None:
    python = make_environment(root / ".venv")
    opened = root / "backend/inner"
    assert find(make_machine(own=own), opened).path == own.executable

    (root / ".git").mkdir()
    assert find(make_machine(own=own), opened).path == python

    (opened / ".git").mkdir()
    assert find(make_machine(own=own), opened).path == own.executable


def test_a_working_directory_above_the_opened_folder_is_looked_into(
    root: Path, make_environment: MakeEnvironment, make_machine: MakeMachine
) -> None:
    python = make_environment(root / ".venv")

    assert find(make_machine(), root / "backend", root).path == python


@BOTH
def test_an_environment_of_another_system_is_passed_over_with_a_note(
    root: Path, make_environment: MakeEnvironment, make_machine: MakeMachine, windows: bool
) -> None:
    make_environment(root / ".venv", windows=not windows)
    python = make_environment(root / "venv", windows=windows)
    (root / "env").mkdir()

    found = find(make_machine(windows=windows), root)

    assert found.path == python
    assert len(found.notes) == 1
    assert f"{root / '.venv'} was made on" in found.notes[0]


def test_solofleets_own_environment_in_the_project_is_said_to_be_so(
    root: Path, make_environment: MakeEnvironment, make_machine: MakeMachine
) -> None:
    python = make_environment(root / ".venv")
    machine = make_machine(own=OwnPython(python, root / ".venv"))

    assert find(machine, root).origin == f".venv in {root}, which is Solofleet's own"


# What tools know


def test_a_tool_that_keeps_the_project_is_asked(
    root: Path, make_environment: MakeEnvironment, make_machine: MakeMachine
) -> None:
    (root / "poetry.lock").write_text("")
    python = make_environment(root.parent / "cache/shop")

    found = find(make_machine(answers={"poetry": str(python)}), root, root / "backend")

    assert found == Interpreter(python, f"poetry's environment for {root}", "poetry")


def test_the_folder_that_uv_is_told_to_use_is_taken(
    root: Path, make_environment: MakeEnvironment, make_machine: MakeMachine
) -> None:
    (root / "uv.lock").write_text("")
    python = make_environment(root.parent / "elsewhere", uv=True)

    found = find(make_machine(UV_PROJECT_ENVIRONMENT="../elsewhere"), root)

    assert found == Interpreter(python, f"UV_PROJECT_ENVIRONMENT, for {root}", "uv add")


def test_a_tool_that_gives_nothing_is_noted(
    root: Path, make_machine: MakeMachine, own: OwnPython
) -> None:
    (root / "uv.lock").write_text("")

    found = find(make_machine(own=own), root)

    assert found.notes[0] == f"{root} is kept by uv, which is not on PATH"


@pytest.mark.parametrize(
    ("file", "installer"), [("uv.lock", "uv add"), ("poetry.lock", "poetry"), ("pdm.lock", "pdm")]
)
def test_the_environment_in_a_project_belongs_to_the_tool_that_keeps_it(
    root: Path,
    make_environment: MakeEnvironment,
    make_machine: MakeMachine,
    file: str,
    installer: str,
) -> None:
    (root / file).write_text("")
    make_environment(root / ".venv", uv=True)

    assert find(make_machine(), root).installer == installer


# What is on PATH, and Solofleet's own


def on_path(folder: Path, *, windows: bool) -> Path:
    python = folder / ("python.exe" if windows else "python3")
    folder.mkdir()
    python.write_text("")
    return python


@BOTH
def test_the_first_python_on_path_that_has_celery_is_taken(
    root: Path, make_machine: MakeMachine, own: OwnPython, windows: bool
) -> None:
    folders = [root.parent / name for name in ("store", "bare", "with celery", "more")]
    stub, bare, good, _ = (on_path(folder, windows=windows) for folder in folders)
    separator = ";" if windows else ":"
    path = separator.join(["", str(root / "gone"), *(f'"{folder}"' for folder in folders)])
    answers = {str(bare): "no\n", str(good): "yes\r\n"}

    if WINDOWS and not windows:
        pytest.skip("a drive's colon would split the path")
    found = find(make_machine(answers=answers, windows=windows, own=own, PATH=path), root)

    assert found == Interpreter(good, f"{good.name} on PATH")
    assert found.notes == (f"{stub} on PATH does not run", f"{bare} on PATH has no Celery")


def test_solofleets_own_python_is_the_last_resort(
    root: Path, make_machine: MakeMachine, own: OwnPython
) -> None:
    bare = on_path(root.parent / "bare", windows=WINDOWS)
    (root / "env").mkdir()  # a folder of that name is not always an environment
    path = os.pathsep.join([str(own.executable.parent), str(bare.parent)])

    found = find(make_machine(answers={str(bare): "no"}, own=own, PATH=path), root)

    assert found == Interpreter(
        own.executable, "Solofleet's own Python, since the project has none"
    )
    assert found.notes[-1] == (
        "Solofleet's own Python, since the project has none; python -m venv .venv makes one"
    )


def test_a_solofleet_outside_any_environment_knows_itself_on_path(
    root: Path, make_machine: MakeMachine
) -> None:
    python = on_path(root.parent / "bin", windows=WINDOWS)
    own = OwnPython(python, root.parent)
    answers = {str(python): "yes"}

    found = find(make_machine(answers=answers, own=own, PATH=str(python.parent)), root)

    assert found.origin.startswith("Solofleet's own Python")


def test_a_build_without_python_takes_one_that_lacks_celery(
    root: Path, make_machine: MakeMachine
) -> None:
    bare = on_path(root.parent / "bare", windows=WINDOWS)

    found = find(make_machine(answers={str(bare): "no"}, PATH=str(bare.parent)), root)

    assert found.path == bare


def test_no_python_anywhere_is_an_error(root: Path, make_machine: MakeMachine) -> None:
    (root / ".venv").mkdir()
    (root / ".venv/pyvenv.cfg").write_text("")

    with pytest.raises(FleetError) as caught:
        find(make_machine(), root)

    assert f"{root / '.venv'} has no working Python" in caught.value.why
    assert "python -m venv .venv" in caught.value.fix
    assert caught.value.exit_code == UNAVAILABLE


def test_the_python_of_a_built_program_is_for_the_demo_alone(
    root: Path, make_machine: MakeMachine
) -> None:
    of_the_bundle = root / NAME
    of_the_bundle.touch(0o755)
    with pytest.raises(FleetError) as caught:
        find(make_machine(), root, given=str(of_the_bundle))
    assert caught.value.exit_code == USAGE
    assert "is not for projects" in caught.value.what
    assert find(make_machine(), DEMO, given=str(of_the_bundle)).path == of_the_bundle


def test_the_question_for_celery_is_answered_by_a_real_python(
    root: Path, make_machine: MakeMachine
) -> None:
    (root / "celery.py").write_text("")  # no module of the folder it is started in counts
    folder = Path(sys.executable).parent
    machine = this_machine({**os.environ, "VIRTUAL_ENV": "", "PATH": str(folder)})
    machine = Machine(machine.environ, machine.windows, None, machine.ask, machine.which)

    found = find(machine, root)

    assert found.origin.endswith("on PATH")


def test_all_are_listed_once_the_likeliest_first(
    root: Path, own: OwnPython, make_environment: MakeEnvironment, make_machine: MakeMachine
) -> None:
    active = make_environment(root / "venv")
    other = make_environment(root / "other")
    machine = make_machine(VIRTUAL_ENV=str(root / "venv"), own=own)

    found = all_interpreters(machine, root=root, workdir=root)

    assert [each.path for each in found] == [active, other, own.executable]
    assert found[0] == find(machine, root)
