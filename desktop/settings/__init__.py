"""The dialog of settings: those of the fleet with who says them, and those of the window."""
