"""The window for half an hour: `python -m tests.soak`."""
