"""What a person chooses is read, refused, and put over what was chosen before."""

import pytest

from core.errors import FleetError
from core.render.choices import KEYS, Choices, choices_in_text, read_choices


def test_keys_are_the_fields() -> None:
    assert tuple(KEYS) == Choices.__match_args__


def test_a_table_is_read_with_hyphens_too() -> None:
    read = read_choices({"web-plan": "free", "concurrency": 2, "flower": False})
    assert read == Choices(web_plan="free", concurrency=2, flower=False)
    assert str(read) == "web_plan = free, concurrency = 2, flower = false"


@pytest.mark.parametrize(
    "table",
    [
        *({"plan": "free"}, {"plan": "large"}, {"region": "oslo"}, {"size": 1}),
        *({"concurrency": 0}, {"concurrency": True}, {"shutdown": 301}, {"redis": "upstash"}),
        *({"flower": "yes"}, {"name": "a b"}, {"name": ""}, {"deploy": True}, {"plan": ["pro"]}),
    ],
)
def test_a_wrong_choice_is_refused_with_its_key(table: dict[str, object]) -> None:
    with pytest.raises(FleetError, match=rf"render\.{next(iter(table))}"):
        read_choices(table)


def test_what_is_no_table_is_none() -> None:
    assert read_choices("pro") is None
    assert choices_in_text('plan = "pro"') == {"plan": "pro"}
    assert choices_in_text("pro") == "pro"


def test_the_later_choice_wins_and_the_rest_stays() -> None:
    before = Choices(plan="pro", region="ohio")
    assert Choices(plan="starter").over(before) == Choices(plan="starter", region="ohio")
