"""Looks a project over, from its interpreter to its broker, and says what to mend."""
