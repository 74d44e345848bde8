"""Services that are on Render already: how they are, and what is done to them."""
