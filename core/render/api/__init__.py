"""Render's public API: what can be asked and done there (https://api-docs.render.com)."""
