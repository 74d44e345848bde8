"""Brings a Run page into an arrangement, and tells the one it is in."""

from dataclasses import replace

from desktop.keeping.arrangement import Arrangement
from desktop.run.drawer import TABS
from desktop.run.page import RunPage


def arrange(page: RunPage, arrangement: Arrangement) -> None:
    """Arrange it so, but for the filters, which come with the panes."""
    page.logs.restore(arrangement.logs)
    if arrangement.tab in TABS:
        page.drawer.show_tab(arrangement.tab)
    for splitter, sizes in ((page.sides, arrangement.sides), (page.left, arrangement.left)):
        if len(sizes) == splitter.count() and any(sizes):
            splitter.setSizes(sizes)
    page.drawer.setVisible(arrangement.drawer)


def arrangement_of(page: RunPage, before: Arrangement) -> Arrangement:
    """How it is arranged; `before` has the filters of workers that are gone, and the sizes of what
    is hidden, or stands elsewhere.
    """
    shown = not page.drawer.isHidden()
    filters = {
        **before.filters,
        **{pane.name: pane.document.filter for pane in page.logs.panes},
    }
    return replace(
        before,
        logs=page.logs.state(),
        sides=page.sides.chosen if page.table.isVisibleTo(page) else before.sides,
        left=tuple(page.left.sizes()) if shown and page.left.count() > 1 else before.left,
        drawer=shown,
        tab=page.drawer.tab,
        filters={name: each for name, each in filters.items() if not each.shows_all},
    )
