"""The log pane: what a worker prints, painted line by line as it is looked at."""
