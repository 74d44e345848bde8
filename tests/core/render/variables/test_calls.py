"""Variables that are read by a call, in each way that people use."""

import pytest

from core.render.variables.code import reads_in
from tests.support.variables import seen


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import os\nx = os.environ['A']", {("A", True)}),
        ("import os as o\nx = o.environ['A']", {("A", True)}),
        ("from os import environ\nx = environ['A']", {("A", True)}),
        ("from os import environ as e\nx = e.get('A')", {("A", False)}),
        ("from os import getenv as g\nx = g('A')", {("A", False)}),
        ("import os\nx = os.environ.get('A', 'b')", {("A", False)}),
        ("import os\nx = os.getenv('A', default='b')", {("A", False)}),
        ("import os\nx = os.getenv(key='A')", {("A", False)}),
        ("import os\nNAME = 'A'\nx = os.environ[NAME]", {("A", True)}),
        ("import os\nos.environ['A'] = 'x'\ndel os.environ['B']", set()),
        ("import os\nos.environ.setdefault('A', 'x')", {("A", False)}),
        ("import os\ntry:\n    x = os.environ['A']\nexcept KeyError:\n    x = ''", {("A", False)}),
        ("import os\nif 'A' in os.environ:\n    x = os.environ['A']", {("A", False)}),
        ("import os\nx = os.environ[name()]", set()),
        ("environ = {}\nx = environ['A']", set()),
    ],
)
def test_the_environment_itself(code: str, found: set[tuple[str, bool]]):
    assert seen(a=code) == found


def test_django_environ():
    assert seen(
        settings="""
        import environ
        env = environ.Env(DEBUG=(bool, False), HOST=str)
        environ.Env.read_env(".env")
        a = env("SECRET_KEY")
        b = env("DEBUG")
        c = env.int("SIZE", default=3)
        d = env.list("HOSTS", [])
        e = env.db()
        f = env.cache("MY_CACHE")
        g = env("PORTS", int)
        env.read_env()
        """
    ) == {
        ("SECRET_KEY", True),
        ("DEBUG", False),
        ("SIZE", False),
        ("HOSTS", False),
        ("DATABASE_URL", True),
        ("MY_CACHE", True),
        ("PORTS", True),
    }


def test_environs_and_decouple():
    assert seen(
        a="""
        from environs import Env
        env = Env()
        x = env("A", "default"), env.str("B"), env.bool("C", False)
        """,
        b="""
        from decouple import config
        x = config("D"), config("E", default=1, cast=int), config("F", "x")
        """,
        c="""
        import decouple
        x = decouple.config("G")
        read = decouple.Config(decouple.RepositoryEnv(".env"))
        y = read("H")
        """,
    ) == {
        *(("A", False), ("B", True), ("C", False), ("D", True), ("E", False), ("F", False)),
        *(("G", True), ("H", True)),
    }


def test_starlette():
    assert seen(
        a="""
        from starlette.config import Config
        config = Config(".env")
        x = config("A", cast=bool), config("B", str, "x"), config("C", default=None)
        y = config("D", str)
        """
    ) == {("A", True), ("B", False), ("C", False), ("D", True)}


def test_a_reader_that_another_module_passes_on():
    assert seen(
        settings="import environ\nenv = environ.Env()\n",
        tasks="from shop.settings import env\nx = env('A')\n",
        other="from elsewhere import thing as env\nx = env('B')\n",
    ) == {("A", True)}


@pytest.mark.parametrize(
    ("code", "must"),
    [
        ("x = os.environ['A']", True),
        ("def f():\n    return os.environ['A']", True),
        ("if S3:\n    x = os.environ['A']", False),
        ("if S3:\n    pass\nelse:\n    x = os.environ['A']", False),
        ("if os.environ['A']:\n    pass", True),
        ("x = os.environ['A'] if S3 else ''", False),
        ("x = S3 and os.environ['A']", False),
        ("try:\n    f()\nexcept TypeError:\n    x = os.environ['A']", False),
        ("match S3:\n    case 1:\n        x = os.environ['A']", False),
    ],
)
def test_what_stands_behind_a_condition_may_never_be_reached(code: str, must: bool):
    (read,) = reads_in({"a.py": f"import os\n{code}\n".encode()})
    assert read.required and read.must is must


def test_a_reader_behind_a_condition_is_no_surer():
    text = b"import environ\nenv = environ.Env()\nif S3:\n    KEY = env('AWS_KEY')\n"
    (read,) = reads_in({"settings.py": text})
    assert (read.name, read.required, read.must) == ("AWS_KEY", True, False)
