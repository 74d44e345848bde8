"""The page where workers run: their table, their logs, and what is known of one of them."""
