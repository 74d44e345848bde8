"""Work that takes too long for a web request."""
