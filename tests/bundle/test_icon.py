"""The icon of the program is a whole .ico of the window's logo."""

from pathlib import Path

from PySide6.QtGui import QImageReader

from bundle.icon import SIZES, write


def test_it_has_a_picture_of_each_size(tmp_path: Path) -> None:
    file = tmp_path / "solofleet.ico"
    write(file)
    reader = QImageReader(str(file))
    sides: list[int] = []
    colours: set[str] = set()
    for number in range(reader.imageCount()):
        assert reader.jumpToImage(number)
        image = reader.read()
        sides.append(image.width())
        middle = image.width() // 2
        colours.add(image.pixelColor(middle, round(image.height() * 0.17)).name())
        assert image.pixelColor(0, 0).alpha() == 0
    assert tuple(sorted(sides)) == SIZES
    assert colours == {"#1f6feb"}
