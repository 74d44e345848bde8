"""Which service of render.yaml is meant."""

from pathlib import Path

from core.render.blueprint.services import Role
from tests.support.checklists import JOBS, NO_KEY, WITH_FLOWER, case, without


def test_a_service_is_found_by_what_it_runs_with_its_folder_and_what_render_has(
    tmp_path: Path,
) -> None:
    (meant,) = case(tmp_path).meant(Role.WORKER)
    assert (meant.service.name, meant.table.text("name")) == ("worker", "worker")
    assert meant.root is not None
    assert meant.there is JOBS
    assert [each.service.name for each in case(tmp_path, WITH_FLOWER).meant(Role.FLOWER)] == [
        "flower"
    ]


def test_what_render_does_not_have_or_did_not_tell_is_not_there(tmp_path: Path) -> None:
    for said in (without("worker"), NO_KEY):
        (meant,) = case(tmp_path, said=said).meant(Role.WORKER)
        assert meant.there is None


def test_without_a_blueprint_nothing_is_meant(tmp_path: Path) -> None:
    bare = case(tmp_path, {"render.yaml": None})
    assert not bare.has_blueprint
    assert bare.meant(Role.WORKER) == ()
