"""Commands of the project that run beside the workers: web, beat, whatever it has."""
