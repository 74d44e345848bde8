"""The names that imports bind."""

import ast

from core.project.imported import imported_names


def test_each_way_to_import_binds_its_names() -> None:
    source = """
import os.path, numpy as np
from celery import Celery as C, shared_task
from . import db
from ..jobs.mail import send
x = 1
"""
    assert set(imported_names(ast.walk(ast.parse(source)))) == {
        ("os", "os"),
        ("np", "numpy"),
        ("C", "celery.Celery"),
        ("shared_task", "celery.shared_task"),
        ("db", "..db"),
        ("send", "..jobs.mail.send"),
    }
