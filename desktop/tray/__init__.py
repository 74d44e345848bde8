"""The icon in the system's tray: how the fleet is, the few deeds for it, and what pops up."""
