"""One project, one window: a second Solofleet shows the first."""
