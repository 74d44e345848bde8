"""How patient the supervisor is with a worker."""

from core.workers.policy import Policy


def test_the_wait_doubles_up_to_its_limit():
    policy = Policy(backoff_first_s=0.5, backoff_max_s=5)
    assert [policy.backoff_s(tries) for tries in range(1, 7)] == [0.5, 1, 2, 4, 5, 5]


def test_the_wait_stays_at_its_limit_however_many_tries_there_were():
    assert Policy().backoff_s(100_000) == 30
