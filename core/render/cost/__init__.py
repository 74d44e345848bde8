"""What a project costs on Render in a month."""
