"""Where a fleet does not do as prefork does: each with its reason, for the document."""

DIFFERENCES: dict[str, str] = {}
"""By the name of the scenario. One that is listed and agrees fails as well."""
