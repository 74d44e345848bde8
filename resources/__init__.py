"""Data and scripts for foreign interpreters; nobody imports it."""
