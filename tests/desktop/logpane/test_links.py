"""What leads somewhere."""

from desktop.logpane.links import PlaceLink, TaskLink, links
from tests.support.logs import ID


def test_the_id_of_a_task_is_a_link() -> None:
    text = f"Task a.b[{ID}] received"
    (link,) = links(text)
    assert isinstance(link, TaskLink)
    assert (link.id, text[link.start : link.end]) == (ID, ID)


def test_a_line_of_a_file_in_a_traceback_is_a_link() -> None:
    text = '  File "app\\stock.py", line 88, in recount'
    (link,) = links(text)
    assert link == PlaceLink(7, 30, "app\\stock.py", 88)
    assert text[link.start : link.end] == '"app\\stock.py", line 88'


def test_several_links_come_from_left_to_right() -> None:
    assert [type(each) for each in links(f'{ID} File "a.py", line 1 {ID}')] == [
        TaskLink,
        PlaceLink,
        TaskLink,
    ]


def test_what_only_looks_like_an_id_is_none() -> None:
    assert links(f"{ID}0 {ID[:-1]} line 88 File a.py") == ()
