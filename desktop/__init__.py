"""The window: shows what the session tells, and passes on what is clicked."""
