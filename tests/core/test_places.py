"""What comes with Solofleet is where it is said to be."""

from core.places import DEMO, INSIDE


def test_the_scripts_for_the_users_interpreter_are_there() -> None:
    assert {"worker.py", "calls.py", "events.py"} <= {path.name for path in INSIDE.glob("*.py")}


def test_the_demo_is_there() -> None:
    assert (DEMO / "celery_queue" / "celery_app.py").is_file()
