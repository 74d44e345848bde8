"""What Celery makes of an AttributeError in settings that it reads."""

try:
    import unset_settings
except AttributeError as error:
    raise ModuleNotFoundError(*error.args) from error
