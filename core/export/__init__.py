"""The commands of a project as scripts, for those who run them without Solofleet."""
