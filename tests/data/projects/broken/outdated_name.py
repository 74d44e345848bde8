"""Written for Python before 3.10."""

from collections import Mappings
