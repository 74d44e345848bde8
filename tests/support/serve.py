"""Runs a server for tests that live in another world, such as Wine: prints its URL first.

It ends with its standard input.
"""

import sys
import tempfile
from pathlib import Path

from tests.support.broker import running_server

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder)) as server:
        print(server.url, flush=True)
        sys.stdin.read()
