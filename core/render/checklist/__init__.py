"""The checklist of a deployment, whose boxes tick themselves from evidence."""
