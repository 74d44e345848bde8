import pytest

from core.settings.origin import Layer, Origin, Setting


@pytest.mark.parametrize(
    ("origin", "words"),
    [
        (Origin(Layer.DEFAULT), "the default"),
        (Origin(Layer.USER, "/home/settings.toml"), "workers in /home/settings.toml"),
        (Origin(Layer.PROJECT, "pyproject.toml"), "workers in pyproject.toml"),
        (Origin(Layer.ENVIRONMENT, "SOLOFLEET_WORKERS"), "SOLOFLEET_WORKERS"),
        (Origin(Layer.ASKED), "as asked"),
    ],
)
def test_an_origin_is_told_in_words(origin: Origin, words: str) -> None:
    assert origin.words("workers") == words


def test_the_greater_layer_counts_and_of_one_layer_the_first() -> None:
    local, project = Setting(1, Origin(Layer.LOCAL)), Setting(2, Origin(Layer.PROJECT))
    assert local.over(project) == project.over(local) == local
    assert project.over(Setting(3, Origin(Layer.PROJECT))) == project
    assert project.over(None) == project
