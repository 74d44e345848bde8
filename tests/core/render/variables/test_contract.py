"""The list of variables: who needs each, and how it stands where."""

from core.render.blueprint.services import Role
from core.render.variables.contract import Picture, State, is_given, rows_of
from core.render.variables.digests import Digests
from core.render.variables.read import Read
from core.render.variables.written import Kind, Service, Written
from core.secret import Secret

DIGESTS = Digests()


def value(name: str, text: str, owner: str | None = None) -> Written:
    return Written(name, Kind.VALUE, Secret(text), "render.yaml" if owner else ".env", 1, owner)


def service(role: Role, *held: Written, elsewhere: tuple[str, ...] = ()) -> Service:
    return Service(role.value, role, "render.yaml", 3, "", held, elsewhere)


def read(*names: str, file: str = "a.py", required: bool = True) -> Read:
    return Read(names, file, 1, required, "os.environ")


def places(picture: Picture, name: str) -> dict[str, State]:
    (row,) = (row for row in rows_of(picture, DIGESTS) if name in row.names)
    return dict(row.places)


USERS = {"a.py": ("web", "worker"), "b.py": ("worker",), "tool.py": ()}


def test_who_needs_a_variable_is_who_runs_the_code_that_reads_it():
    picture = Picture((read("A"), read("B", file="b.py"), read("C", file="tool.py")), USERS)
    rows = {row.names[0]: (row.needed_by, row.required) for row in rows_of(picture, DIGESTS)}
    assert rows == {
        "A": (("web", "worker"), True),
        "B": (("worker",), True),
        "C": ((), False),
    }


def test_one_read_without_a_default_makes_it_required():
    picture = Picture((read("A", required=False), read("A", file="b.py")), USERS)
    (row,) = rows_of(picture, DIGESTS)
    assert (row.required, len(row.reads)) == (True, 2)


def test_a_value_is_present_missing_equal_or_different():
    picture = Picture(
        reads=(read("A"), read("B"), read("C"), read("D")),
        users=USERS,
        env=(value("A", "1"), value("B", "1"), value("C", "1")),
        services=(
            service(Role.WEB, value("A", "1", "web"), value("B", "2", "web")),
            service(Role.WORKER, value("D", "1", "worker")),
        ),
    )
    assert places(picture, "A") == {".env": "present", "web": "equal", "worker": "missing"}
    assert places(picture, "B") == {".env": "present", "web": "different", "worker": "missing"}
    assert places(picture, "D") == {".env": "missing", "web": "missing", "worker": "present"}


def test_what_is_typed_in_the_dashboard_is_present_and_not_compared():
    asked = Written("A", Kind.ASKED, None, "render.yaml", 1, "web")
    picture = Picture((read("A"),), USERS, (value("A", "1"),), (service(Role.WEB, asked),))
    assert places(picture, "A")["web"] is State.PRESENT


def test_a_group_that_nobody_can_look_into_may_have_it():
    picture = Picture((read("A"),), USERS, (), (service(Role.WEB, elsewhere=("shared",)),))
    assert places(picture, "A")["web"] is State.UNKNOWN


def test_of_several_services_the_worst_is_told():
    services = (service(Role.WORKER, value("A", "1", "one")), service(Role.WORKER))
    picture = Picture((read("A"),), USERS, (value("A", "1"),), services)
    assert places(picture, "A")["worker"] is State.MISSING


def test_the_group_on_render_is_compared_by_hash():
    remote = {"A": DIGESTS.of("1"), "B": DIGESTS.of("other"), "EXTRA": DIGESTS.of("x")}
    picture = Picture(
        (read("A"), read("B"), read("C")), USERS, (value("A", "1"), value("B", "1")), None, remote
    )
    assert [places(picture, name)["group"] for name in ("A", "B", "C", "EXTRA")] == [
        State.EQUAL,
        State.DIFFERENT,
        State.MISSING,
        State.PRESENT,
    ]


def test_any_of_several_names_will_do_in_whatever_case():
    picture = Picture((read("ONE", "TWO"),), USERS, (value("two", "1"),))
    assert places(picture, "ONE") == {".env": "present"}
    assert len(rows_of(picture, DIGESTS)) == 1


def test_what_nothing_reads_is_listed_too():
    picture = Picture(env=(value("A", "1"),))
    (row,) = rows_of(picture, DIGESTS)
    assert (row.names, row.needed_by, row.required, row.reads) == (("A",), (), False, ())


def test_what_render_sets_is_known():
    assert all(map(is_given, ("PORT", "RENDER", "RENDER_GIT_COMMIT", "PYTHON_VERSION")))
    assert not is_given("REDIS_URL")


def test_no_value_shows():
    picture = Picture(env=(value("A", "correct-horse"),))
    assert "horse" not in repr((picture, rows_of(picture, DIGESTS)))
