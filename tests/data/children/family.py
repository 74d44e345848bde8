"""Has a child and a grandchild, says all pids on one line, and stays or goes.

`family.py [leaves] [quiet] [strays]`: it leaves at once; its descendants do not hold its
pipes; they leave its process group.
"""

import os
import subprocess
import sys
import threading

words = sys.argv[1:]
depth = int(words.pop(0)) if words and words[0].isdigit() else 2
pids = [os.getpid()]
if depth:
    child = subprocess.Popen(
        [sys.executable, __file__, str(depth - 1), *(w for w in words if w != "leaves")],
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL if "quiet" in words else None,
        start_new_session="strays" in words,
    )
    pids += map(int, child.stdout.readline().split())
print(*pids, flush=True)
if "leaves" not in words:
    threading.Event().wait()
os._exit(0)
