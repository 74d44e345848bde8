"""Does the work: projects, workers, logs, tasks. Knows no Qt and no window."""

__version__ = "0.1.0"
