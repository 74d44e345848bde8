"""What is different in a built program, which brings its Python along (PyInstaller)."""
