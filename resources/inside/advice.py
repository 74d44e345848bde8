"""What to type so that a package which is missing is there.

Standard library only, Python 3.8.
"""

import importlib.util
import os
import re
import sys

#: Modules whose package has another name. Many of the packages that do have the module's name are
#: somebody else's, who would be let onto this machine.
BROUGHT_BY = {
    "MySQLdb": "mysqlclient",
    "PIL": "pillow",
    "bs4": "beautifulsoup4",
    "compression_middleware": "django-compression-middleware",
    "corsheaders": "django-cors-headers",
    "cv2": "opencv-python",
    "dateutil": "python-dateutil",
    "debug_toolbar": "django-debug-toolbar",
    "decouple": "python-decouple",
    "django_filters": "django-filter",
    "dotenv": "python-dotenv",
    "environ": "django-environ",
    "jose": "python-jose",
    "jwt": "pyjwt",
    "magic": "python-magic",
    "multipart": "python-multipart",
    "psycopg2": "psycopg2-binary",
    "rest_framework": "djangorestframework",
    "sklearn": "scikit-learn",
    "yaml": "pyyaml",
}

LIST = "requirements.txt"


def python():
    """This interpreter as one types it. PowerShell takes what stands in quotes for a text."""
    return _typed(sys.executable)


def install(*words):
    """The command that installs these; environments that uv makes have no pip."""
    if importlib.util.find_spec("pip") is None:
        command = "uv pip install --python %s" % python()
    else:
        command = "%s -m pip install" % python()
    return " ".join((command, *words))


def bring(module, folder):
    """The command that brings a module, for a project in this folder or below it."""
    package = BROUGHT_BY.get(module, module)
    for place in (folder, os.path.dirname(folder)):
        file = os.path.join(place, LIST)
        if _lists(file, package):
            return install("-r", _typed(file))
    return "%s   (or the package that brings %s)" % (install(package), module)


def _lists(file, package):
    try:
        with open(file, encoding="utf-8", errors="replace") as stream:
            names = re.findall(r"^\s*([\w.-]+)", stream.read(), re.MULTILINE)
    except OSError:
        return False
    return _plain(package) in {_plain(name) for name in names}


def _plain(name):
    """As PEP 503 has it; drivers come in two builds."""
    return re.sub(r"[-_.]+", "-", name).lower().replace("-binary", "")


def _typed(path):
    return '"%s"' % path if re.search(r"""[ &()^;,='`"$]""", path) else path
