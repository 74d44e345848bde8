"""Render, as far as a test needs it: an account that keeps its state, and a server before it."""
