#!/usr/bin/env bash
# Chromium and its driver, for the tests that look at a page as a person does:
#
#     tests/browser/prepare.sh
#
# What is there already stays. On a machine where it neither is nor can be installed this fails,
# and so do those tests, unless SOLOFLEET_SKIP_BROWSER=1 says that this is known.
set -euo pipefail

say() { echo "browser: $*" >&2; }

is_there() { command -v chromium >/dev/null && command -v chromedriver >/dev/null; }

install() {
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        say "there is no Chromium on this machine, and only root on Debian can install it here"
        return 1
    fi
    say "installing Chromium (about a minute)"
    apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            chromium chromium-driver </dev/null >/dev/null
}

if is_there || install; then exit 0; fi
if [ "${SOLOFLEET_SKIP_BROWSER:-}" = 1 ]; then
    say "not tested (SOLOFLEET_SKIP_BROWSER=1)"
    exit 0
fi
say "set SOLOFLEET_SKIP_BROWSER=1 to accept that on this machine"
exit 1
