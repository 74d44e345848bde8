import asyncio

import pytest

from core.errors import FleetError
from core.jobs import job_group

GONE = FleetError("no broker", "it is gone", "start it")


async def fail(error: Exception) -> None:
    raise error


async def test_an_error_of_the_owner_comes_out_as_it_is_and_ends_the_jobs() -> None:
    with pytest.raises(FleetError) as caught:
        async with job_group() as jobs:
            job = jobs.create_task(asyncio.Event().wait())
            await asyncio.sleep(0)
            raise GONE

    assert caught.value is GONE
    assert job.cancelled()


async def test_an_error_of_one_job_comes_out_as_it_is() -> None:
    with pytest.raises(FleetError) as caught:
        async with job_group() as jobs:
            jobs.create_task(fail(GONE))
            await asyncio.Event().wait()

    assert caught.value is GONE


async def test_errors_of_several_jobs_all_come_out() -> None:
    with pytest.raises(ExceptionGroup) as caught:
        async with job_group() as jobs:
            jobs.create_task(fail(GONE))
            jobs.create_task(fail(ValueError("x")))

    assert len(caught.value.exceptions) == 2
