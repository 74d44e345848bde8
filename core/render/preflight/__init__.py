"""Looks over what git would send to Render, and says what would fail there."""
