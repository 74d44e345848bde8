"""Tries a built program: `python -m tests.built FOLDER`, on the system it was built for."""
