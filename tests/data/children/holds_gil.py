"""Says its pid, then stays in C code that never lets go of the GIL."""

import collections
import itertools
import os

print(os.getpid(), flush=True)
collections.deque(itertools.repeat(0), maxlen=0)
