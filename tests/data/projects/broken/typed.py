"""An app whose tasks say what they take."""

import enum
from datetime import datetime
from typing import List, Literal, Optional

from celery import Celery

app = Celery("typed", broker="memory://")


class Size(enum.Enum):
    SMALL = "s"
    LARGE = "l"


@app.task(name="typed.render", bind=True)
def render(
    self,
    report_id: int,
    template: Literal["monthly", "yearly"] = "monthly",
    size: Size = Size.SMALL,
    regions: List[str] = (),
    deadline: Optional[datetime] = None,
    tone: Optional[Literal["loud", "low"]] = None,
):
    """Render one report."""


@app.task(name="typed.quoted")
def quoted(template: "Optional[Literal['a', 'b']]", other: "NoSuchName" = None):  # noqa: F821
    """Annotations as text, one of which cannot be read."""
