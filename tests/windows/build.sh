#!/usr/bin/env bash
# Builds the program on Windows Python under Wine, and tries it there:
#
#     tests/windows/build.sh
#
# Only to hold build.spec and what runs frozen: a release is built on Windows (CONTRIBUTING.md).
set -euo pipefail

cd "$(dirname "$0")/../.."
folder=${SOLOFLEET_WINDOWS:-$PWD/.cache/windows}
limit_s=${SOLOFLEET_WINDOWS_LIMIT_S:-1800}

mkdir -p "$folder"
exec 9>"$folder/running"
flock 9

if ! tests/windows/prepare.sh "$folder" 9>&-; then
    if [ "${SOLOFLEET_SKIP_WINDOWS:-}" = 1 ]; then
        echo "windows: not built (SOLOFLEET_SKIP_WINDOWS=1)"
        exit 0
    fi
    echo "windows: NOT BUILT: Windows Python could not be prepared" >&2
    exit 1
fi

source "$folder/wine.env"
unset PYTHONDONTWRITEBYTECODE
# What Wine lacks is mended for the built program as for Python, from outside of the bundle.
mended=$folder/prefix/drive_c/mended
mkdir -p "$mended"
cp "$folder/prefix/drive_c/Python/Lib/site-packages/sitecustomize.py" "$mended"
export PYTHONUTF8=1 PYTHONPYCACHEPREFIX='C:\pycache' PYTHONUNBUFFERED=1
rm -rf "$folder/prefix/drive_c/dist" "$folder/prefix/drive_c/build"

{
    code=0
    timeout --kill-after=5 "$limit_s" "${winpython[@]}" -m PyInstaller --noconfirm \
        --log-level WARN --workpath 'C:\build' --distpath 'C:\dist' build.spec &&
        PYTHONPATH='C:\mended' timeout --kill-after=5 "$limit_s" xvfb-run --auto-servernum \
            "${winpython[@]}" -m tests.built 'C:\dist\solofleet' || code=$?
    timeout 20 wineserver -k || true
    exit "$code"
} 2>&1 9>&- </dev/null | cat
