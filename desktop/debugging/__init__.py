"""One worker under debugpy: restarted from its menu, and how an editor attaches to it."""
