"""Writes lines as Celery writes them, flat out, to standard error: `flood.py LINES [stay]`.

They are made once and written 64 KB at a time, so that this costs little beside whoever reads.
With `stay` it ends only when it is ended: honcho ends all children when the first one does.
"""

import os
import sys
import time
import uuid

lines = int(sys.argv[1])
head = "[2026-11-25 20:59:42,342: {}/MainProcess] "
block = b""
count = 0
while len(block) < 64_000:
    level = "WARNING" if count % 50 == 0 else "INFO"
    text = f"Task shop.tasks.render[{uuid.UUID(int=count)}] succeeded in 0.0{count}s: None\n"
    block += (head.format(level) + text).encode()
    count += 1
while lines >= count:
    lines -= count
    left = block
    while left:
        left = left[os.write(2, left) :]
rest = b"".join(block.splitlines(keepends=True)[:lines])
while rest:
    rest = rest[os.write(2, rest) :]
while "stay" in sys.argv:
    time.sleep(1)
