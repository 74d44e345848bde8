"""Does the work: projects, workers, logs, tasks. Knows no Qt and no window."""
