"""The frame around every page: rail, top bar, status bar."""
