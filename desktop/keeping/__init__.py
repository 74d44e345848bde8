"""What the window remembers from run to run."""
