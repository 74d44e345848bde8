"""The panel that sends test tasks: choose one, fill in what it takes, watch what becomes of it."""
