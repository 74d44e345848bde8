"""Changes are agreed to before the first one is sent, and told when they were."""

from core.errors import FAILED, USAGE
from tests.render_fake.account import Account
from tests.support.render_cli import Run, account, run, served, shop

__all__ = ("account", "run", "served", "shop")


def test_a_second_change_that_fails_says_what_was_done(run: Run, account: Account) -> None:
    account.plan("POST", ".*/restart", 200)
    account.plan("POST", ".*/restart", 403, {"message": "forbidden"})
    typed = run("restart", "--service", "api", "--service", "jobs", "--yes")
    assert typed.code == FAILED
    assert "api: Render was asked to restart it" in typed.out
    assert "jobs was not restarted" in typed.err
    assert "Done before that: api: Render was asked to restart it." in typed.err


def test_a_service_that_is_not_there_is_told_with_how_to_make_it(
    run: Run, account: Account
) -> None:
    account.services.clear()
    typed = run("restart", "--yes")
    assert typed.code == USAGE
    assert "jobs is not on Render" in typed.err
