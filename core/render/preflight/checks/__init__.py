"""The checks, each a pure function over a snapshot, by what they look at."""
