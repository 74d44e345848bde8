"""Everything that can be done, by key and by name."""
