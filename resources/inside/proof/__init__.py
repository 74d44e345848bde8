"""Builds a commit and runs what it starts, as Render would: scripts that run where Linux is."""
