"""Claims a project: `claimer.py ROOT PROJECT [child]`; says how it went, stays until a line comes.

With `child` it has a child on record that outlives it.
"""

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import psutil

from core.errors import FleetError
from core.workers.leftovers import claim

root, project, *more = sys.argv[1:]
sys.stdin.readline()
try:
    held = claim(project, print, Path(root))
except FleetError as error:
    print("refused", error.why, flush=True)
    sys.exit()
if more:
    child = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(100)"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    held.add("worker1@box", child.pid, psutil.Process(child.pid).create_time())
    print("child", child.pid, flush=True)
print("claimed", flush=True)
sys.stdin.readline()
