#!/usr/bin/env bash
# What Qt needs of a Linux system that has no desktop, for the tests of the window:
#
#     tests/desktop/prepare.sh
#
# What is there already stays. Where it cannot be installed this says what is missing, and fails.
set -euo pipefail

[ "$(uname -s)" = Linux ] || exit 0

say() { echo "desktop: $*" >&2; }

libraries='libEGL.so.1 libGL.so.1 libxkbcommon.so.0 libdbus-1.so.3 libfontconfig.so.1'
packages='libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 fonts-inter fonts-jetbrains-mono'
known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)
missing=''
for library in $libraries; do
    grep -qF "$library" <<<"$known" || missing="$missing $library"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    say "Qt lacks$missing; on Debian: apt-get install $packages"
    exit 1
fi
say "installing what Qt needs"
apt-get update -qq
# shellcheck disable=SC2086  # several packages
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages \
    </dev/null >/dev/null
