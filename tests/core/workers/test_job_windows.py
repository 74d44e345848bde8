"""Job objects by themselves."""

import ctypes
import subprocess
import sys
from collections.abc import Iterator

import pytest

if sys.platform != "win32":
    pytest.skip("Windows", allow_module_level=True)

from core.workers.job_windows import Job, process_handle

pytestmark = pytest.mark.usefixtures("nothing_left")


@pytest.fixture
def process() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process
        process.kill()


def test_a_job_that_is_closed_ends_its_processes(process, is_in_job) -> None:
    job = Job()
    with process_handle(process.pid) as handle:
        job.assign(handle)
    assert is_in_job(process.pid, job)
    job.close()
    process.wait(5)


def test_a_job_inside_another_ends_alone(process, is_in_job) -> None:
    outer, inner = Job(), Job()
    with process_handle(process.pid) as handle:
        outer.assign(handle)
        inner.assign(handle)
    assert is_in_job(process.pid, outer)
    assert is_in_job(process.pid, inner)
    inner.terminate()
    inner.terminate()
    assert process.wait(5) == 1
    inner.close()
    outer.close()


def test_a_process_that_is_not_there_has_no_handle() -> None:
    with pytest.raises(OSError, match="WinError 87"), process_handle(4194300):
        pass


def test_no_child_inherits_the_handle_of_a_job() -> None:
    job = Job()
    flags = ctypes.c_uint32()
    kernel32 = ctypes.WinDLL("kernel32")
    assert kernel32.GetHandleInformation(ctypes.c_void_p(job._handle), ctypes.byref(flags))
    assert not flags.value & 1  # HANDLE_FLAG_INHERIT
    job.close()
