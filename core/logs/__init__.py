"""What the workers print, kept bounded."""
