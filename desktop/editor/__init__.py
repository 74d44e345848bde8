"""Showing a line of a source file in a person's own editor."""
