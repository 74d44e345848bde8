"""Pictures of the real window on the demo: `python -m tests.pictures FOLDER`."""
