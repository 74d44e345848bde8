"""What would be deployed: service, branch, commit."""

from typing import Final

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from core.render.blueprint.drafting import Draft
from core.render.blueprint.services import Role, role_of, services_of
from desktop.deploy.facts import Facts, Preflight
from desktop.theme.style import mono_font
from desktop.widgets.labels import label

SHORT: Final = 7
"""Letters of a commit that people are shown."""


class Target(QWidget):
    """Shows it by what is known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 14, 16, 14)
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label("Target", "section"), 0, 0, 1, 2)
        self.values: dict[str, QLabel] = {}
        for row, name in enumerate(("Service", "Region", "Branch", "Commit"), 1):
            grid.addWidget(label(name, "dim"), row, 0)
            value = self.values[name] = label("")
            value.setFont(mono_font())
            value.setAccessibleName(name)
            grid.addWidget(value, row, 1)
        self.show_facts(Facts())

    def show_facts(self, facts: Facts) -> None:
        """What is known of it."""
        draft, flight = facts.draft, facts.preflight
        known = isinstance(flight, Preflight)
        service, region = _worker(draft) if isinstance(draft, Draft) else ("", "")
        for name, text in (
            ("Service", service),
            ("Region", region),
            ("Branch", (flight.branch or "detached") if known else ""),
            ("Commit", flight.oid[:SHORT] if known else ""),
        ):
            self.values[name].setText(text or "–")
            self.values[name].setToolTip(text)


def _worker(draft: Draft) -> tuple[str, str]:
    for service in services_of(draft.after.root):
        if role_of(service) is Role.WORKER:
            return service.text("name"), service.text("region") or "oregon"
    return "", ""
