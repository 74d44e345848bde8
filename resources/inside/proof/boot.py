"""Starts the proof where there is Linux and a Python, and nothing of ours.

    python3 -c "import sys;exec(sys.stdin.buffer.readline())"

stdin: this file as one `exec` statement, one line; then `{"kind": "code", "files": {path: text}}`
with the scripts of `resources/inside`; then what `gate.py` reads. stdout is that of `gate.py`.
The scripts go into a folder of their own, which `gate.py` removes. Standard library, Python 3.8.
"""

import importlib
import json
import os
import sys
import tempfile
import types

PACKAGE = "solofleet_inside"
PREFIX = "solofleet-proof-"


def boot():
    """Lay the scripts out, and run the gate."""
    stream = sys.stdin.buffer
    line = stream.readline()
    if not line.strip():
        return
    home = tempfile.mkdtemp(prefix="%s%d-" % (PREFIX, os.getpid()))
    inside = os.path.join(home, "inside")
    for path, text in json.loads(line.decode("utf-8"))["files"].items():
        file = os.path.join(inside, *path.split("/"))
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "w", encoding="utf-8") as script:
            script.write(text)
    package = types.ModuleType(PACKAGE)
    package.__path__ = [inside]
    sys.modules[PACKAGE] = package
    importlib.import_module("%s.proof.gate" % PACKAGE).main(home, stream)


if __name__ == "__main__":
    boot()
