"""How a row is asked to end."""

import subprocess
import sys

from core.rows.stopping import ask_to_end

WAITS = (
    "import time\nprint(flush=True)\n"
    "try: time.sleep(100)\nexcept KeyboardInterrupt: raise SystemExit(7)"
)

if sys.platform == "win32":

    def test_ctrl_c_reaches_the_console_of_the_process_and_not_ours() -> None:
        with subprocess.Popen(
            [sys.executable, "-c", WAITS],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            creationflags=subprocess.CREATE_NO_WINDOW,
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            assert ask_to_end(process.pid, "TERM")
            assert process.wait(20) == 7

    def test_who_has_no_console_cannot_be_asked() -> None:
        assert not ask_to_end(4_000_000, "TERM")

else:

    def test_the_signal_reaches_the_whole_group() -> None:
        shell = ["sh", "-c", f"\"{sys.executable}\" -c '{WAITS}'; exit $?"]
        with subprocess.Popen(shell, stdout=subprocess.PIPE, start_new_session=True) as process:
            assert process.stdout is not None
            process.stdout.readline()
            assert ask_to_end(process.pid, "INT")
            assert process.wait(20) in (7, -2)
            assert process.stdout.read() == b""  # nobody holds it any more

    def test_who_is_gone_need_not_be_asked() -> None:
        with subprocess.Popen(["true"], start_new_session=True) as process:
            process.wait()
        assert ask_to_end(process.pid, "TERM")
