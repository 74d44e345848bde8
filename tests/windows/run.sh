#!/usr/bin/env bash
# Runs tests on Windows Python under Wine:
#
#     tests/windows/run.sh [PYTEST ARGUMENTS]
#
# Without arguments: the window once on a screen, whose picture is kept in .ci/artefacts; then those
# in tests/windows, which fill two cores by themselves; then, in four processes, those in tests/core
# and what the window has of Windows' own. The last line is pytest's own ("N passed"), the exit
# code too. SOLOFLEET_WINDOWS names the folder that prepare.sh fills (default: .cache/windows). On a
# machine where Wine neither is nor can be installed this fails, unless SOLOFLEET_SKIP_WINDOWS=1 says
# that this is known.
set -euo pipefail

cd "$(dirname "$0")/../.."
folder=${SOLOFLEET_WINDOWS:-$PWD/.cache/windows}
limit_s=${SOLOFLEET_WINDOWS_LIMIT_S:-1200}

# One run at a time per drive, since its end ends every Windows process on it.
mkdir -p "$folder"
exec 9>"$folder/running"
flock 9

if ! tests/windows/prepare.sh "$folder" 9>&-; then
    if [ "${SOLOFLEET_SKIP_WINDOWS:-}" = 1 ]; then
        echo "windows: not tested (SOLOFLEET_SKIP_WINDOWS=1)"
        exit 0
    fi
    echo "windows: NOT TESTED: Windows Python could not be prepared" >&2
    echo "windows: set SOLOFLEET_SKIP_WINDOWS=1 to accept that on this machine" >&2
    exit 1
fi

source "$folder/wine.env"

# A real server, on the loopback that Wine and Linux share.
coproc SERVER { exec uv run --no-sync python -m tests.support.serve 9>&-; }
read -r SOLOFLEET_TEST_BROKER <&"${SERVER[0]}"
export SOLOFLEET_TEST_BROKER

# Compiled modules stay on the drive: nothing is written beside the code, nor compiled at each start.
unset PYTHONDONTWRITEBYTECODE
export PYTHONUTF8=1 PYTHONPYCACHEPREFIX='C:\pycache' PYTHONUNBUFFERED=1

tested() {
    timeout --kill-after=5 "$limit_s" "$@" -p no:cacheprovider || code=$?
}

everything() {
    mkdir -p .ci/artefacts
    SOLOFLEET_TEST_PLATFORM=windows SOLOFLEET_TEST_PICTURE=.ci/artefacts/windows.png tested \
        xvfb-run --auto-servernum "${winpython[@]}" -m pytest -q tests/windows/test_window.py
    # Wine's desktop lost its screen with that one: the next tests start a desktop of their own.
    timeout 20 wineserver -k || true
    tested "${winpython[@]}" -m pytest -q tests/windows
    tested "${winpython[@]}" -m pytest -q -n 4 --dist loadfile tests/core tests/desktop/theme \
        tests/desktop/widgets tests/desktop/instance/test_{front,taskbar}.py
}

# A time limit reaches the launcher only, and an orphan would hold the pipe for ever: when the
# launcher has ended, however it did, all Windows processes of the drive are ended.
{
    code=0
    if [ $# = 0 ]; then everything; else tested "${winpython[@]}" -m pytest "$@"; fi
    timeout 20 wineserver -k || true
    exit "$code"
} 2>&1 9>&- </dev/null | cat
