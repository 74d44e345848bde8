"""Compiles files with the user's Python, without running them.

Input: one line on standard input, a JSON list of paths. Output: one line, a JSON list of
`{"file", "line", "message"}`, one for each file that is no Python.
"""

import json
import sys


def error_in(path):
    """What is wrong with a file; None when it compiles, or is gone."""
    try:
        with open(path, "rb") as stream:
            compile(stream.read(), path, "exec", dont_inherit=True)
    except OSError:
        return None
    except SyntaxError as error:
        return {"file": path, "line": error.lineno, "message": str(error.msg)}
    except ValueError as error:  # a null character, before Python 3.12
        return {"file": path, "line": None, "message": str(error)}
    return None


def main():
    """Answer the one question."""
    paths = json.loads(sys.stdin.buffer.readline().decode("utf-8"))
    errors = [error for error in map(error_in, paths) if error]
    sys.stdout.buffer.write(json.dumps(errors).encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
