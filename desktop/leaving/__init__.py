"""Closing the window while workers run: the question, the stop, and what a session's end means."""
