"""The user's Celery project: where it lives, what runs it."""

from core.project.opening import Project, open_project

__all__ = ["Project", "open_project"]
