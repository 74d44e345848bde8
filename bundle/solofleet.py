"""The built program for a terminal; without arguments it opens the window."""

import sys

from core.frozen.leaving import leave_bundle
from desktop.launch import main

if __name__ == "__main__":
    leave_bundle()
    sys.exit(main())
