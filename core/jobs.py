"""A group of jobs whose owner's error comes out as it was raised."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager


@asynccontextmanager
async def job_group() -> AsyncGenerator[asyncio.TaskGroup]:
    """A TaskGroup that adds no ExceptionGroup around a single error.

    A TaskGroup puts even the error of its own block into one, so whoever waits for a FleetError
    outside of it would not catch it. Several errors at once stay an ExceptionGroup.
    """
    try:
        async with asyncio.TaskGroup() as jobs:
            yield jobs
    except BaseExceptionGroup as group:
        error, *others = group.exceptions
        if others:
            raise
        raise error from None
