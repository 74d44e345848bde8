"""The list as Markdown."""

from dataclasses import replace
from pathlib import Path

from core.render.checklist.markdown import as_markdown, summary
from core.render.checklist.ticking import checklist
from tests.support.checklists import COMMIT, JOBS, NO_KEY, deploy, now, remote


def written(top: Path, **more: object) -> list[str]:
    of = now(top, **more)  # type: ignore[arg-type]
    return list(as_markdown("shop_*one", of, checklist(of, {})))


def test_boxes_stand_under_their_sections_with_what_shows_them(tmp_path: Path) -> None:
    lines = written(tmp_path)
    assert lines[0] == "# Deployment checklist of shop\\_\\*one"
    assert lines[2].startswith(f"At `{COMMIT[:7]}` (main), 2026-11-26 04:00Z: ")
    assert lines.index("## Before the deployment") < lines.index("## After the deployment")
    assert "- [x] A task completes" in lines
    assert "- [ ] Flower is a web service on Render *(not needed)*" in lines
    at = lines.index("- [x] Its start command has a --concurrency that fits")
    assert lines[at + 1].startswith("  - `render.yaml:")
    logged = next(line for line in lines if "succeeded in" in line)
    assert f"dep-2, `{COMMIT[:7]}`)" in logged


def test_what_is_not_done_says_why_and_what_to_do(tmp_path: Path) -> None:
    lines = written(tmp_path, said=NO_KEY)
    at = lines.index("- [ ] A task completes *(not known)*")
    assert lines[at + 1 : at + 3] == [
        "  - there is no key for Render's API",
        "  - to do: Make a key.",
    ]
    stale = written(tmp_path, said=remote(replace(JOBS, live=deploy("dep-2", "f00d"))))
    assert "- [ ] A task completes *(stale)*" in stale


def test_the_summary_leaves_out_what_is_not_needed(tmp_path: Path) -> None:
    assert summary(checklist(now(tmp_path), {})) == "16 of 18 done, 2 not known"
    assert "stale" in summary(
        checklist(now(tmp_path, said=remote(replace(JOBS, live=deploy("dep-2", "f00d")))), {})
    )
