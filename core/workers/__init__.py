"""Child processes: what to start, how they live, how they end."""
