"""The Python of the built program, for its own parts."""

import sys

from core.frozen.as_python import main
from core.frozen.leaving import leave_bundle

if __name__ == "__main__":
    leave_bundle()
    sys.exit(main())
