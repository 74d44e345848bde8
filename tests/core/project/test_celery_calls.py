import pytest

from core.project.celery_calls import Made
from core.project.source import read_bytes


def made(text: str) -> dict[str, Made]:
    return {app.attr: app.made for app in read_bytes(text.encode()).apps}


@pytest.mark.parametrize(
    "text",
    [
        "from celery import Celery\napp = Celery('x')",
        "from celery import Celery as C\napp = C('x', broker='redis://')",
        "import celery\napp = celery.Celery('x')",
        "import celery as c\napp = c.Celery()",
        "from celery.app.base import Celery\napp = Celery()",
        "import celery.app.base\napp = celery.app.base.Celery()",
        "from celery import Celery\napp: Celery = Celery()",
        "from celery import Celery\napp = Celery() if USE_CELERY else None",
        "from celery import Celery\napp = existing or Celery()",
    ],
)
def test_an_app_is_recognised_under_any_name_of_the_class(text: str) -> None:
    assert made(text) == {"app": Made.DIRECT}


def test_two_names_for_one_app_are_both_known() -> None:
    assert made("from celery import Celery\ncelery = app = Celery()") == {
        "celery": Made.DIRECT,
        "app": Made.DIRECT,
    }


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("from celery import Celery\nclass Own(Celery): ...\napp = Own()", Made.SUBCLASS),
        ("import celery\nclass Own(celery.Celery): ...\napp = Own()", Made.SUBCLASS),
        ("from base import OwnCelery\napp = OwnCelery()", Made.SUBCLASS),
        ("from .base import OwnCelery\nclass X(OwnCelery): ...\napp = X()", Made.SUBCLASS),
        (
            "from celery import Celery\ndef make(n):\n  c = Celery(n)\n  return c\napp = make(1)",
            Made.FACTORY,
        ),
        (
            "from celery import Celery\ndef make() -> 'Celery': return build()\napp = make()",
            Made.FACTORY,
        ),
        ("from celery import Celery\napp: Celery = registry.get()", Made.ANNOTATED),
        ("from factory import make_celery\napp = make_celery()", Made.NAMED_FACTORY),
        ("import factory\napp = factory.create_celery_app()", Made.NAMED_FACTORY),
        ("flask = create_app()\napp = flask.extensions['celery']", Made.EXTENSION),
        ("from project import ext\napp = ext.celery", Made.CARRIED),
    ],
)
def test_other_ways_to_make_an_app_are_weaker(text: str, how: Made) -> None:
    assert made(text)["app"] is how
    assert how < Made.DIRECT
    assert how.words


@pytest.mark.parametrize(
    "text",
    [
        "from celery import Celery\nlog = get_task_logger(__name__)",
        "from celery import Celery, shared_task\n@shared_task\ndef add(): ...",
        "from flask import Flask\napp = Flask(__name__)",
        "import celery\nx = celery.group()",
        "from celery import Celery\nobj.app = Celery()",
        "from celery import Celery\na, b = Celery(), 1",
        "from celery import Celery\ndef f():\n  app = Celery()",
        "from celery import Celery\napp: Celery",
        "from .celery import Celery2\napp = Celery()",
        "app = (lambda: 1)()",
    ],
)
def test_what_is_no_app_at_module_level_is_left_alone(text: str) -> None:
    assert made(text) == {}


def test_a_factory_whose_app_no_name_holds_is_remembered() -> None:
    text = b"from celery import Celery\n\ndef make(n):\n    return Celery(n)\n"

    assert read_bytes(text).factories == (("make", 3),)
