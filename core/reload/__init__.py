"""New processes when the project's source has changed."""
