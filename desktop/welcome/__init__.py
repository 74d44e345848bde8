"""The first page: open a project, try the demo, go on with a recent one."""
