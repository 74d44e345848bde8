"""Where things stand in a row."""

from pytestqt.qtbot import QtBot

from desktop.logpane.geometry import LEFT, RIGHT, Frame, Metrics
from desktop.logpane.times import TimeFormat
from desktop.theme import tokens as sizes


def test_rows_are_as_high_as_the_design_says_and_grow_with_the_font(qtbot: QtBot) -> None:
    assert Metrics().row == sizes.LOG_ROW
    assert Metrics(merged=True).row == sizes.MERGED_ROW
    assert Metrics(24).row == 2 * sizes.LOG_ROW
    assert Metrics(8).row < sizes.LOG_ROW


def test_the_message_moves_left_when_the_time_is_not_shown(qtbot: QtBot) -> None:
    metrics = Metrics()
    frames = [Frame.of(metrics, each, (), 600) for each in TimeFormat]
    assert all(frame.time_x == LEFT for frame in frames)
    by_width = sorted(frames, key=lambda frame: frame.message_x)
    assert by_width[0] is frames[list(TimeFormat).index(TimeFormat.NONE)]
    assert by_width[-1] is frames[list(TimeFormat).index(TimeFormat.MILLISECONDS)]


def test_names_have_a_column_of_their_own_where_there_are_several(qtbot: QtBot) -> None:
    frame = Frame.of(Metrics(), TimeFormat.TIME, ("worker1", "worker10"), 600)
    assert frame.name_x is not None
    assert frame.time_x < frame.name_x < frame.level_x < frame.message_x


def test_columns_and_pixels_lead_to_one_another(qtbot: QtBot) -> None:
    frame = Frame.of(Metrics(), TimeFormat.TIME, (), 600)
    text = "abc日本def"
    for column in range(2, len(text)):
        assert frame.column(text, frame.x(text, column, 2), 2, len(text)) == column
    assert frame.x(text, 5, 3) - frame.message_x == 4 * frame.advance


def test_what_has_room_ends_before_the_sign_of_a_cut(qtbot: QtBot) -> None:
    frame = Frame.of(Metrics(), TimeFormat.TIME, (), 600)
    assert frame.message_x + frame.columns * frame.advance <= 600 - RIGHT
    assert Frame.of(Metrics(), TimeFormat.TIME, (), 60).columns == 8
