"""Errors that many people met before: how to know them by a line, why they come, what helps."""
