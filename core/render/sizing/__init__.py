"""How many tasks at once a plan can take, and which plan to take."""
