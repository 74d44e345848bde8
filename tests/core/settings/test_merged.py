from core.secret import Secret
from core.settings.merged import Reading, Settings, as_text, merge
from core.settings.origin import Layer, Origin, Setting


def reading(layer: Layer, place: str = "FILE", **values: object) -> Reading:
    return Reading({key: Setting(value, Origin(layer, place)) for key, value in values.items()})


def test_the_last_reading_to_name_a_key_wins() -> None:
    settings = merge([reading(Layer.USER, grace=1.0, workers=1), reading(Layer.LOCAL, workers=2)])
    assert (settings.grace_s, settings.workers) == (1.0, 2)
    assert settings.setting("workers") == Setting(2, Origin(Layer.LOCAL, "FILE"))
    assert settings.setting("queues") is None


def test_what_is_put_over_them_has_its_own_origin() -> None:
    settings = Settings(warnings=("odd",)).over({"mode": Setting("plain", Origin(Layer.ASKED))})
    assert (settings.mode, settings.where("mode")) == ("plain", "as asked")
    assert settings.warnings == ("odd",)


def test_only_values_that_a_reader_of_the_project_would_not_expect_are_told() -> None:
    settings = merge(
        [
            reading(Layer.USER, "user.toml", spare=True),
            reading(Layer.PROJECT, app="a", queues=("b",)),
            reading(Layer.LOCAL, "local.toml", queues=("b", "c")),
            reading(Layer.ENVIRONMENT, "SOLOFLEET_BROKER", broker=Secret("redis://:hush@h")),
        ]
    )
    assert settings.told() == (
        "queues = b, c, from local.toml",
        "broker = redis://:***@h, from SOLOFLEET_BROKER",
        "spare = true, from user.toml",
    )
    assert settings.over({"spare": Setting(True, Origin(Layer.ASKED))}).told()[-1].startswith("bro")


def test_a_password_is_not_in_the_repr() -> None:
    assert "hush" not in repr(merge([reading(Layer.ENVIRONMENT, broker=Secret("redis://:hush@h"))]))


def test_values_are_told_as_toml_has_them() -> None:
    assert [as_text(value) for value in (True, 3, 1.5, "a", ("a", "b"))] == [
        *("true", "3", "1.5", "a", "a, b")
    ]
    assert as_text({"A": "hush", "B": ""}) == "A, B"


def test_what_only_a_group_can_say_is_told_where_it_is_said_for_all() -> None:
    groups = Reading(groups={"mail": {}})
    unused = ("workers in FILE is not used: each group has its own",)
    assert merge([reading(Layer.PROJECT, workers=2), groups]).warnings == unused
    assert merge([reading(Layer.USER, workers=2), groups]).warnings == ()
    assert merge([reading(Layer.PROJECT, workers=2)]).warnings == ()
