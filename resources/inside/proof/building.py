"""What a build left in its environment.

Standard library only, Python 3.8.
"""

import glob
import os


def installed(folder):
    """`(count, compiled)`: how many packages there are, and those that had no wheel for Linux.

    An installer builds a wheel for `linux_x86_64` itself; PyPI takes none of that tag, but
    manylinux and musllinux (PEP 600, 656). What was pure Python all along costs nothing. A package
    that lies in the commit itself is none of them.
    """
    count, compiled = 0, []
    for info in glob.glob(os.path.join(folder, "lib", "python*", "site-packages", "*.dist-info")):
        name = os.path.basename(info)[: -len(".dist-info")].rpartition("-")[0]
        if name in ("pip", "setuptools", "wheel"):
            continue
        count += 1
        tags = [line[5:] for line in _lines(info, "WHEEL") if line.startswith("Tag: ")]
        local = any("dir_info" in line for line in _lines(info, "direct_url.json"))
        if any("-linux_" in tag for tag in tags) and not local:
            compiled.append(name)
    return count, sorted(compiled)


def _lines(folder, name):
    try:
        with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as file:
            return file.read().splitlines()
    except OSError:
        return []
