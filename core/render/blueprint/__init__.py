"""`render.yaml`, Render's Blueprint: read, checked, made from the project, changed in place."""
