"""The names of the variables that services want."""

from pathlib import Path

import pytest

from core.render.blueprint.wants import wanted_variables
from tests.support.wanted import QUEUE, opened


def test_names_come_from_env_files_and_from_code_that_has_no_default(tmp_path: Path) -> None:
    code = "import os\nA = os.environ['A']\nB = os.environ.get('B')\nU = os.environ['REDIS_URL']\n"
    files = {**QUEUE, ".env": "C=1\nPORT=1\nPYTHONPATH=x\n", "s.py": code}
    project = opened(tmp_path, files)
    wants = wanted_variables(project, [tmp_path / "s.py", tmp_path / "gone.py"])
    assert wants.needed == ("A", "C")
    assert {"B", "REDIS_URL", "PORT"} <= wants.read


def test_what_is_read_on_a_condition_is_not_asked_for(tmp_path: Path) -> None:
    code = "import os\nif S3:\n    A = os.environ['AWS_KEY']\n"
    wants = wanted_variables(opened(tmp_path, {**QUEUE, "s.py": code}), [tmp_path / "s.py"])
    assert wants.needed == () and "AWS_KEY" in wants.read


def test_what_leads_to_this_machine_otherwise_is_asked_for(tmp_path: Path) -> None:
    code = """\
import os
from pydantic_settings import BaseSettings
class Settings(BaseSettings):
    database_url: str = "postgresql://me@localhost/shop"
    level: str = "info"
SIZE = os.environ.get("CACHE_HOST", "localhost")
"""
    wants = wanted_variables(opened(tmp_path, {**QUEUE, "s.py": code}), [tmp_path / "s.py"])
    assert wants.needed == ("CACHE_HOST", "DATABASE_URL")


@pytest.mark.parametrize(
    ("backend", "named"),
    [
        ('"redis://localhost:6379/0"', True),
        ('"redis://cache:6379/0"', False),
        ('"django-db"', False),
        ('os.environ["RESULTS"]', False),
    ],
)
def test_results_that_stay_on_this_machine_get_a_place(
    backend: str, named: bool, tmp_path: Path
) -> None:
    code = f"import os\nfrom celery import Celery\napp = Celery('a', backend={backend})\n"
    wants = wanted_variables(opened(tmp_path, {**QUEUE, "s.py": code}), [tmp_path / "s.py"])
    assert ("CELERY_RESULT_BACKEND" in wants.read) is named
