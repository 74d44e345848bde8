"""A draft is shown without secrets, and written whole or not at all."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.errors import FleetError
from core.project.opening import open_project
from core.render.blueprint import drafting
from core.render.blueprint.drafting import write_draft
from tests.support.wanted import SHOP, drafted, opened


def test_a_new_file_is_written_as_it_was_shown(tmp_path: Path) -> None:
    draft = drafted(opened(tmp_path, SHOP))
    assert not draft.exists and draft.diff()[0] == "--- /dev/null"
    write_draft(draft)
    assert (tmp_path / "render.yaml").read_text() == draft.text()
    assert not (tmp_path / "solofleet.toml").exists()
    again = drafted(opened(tmp_path))
    assert not again.changes and again.diff() == ()


def test_choices_are_kept_so_that_the_next_time_gives_the_same(tmp_path: Path) -> None:
    draft = drafted(opened(tmp_path, SHOP), plan="standard", flower=True, redis="outside")
    assert "+[render]" in draft.diff()
    write_draft(draft)
    again = drafted(opened(tmp_path))
    assert not again.changes and not again.settings.changes
    assert again.choices.flower is True
    (tmp_path / "render.yaml").unlink()
    assert drafted(opened(tmp_path)).after.text == draft.after.text


def test_what_a_variable_says_holds_but_is_not_kept(tmp_path: Path) -> None:
    opened(tmp_path, SHOP)
    environ = {"SOLOFLEET_RENDER": 'plan = "pro"'}
    draft = drafted(open_project(tmp_path, python=sys.executable, environ=environ))
    assert "plan: pro" in draft.after.text and not draft.settings.changes


def test_a_byte_order_mark_stays(tmp_path: Path) -> None:
    project = opened(tmp_path, SHOP)
    (tmp_path / "render.yaml").write_bytes(b"\xef\xbb\xbfservices: []\r\n")
    write_draft(drafted(project))
    data = (tmp_path / "render.yaml").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfservices:\r\n  - type: web\r\n")


def test_secrets_that_somebody_wrote_into_it_are_not_shown(tmp_path: Path) -> None:
    project = opened(tmp_path, SHOP)
    text = """\
services:
  - type: worker
    name: jobs
    runtime: python
    envVars:
      - {key: API_TOKEN, value: hush-hush}
      - {key: REDIS_URL, value: "redis://:hushhush@host/0"}
"""
    (tmp_path / "render.yaml").write_text(text)
    draft = drafted(project)
    shown = "\n".join((draft.text(), *draft.diff(), *map(repr, draft.faults)))
    assert "hush" not in shown and "***" in shown
    write_draft(draft)
    assert "hush-hush" in (tmp_path / "render.yaml").read_text()


def test_a_broken_file_is_left_alone(tmp_path: Path) -> None:
    project = opened(tmp_path, SHOP)
    (tmp_path / "render.yaml").write_text("services: [\n")
    with pytest.raises(FleetError, match="not valid YAML"):
        drafted(project)
    assert (tmp_path / "render.yaml").read_text() == "services: [\n"


def test_when_the_file_cannot_be_written_the_settings_are_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = drafted(opened(tmp_path, {**SHOP, "solofleet.toml": "# mine\n"}), plan="pro")
    real = drafting.replace_text

    def refuse(file: Path, text: str) -> None:
        if file.name == "render.yaml":
            raise PermissionError(13, "Permission denied")
        real(file, text)

    monkeypatch.setattr(drafting, "replace_text", refuse)
    with pytest.raises(FleetError) as caught:
        write_draft(draft)
    assert (caught.value.what, caught.value.why) == (
        f"{tmp_path / 'render.yaml'} could not be written",
        "Permission denied",
    )
    assert (tmp_path / "solofleet.toml").read_text() == "# mine\n"
    assert not (tmp_path / "render.yaml").exists()


def test_settings_that_were_not_there_are_gone_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = drafted(opened(tmp_path, SHOP), plan="pro")
    real = drafting.replace_text

    def refuse(file: Path, text: str) -> None:
        if file.name == "render.yaml":
            raise OSError(28, "No space left on device")
        real(file, text)

    monkeypatch.setattr(drafting, "replace_text", refuse)
    with pytest.raises(FleetError, match="No space left"):
        write_draft(draft)
    assert not (tmp_path / "solofleet.toml").exists()


if sys.platform != "win32":

    def test_a_read_only_folder_is_told(below_all: Path) -> None:
        draft = drafted(opened(below_all, SHOP))
        below_all.chmod(0o555)
        with unprivileged(), pytest.raises(FleetError, match="Permission denied"):
            write_draft(draft)
        assert not (below_all / "render.yaml").exists()

    @pytest.fixture
    def below_all() -> Iterator[Path]:
        """A folder that everybody can get to, which those of pytest are not."""
        with tempfile.TemporaryDirectory() as made:
            yield Path(made)

    @contextmanager
    def unprivileged() -> Iterator[None]:
        """Root, who may write everywhere, is nobody for a while."""
        before = os.geteuid()
        os.seteuid(before or 65534)
        try:
            yield
        finally:
            os.seteuid(before)
