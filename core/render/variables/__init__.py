"""The variables that a project needs, and where each of them is written down."""
