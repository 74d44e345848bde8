"""All reads of a project together."""

from core.render.variables.code import reads_in


def test_a_read_has_its_place_and_its_default():
    (read,) = reads_in({"a.py": b"import os\n\nx = os.getenv('A', 'redis://:pw@localhost')\n"})
    assert (read.file, read.line, read.how) == ("a.py", 3, "os.getenv")
    assert read.default == "redis://:pw@localhost"


def test_reads_come_by_name_and_place():
    sources = {
        "b.py": b"import os\nx = os.environ['B'], os.environ['A']",
        "a.py": b"import os\nx = os.environ['B']",
        "c.py": b"this is no Python",
    }
    found = [(read.name, read.file, read.line) for read in reads_in(sources)]
    assert found == [("A", "b.py", 2), ("B", "a.py", 2), ("B", "b.py", 2)]
