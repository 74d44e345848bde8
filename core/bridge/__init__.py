"""Talks to the scripts that run inside the user's interpreter."""
