"""How the window looks: every colour, size, shape and icon comes from here."""
