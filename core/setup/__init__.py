"""What a project needs before it can be run: chosen by a person, tried, and kept."""
