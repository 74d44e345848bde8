"""What a deploy does to the tasks that run while it happens."""
