"""What a service runs behind its command."""

from collections.abc import Mapping
from pathlib import Path

from core.render.blueprint.running import code_folder, docker_start, files_below, whole_command
from core.render.blueprint.services import services_of
from tests.support.blueprints import document

DOCKERFILE = "FROM python\nCMD celery -A a worker\n"


def whole(service: str, files: Mapping[str, str]) -> str:
    (table,) = services_of(document(f"services:\n- {{type: worker, {service}}}\n").root)
    return whole_command(table, files.get)


def test_the_lines_of_a_script_stand_behind_the_command() -> None:
    command = "cd back && bash run.sh"
    found = whole(f"rootDir: ./app, startCommand: '{command}'", {"app/back/run.sh": "exec celery"})
    assert found == f"{command}\nexec celery"


def test_a_dockerfile_is_read_where_no_command_is_given() -> None:
    files = {"Dockerfile": DOCKERFILE, "sub/Dockerfile": "CMD other"}
    assert whole("runtime: docker", files) == "celery -A a worker"
    assert whole("env: docker, dockerfilePath: ./sub/Dockerfile", files) == "other"
    assert whole("runtime: docker, rootDir: sub", {"sub/Dockerfile": DOCKERFILE}).startswith(
        "celery"
    )
    assert whole("runtime: docker, dockerCommand: x", files) == "x"
    assert whole("runtime: python", files) == ""


def test_a_script_with_a_branch_for_each_is_not_known() -> None:
    script = "if [ $A ]; then\n  celery -A a worker\nelse\n  celery -A a beat\nfi\n"
    assert whole("startCommand: ./run.sh", {"run.sh": script}) == ""
    one = "if [ $A ]; then\n  echo\nfi\ncelery -A a worker\n"
    assert whole("startCommand: ./run.sh", {"run.sh": one}).endswith(one)


def test_the_folder_of_the_code_is_the_root_directory_or_the_context() -> None:
    ones = ("rootDir: ./a/", "runtime: docker, dockerContext: ./b", "dockerContext: c")
    text = "services:\n" + "".join(f"- {{{one}}}\n" for one in ones)
    assert [code_folder(one) for one in services_of(document(text).root)] == ["a", "b", ""]


def test_the_place_of_a_command_in_a_dockerfile_is_told() -> None:
    (table,) = services_of(document("services:\n- {runtime: docker}\n").root)
    assert docker_start(table, {"Dockerfile": DOCKERFILE}.get) == (
        "celery -A a worker",
        "Dockerfile",
        2,
    )
    assert docker_start(table, lambda path: None) is None


def test_files_of_the_repository_are_read_when_they_are_small_texts(tmp_path: Path) -> None:
    (tmp_path / "run.sh").write_bytes(b"exec celery \xff")
    (tmp_path / "large").write_bytes(b"x" * 100_001)
    text_of = files_below(tmp_path)
    assert text_of("run.sh") == "exec celery \ufffd"
    assert text_of("large") is None and text_of("gone") is None and text_of("") is None
