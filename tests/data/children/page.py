"""Serves as Flower does, as far as Solofleet looks: `page.py PORT ORDERS`.

The file ORDERS says how: "well", "ill" (no answer is fine), "end" (leave, with some last words). It
must be told the password by the environment, and echoes what came on its standard input.
"""

import os
import sys
import threading
from base64 import b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

LOGIN = "Basic " + b64encode(os.environ["FLOWER_BASIC_AUTH"].encode()).decode()
METRICS = 'flower_worker_online{worker="w1@box"} 1.0\nflower_worker_online{worker="w2@box"} 0.0\n'


def orders() -> str:
    return Path(sys.argv[2]).read_text()


class Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        open_to_all = self.path in ("/fl/healthcheck", "/fl/metrics")
        if orders() == "ill":
            status = 500
        elif self.path == "/fl/" and self.headers.get("Authorization") == LOGIN:
            status = 200
        else:
            status = 200 if open_to_all else 401
        self.send_response(status)
        self.end_headers()
        self.wfile.write(METRICS.encode() if self.path.endswith("metrics") else b"OK")

    def log_message(self, *_: object) -> None:
        pass


def end_when_told() -> None:
    while orders() != "end":
        threading.Event().wait(0.02)
    print("the password is", os.environ["FLOWER_BASIC_AUTH"].partition(":")[2])
    print("Traceback (most recent call last):\nValueError: enough", flush=True)
    os._exit(3)


print(sys.stdin.readline(), flush=True)
threading.Thread(target=end_when_told, daemon=True).start()
ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Page).serve_forever()
