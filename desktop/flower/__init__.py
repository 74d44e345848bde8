"""Flower from the window: started, opened in the browser, and how a person gets in."""
