"""Settings that need a variable, as many of Django's do."""

import os

allowed_hosts = os.environ.get("NOBODY_SETS_THIS").split(" ")
