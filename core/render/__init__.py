"""Putting a project on Render."""
