"""The databases of the server that Linux runs for tests on Windows: several run at a time."""

import os
from typing import Final

SERVER: Final = os.environ.get("SOLOFLEET_TEST_BROKER", "")
FLEET, FLOWER, WINDOW = (f"{SERVER.rpartition('/')[0]}/{number}" for number in (11, 12, 13))
"""URLs; the first ones are those of `test_parity.py`."""
