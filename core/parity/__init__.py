"""What running here shows of production, and what it cannot."""
