"""What is not to run, for all workers of the fleet."""

from core.tasks.revoked import MOST, Revoked


def test_what_one_worker_heard_is_news_once():
    revoked = Revoked()
    assert revoked.learn(["a", "b"], {})
    assert not revoked.learn(["b"], {})
    assert revoked.learn([], {"tenant": ["x"]})
    assert not revoked.learn(["a"], {"tenant": ["x"]})
    assert revoked.message() == {"ids": ["a", "b"], "stamps": {"tenant": ("x",)}}


def test_the_oldest_ids_are_forgotten_as_celery_does():
    revoked = Revoked()
    revoked.learn([str(number) for number in range(MOST + 2)], {})
    ids = revoked.message()["ids"]
    assert isinstance(ids, list)
    assert (len(ids), ids[0]) == (MOST, "2")
    assert revoked.learn(["new"], {})
