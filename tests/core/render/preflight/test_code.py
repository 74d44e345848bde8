"""Which parts of a file Linux comes to."""

import pytest

from core.render.preflight.code import read_code


def names(text: str) -> set[str]:
    """The functions that are called on Linux, `caught_…` where a failure is caught."""
    code = read_code("a.py", text.encode())
    assert code.problem is None
    return {
        ("caught " if part.caught else "") + ("inside " if part.within else "") + code.called(call)
        for part, call in code.calls()
    }


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("f()", {"f"}),
        ("if sys.platform == 'win32':\n    f()\nelse:\n    g()", {"g"}),
        ("if os.name != 'nt':\n    f()\nelse:\n    g()", {"f"}),
        ("if loud:\n    f()", {"caught f"}),
        ("WIN = sys.platform == 'win32'\nif WIN:\n    f()", set()),
        ("def a():\n    if sys.platform != 'win32':\n        return\n    f()", set()),
        ("if sys.platform == 'linux':\n    raise SystemError\nf()", set()),
        ("if sys.platform == 'linux':\n    sys.exit()\nf()", {"sys.exit"}),
        ("x = f() if os.name == 'nt' else g()", {"g"}),
        ("os.name == 'nt' and f()", set()),
        ("os.name == 'posix' or f()", set()),
        ("try:\n    f()\nexcept ImportError:\n    g()", {"caught f", "caught g"}),
        ("try:\n    f()\nexcept KeyError:\n    pass", {"f"}),
        ("try:\n    f()\nfinally:\n    g()", {"f", "g"}),
        ("with suppress(ImportError):\n    f()", {"caught suppress", "caught f"}),
        ("with a() as b:\n    f()", {"a", "f"}),
        ("for x in y():\n    f()", {"y", "f"}),
        ("match x:\n    case 1:\n        f()", {"caught f"}),
        ("def a(x=f()):\n    g()", {"f", "inside g"}),
        ("@d()\nclass C(b()):\n    f()", {"d", "b", "f"}),
        ("x = lambda: f()", {"caught f"}),
        ("import a.b as c\nc.d()", {"a.b.d"}),
        ("from a import b as c\nc()", {"a.b"}),
        ("from . import b\nb.c()", {"..b.c"}),
        ("x = [f() for y in z]", {"f"}),
        ("try:\n    pass\nexcept (A, f()):\n    pass", {"f"}),
    ],
)
def test_what_linux_calls(text: str, called: set[str]) -> None:
    assert names(text) == called


def test_a_part_knows_its_functions_from_the_outside_in() -> None:
    code = read_code("a.py", b"def a():\n    def b():\n        f()\n")
    (part,) = (part for part, _ in code.calls())
    assert [function.name for function in part.within] == ["a", "b"]
    assert not part.certain
    by_name = {function.name: body for function, body in code.bodies.items()}
    assert part in by_name["a"]
    assert part in by_name["b"]


@pytest.mark.parametrize(
    ("data", "line"), [(b"x = 1\ndef f(:\n", 2), (b"x = 1\0", 1), (b"(" * 5000, 1)]
)
def test_a_file_that_is_no_python_is_told_with_its_line(data: bytes, line: int) -> None:
    code = read_code("a.py", data)
    assert code.problem is not None
    assert code.problem[1] == line
    assert code.kinds == {}


def test_a_file_that_is_nested_deeper_than_can_be_walked_is_told() -> None:
    assert read_code("a.py", ("x" + ".a" * 1500).encode()).problem == ("it is nested too deep", 1)
