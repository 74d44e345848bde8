"""The palette and the style sheet that a set of tokens makes.

Widgets say what they are by the dynamic property `role`; the sheet says how that looks. Figures
that are painted (pills, panes, sparklines) take the tokens themselves.
"""

from string import Template
from typing import Final

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from desktop.theme import tokens as sizes
from desktop.theme.tokens import Tokens, over

UI_FONTS: Final = ("Segoe UI", "Inter", "Noto Sans", "Helvetica Neue", "DejaVu Sans")
MONO_FONTS: Final = ("Cascadia Mono", "JetBrains Mono", "Consolas", "Menlo", "DejaVu Sans Mono")
BODY_PX: Final = 13
MONO_PX: Final = 12


def ui_font() -> QFont:
    """The font of the window, its figures all of one width."""
    font = QFont([name for name in UI_FONTS if name in _families()] or list(UI_FONTS))
    font.setPixelSize(BODY_PX)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def mono_font(size_px: int = MONO_PX) -> QFont:
    """The font of logs and code; no ligatures, which would hide what was printed."""
    font = QFont([name for name in MONO_FONTS if name in _families()] or list(MONO_FONTS))
    font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPixelSize(size_px)
    font.setHintingPreference(QFont.HintingPreference.PreferFullHinting)
    for feature in ("liga", "calt"):
        font.setFeature(QFont.Tag(feature), 0)
    return font


def _families() -> frozenset[str]:
    return frozenset(QFontDatabase.families())


def palette(theme: Tokens) -> QPalette:
    """For what Fusion paints by itself."""
    made = QPalette()
    role = QPalette.ColorRole
    for target, colour in (
        (role.Window, theme.bg),
        (role.WindowText, theme.text),
        (role.Base, theme.field),
        (role.AlternateBase, theme.panel),
        (role.Text, theme.text),
        (role.PlaceholderText, theme.dim),
        (role.Button, theme.raised),
        (role.ButtonText, theme.text),
        (role.BrightText, theme.err),
        (role.Highlight, theme.accfill),
        (role.HighlightedText, theme.onacc),
        (role.Link, theme.acc),
        (role.ToolTipBase, theme.raised),
        (role.ToolTipText, theme.text),
        (role.Light, theme.hover),
        (role.Midlight, theme.line2),
        (role.Mid, theme.line),
        (role.Dark, theme.line2),
        (role.Shadow, theme.line),
        (role.Accent, theme.acc),
    ):
        made.setColor(target, QColor(colour))
    for target in (role.Text, role.ButtonText, role.WindowText):
        made.setColor(QPalette.ColorGroup.Disabled, target, QColor(theme.dim))
    return made


def stylesheet(theme: Tokens) -> str:
    """The whole sheet."""
    values = {name: str(getattr(theme, name)) for name in theme.__slots__}
    return Template(_SHEET).substitute(
        values,
        control=sizes.CONTROL - 2,  # a border of 1 px on both sides
        compact=sizes.COMPACT - 2,
        main=sizes.MAIN_CONTROL - 2,
        selected=theme.hover,
        danger_tint=over(theme.err, theme.panel, sizes.PILL_TINT),
        ok_tint=over(theme.ok, theme.panel, sizes.CHIP_TINT),
        ok_line=over(theme.ok, theme.panel, 0.35),
        warn_tint=over(theme.warn, theme.panel, sizes.CHIP_TINT),
        warn_line=over(theme.warn, theme.panel, 0.35),
        accfill_hover=over(theme.onacc, theme.accfill, 0.10),
        error_card=over(theme.err, theme.panel, sizes.CARD_TINT),
        error_line=over(theme.err, theme.panel, 0.45),
        warn_card=over(theme.warn, theme.panel, sizes.CARD_TINT),
        key_ground=theme.raised,
    )


_SHEET: Final = """
* { outline: 0; }
QWidget { color: $text; }
QMainWindow, QWidget[role="page"] { background: $bg; }
QDialog { background: $panel; }
QToolTip { background: $raised; color: $text; border: 1px solid $line2; padding: 4px 8px; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: 20px; font-weight: 600; }
QLabel[role="product"] { font-size: 28px; font-weight: 700; }
QLabel[role="big-title"] { font-size: 18px; font-weight: 600; }
QLabel[role="drop"] { background: $bg; color: $text2; border: 1px dashed $line2;
    border-radius: 6px; }
QLabel[role="card-title"] { font-size: 14px; font-weight: 600; }
QLabel[role="section"] { font-size: 13px; font-weight: 600; color: $text2; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="text2"] { color: $text2; }
QLabel[role="dim"] { color: $dim; font-size: 12px; }
QLabel[role="error"] { color: $err; font-size: 12px; }
QLabel[role="annotation"] { color: $violet; font-size: 12px; }
QLabel[role="small"] { color: $dim; font-size: 11px; }
QLabel[role="code"] { background: $log; border: 1px solid $line; border-radius: 6px;
    padding: 6px 8px; color: $text2; }
QLabel[role="toned"] { font-weight: 600; }
QLabel[role="toned"][tone="ok"] { color: $ok; }
QLabel[role="toned"][tone="warn"] { color: $warn; }
QLabel[role="toned"][tone="err"] { color: $err; }
QLabel[role="on-primary"] { color: $onacc; font-size: 11px; }
QLabel[role="unread"] { color: $onacc; background: $accfill; border-radius: 8px;
    padding: 1px 6px; font-size: 11px; font-weight: 600; }
QLabel[role="key"] { color: $text2; background: $key_ground; border: 1px solid $line2;
    border-radius: 4px; padding: 1px 5px; font-size: 11px; }

QFrame[role="rail"], QFrame[role="bar"] { background: $panel; border: 0; }
QFrame[role="rail"] { border-right: 1px solid $line; }
QFrame[role="top-bar"] { background: $panel; border: 0; border-bottom: 1px solid $line; }
QFrame[role="status-bar"] { background: $panel; border: 0; border-top: 1px solid $line; }
QFrame[role="card"] { background: $panel; border: 1px solid $line; border-radius: 8px; }
QFrame[role="pane"] { background: $log; border: 1px solid $line; border-radius: 8px; }
QFrame[role="pane"][focused="true"] { border-color: $acc; }
QFrame[role="pane-header"], QFrame[role="pane-bar"] { background: $panel; border: 0;
    border-bottom: 1px solid $line; }
QFrame[role="pane-header"], QFrame[role="pane-bar"][first="true"] {
    border-top-left-radius: 7px; border-top-right-radius: 7px; }
QFrame[role="bar-card"] { background: $panel; border: 1px solid $line; border-radius: 8px; }
QAbstractScrollArea[role="log"] { background: $log; border: 0; }
QFrame[role="quiet-card"] { background: $panel; border: 1px solid $line2; border-radius: 12px; }
QFrame[role="error-card"] { background: $error_card; border: 1px solid $error_line;
    border-left: 3px solid $err; border-radius: 8px; }
QFrame[role="warn-card"] { background: $warn_card; border: 0; border-left: 3px solid $warn;
    border-radius: 4px; }
QFrame[role="code"] { background: $log; border: 1px solid $line; border-radius: 6px; }
QFrame[role="floating"] { background: $raised; border: 1px solid $line2; border-radius: 8px; }
QFrame[role="segmented"] { background: $field; border: 1px solid $line2; border-radius: 6px; }
QFrame[role="segmented"] QToolButton { min-height: 24px; min-width: 32px; border-radius: 5px;
    color: $text2; font-weight: 600; padding: 0 4px; }
QFrame[role="segmented"] QToolButton[icon_only="true"] { min-width: 22px; }
QFrame[role="segmented"] QToolButton:checked { color: $text; background: $hover; }
QFrame[role="stepper"] { background: $field; border: 1px solid $line2; border-radius: 6px; }
QFrame[role="stepper"] QLineEdit { border: 0; border-left: 1px solid $line2;
    border-right: 1px solid $line2; border-radius: 0; padding: 0; font-weight: 600; }
QFrame[role="badge"] { background: $raised; border: 1px solid $line; border-radius: 6px; }
QFrame[role="badge"] QLabel { font-size: 12px; font-weight: 600; }
QFrame[role="badge"] QLabel[role="dim"] { font-weight: 400; }
QFrame[role="badge"][tone="ok"] { background: $ok_tint; border-color: $ok_line; }
QFrame[role="badge"][tone="warn"] { background: $warn_tint; border-color: $warn_line; }
QFrame[role="badge"][tone="err"] { background: $danger_tint; border-color: $error_line; }
QFrame[role="badge"][tone="ok"] QLabel { color: $ok; }
QFrame[role="badge"][tone="warn"] QLabel { color: $warn; }
QFrame[role="badge"][tone="err"] QLabel { color: $err; }
QFrame[below-bar="true"] { margin-top: 8px; }
QFrame[role="row"] { background: transparent; border: 0; border-bottom: 1px solid $line; }
QFrame[role="card-head"] { background: transparent; border: 0; border-bottom: 1px solid $line; }
QFrame[role="group-head"] { background: $raised; border: 0; border-bottom: 1px solid $line; }
QFrame[role="line"] { background: $line; border: 0; max-height: 1px; min-height: 1px; }

QPushButton { background: $raised; border: 1px solid $line; border-radius: 6px;
    padding: 0 12px; min-height: ${control}px; font-weight: 600; }
QPushButton:hover { background: $hover; border-color: $line2; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border-color: $acc; }
QPushButton:disabled { color: $dim; background: $panel; border-color: $line; }
QPushButton[compact="true"] { min-height: ${compact}px; padding: 0 10px; }
QPushButton[role="primary"] { background: $accfill; color: $onacc; border-color: $accfill; }
QPushButton[role="primary"]:hover { background: $accfill_hover; }
QPushButton[role="primary"]:focus { border-color: $text; }
QPushButton[role="primary"]:disabled { background: $raised; color: $dim; border-color: $line; }
QPushButton[role="danger"] { color: $err; }
QPushButton[role="danger"]:hover { background: $danger_tint; }
QPushButton[role="quiet"] { background: transparent; border-color: transparent; color: $text2; }
QPushButton[role="quiet"]:hover { background: $hover; color: $text; }
QPushButton[role="quiet"]:focus { border-color: $acc; }
QPushButton[role="fold"] { background: transparent; border: 0; padding: 0; text-align: left; }
QPushButton[role="fold"]:hover, QPushButton[role="fold"]:focus { color: $acc; }
QPushButton[role="field"] { background: $field; border-color: $line2; color: $dim;
    font-weight: 400; }
QPushButton[role="field"]:hover { color: $text2; }
QPushButton[role="field"]:focus { border-color: $acc; }
QPushButton[keyed="true"] { text-align: left; }
QPushButton[role="link"] { background: transparent; border: 0; color: $acc; padding: 0;
    min-height: 20px; font-weight: 400; text-align: left; }
QPushButton[role="news"] { background: transparent; border: 1px solid transparent;
    border-radius: 4px; color: $text2; padding: 0 4px; min-height: 20px; font-weight: 400; }
QPushButton[role="news"]:hover { background: $hover; color: $text; }
QPushButton[role="news"]:focus { border-color: $acc; }
QPushButton[role="link"]:hover, QPushButton[role="link"]:focus { text-decoration: underline; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px;
    padding: 0; min-width: ${compact}px; min-height: ${compact}px; }
QToolButton:hover { background: $hover; }
QToolButton:focus { border-color: $acc; }
QToolButton:checked { background: $hover; border-color: $line2; }
QToolButton[role="lamp"]:checked { background: $ok_tint; border-color: transparent; }
QToolButton[role="switch"] { color: $text2; border-color: $line; padding: 0 7px; min-width: 12px;
    min-height: 24px; font-size: 12px; font-weight: 600; }
QToolButton[role="switch"]:checked { color: $text; border-color: $line2; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QPlainTextEdit, QTextEdit { background: $field; border: 1px solid $line2;
    border-radius: 6px; padding: 0 8px; selection-background-color: $accfill;
    selection-color: $onacc; }
QTextEdit[role="plain"] { background: transparent; border: 0; padding: 0; }
QLineEdit { min-height: ${control}px; placeholder-text-color: $dim; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus { border-color: $acc; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] { border-color: $err; }
QFrame[role="pane-bar"] QLineEdit, QFrame[role="bar-card"] QLineEdit { min-height: 26px; }
QLineEdit:disabled { color: $dim; background: $panel; }

QComboBox { background: $field; border: 1px solid $line2; border-radius: 6px;
    padding: 0 8px; min-height: ${control}px; }
QComboBox:focus, QComboBox:on { border-color: $acc; }
QComboBox[wrong="true"] { border-color: $err; }
QComboBox:disabled { color: $dim; background: $panel; }
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow { image: none; }
QComboBox QLineEdit { background: transparent; border: 0; padding: 0; min-height: 0; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $line2; border-radius: 6px;
    padding: 4px; selection-background-color: $hover; selection-color: $text; }

QMenu { background: $raised; border: 1px solid $line2; border-radius: 6px; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $dim; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }

QTableView, QListView, QTreeView { background: transparent; border: 0; gridline-color: $line;
    selection-background-color: $selected; selection-color: $text; }
QTableView[role="lines"]::item { padding: 0 5px; border: 0; border-bottom: 1px solid $line; }
QTableView[role="lines"]::item:selected { background: $hover; color: $text; }
QHeaderView { background: transparent; }
QHeaderView::section { background: transparent; border: 0; border-bottom: 1px solid $line;
    color: $text2; font-size: 11px; font-weight: 600; padding: 0 8px; min-height: 32px; }

QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $line2; border-radius: 4px; margin: 1px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: $dim; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: transparent; width: 0; height: 0; border: 0; }

QAbstractScrollArea::corner { background: transparent; border: 0; }

QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $line; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $text2; padding: 0 2px; margin-right: 20px;
    min-height: 36px; font-weight: 600; border: 0; border-bottom: 2px solid transparent; }
QTabBar[narrow="true"]::tab { margin-right: 12px; }
QTabBar::tab:selected { color: $text; border-bottom-color: $acc; }
QTabBar::tab:focus { color: $acc; }
QProgressBar { background: $raised; border: 0; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: $acc; border-radius: 3px; }
"""
