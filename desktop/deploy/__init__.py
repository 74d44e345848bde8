"""The Deploy page: from the local fleet to files that Render will accept."""
