"""The page on which a project is set up before its first start."""
