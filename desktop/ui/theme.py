"""The two colour themes, and the only place where Qt style sheets are written or set.

Controls ask for a look with the dynamic property `role`:
buttons `primary`, `quiet`, `pill`, `icon`, `tight`, `danger`;
labels `title`, `heading`, `muted`, `small`, `danger`, `code`;
frames `panel`, `card`, `bar`, `popup`, `notice`, `scrim`.

Sizes are written as they are at 100 %; `style_sheet` makes all of them as large as the theme's text, and what paints
by itself asks `Theme.px`. To wear another size, typeface or colours at once: `apply_theme(application, theme_for(…))`.
"""

from dataclasses import dataclass, field, replace

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop.core.paths import resources
from desktop.core.settings import Settings
from desktop.ui import comfort


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as hex strings, named by what they are for."""

    bg: str
    panel: str
    card: str
    code: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    bubble: str
    danger: str
    mark: str
    scale: float = field(default=1.0, kw_only=True)
    """How large the text is, 0.8 to 2.0."""
    families: tuple[str, ...] = field(default=comfort.HOUSE, kw_only=True)
    """The typeface, and what takes its place."""

    def px(self, pixels: int) -> int:
        """Return a size as large as the text is."""
        return comfort.scaled(pixels, self.scale)

    @property
    def is_dark(self) -> bool:
        """Whether light text stands on a dark ground."""
        return QColor(self.bg).lightness() < QColor(self.text).lightness()


def light() -> Theme:
    """Return the light theme."""
    return Theme(
        bg="#ffffff",
        panel="#f6f7f9",
        card="#eceef2",
        code="#f5f6f8",
        line="#e2e5ea",
        text="#1d2129",
        muted="#626a77",
        accent="#2f5fe0",
        on_accent="#ffffff",
        bubble="#eef2fd",
        danger="#b3261e",
        mark="#ffe9a6",
    )


def dark() -> Theme:
    """Return the dark theme."""
    return Theme(
        bg="#16181d",
        panel="#1c1f26",
        card="#282d36",
        code="#11131a",
        line="#2e333d",
        text="#e6e8ec",
        muted="#98a0ad",
        accent="#7aa2ff",
        on_accent="#0f1626",
        bubble="#2a3140",
        danger="#ff8f85",
        mark="#5c4a12",
    )


def theme_for(settings: Settings, *, is_dark: bool) -> Theme:
    """Return the theme as the person wants to see it."""
    chosen = dark() if is_dark else light()
    return replace(chosen, scale=settings.text_size / 100, families=comfort.families(settings.font))


def palette(theme: Theme) -> QPalette:
    """Return the palette for everything that draws itself without a style sheet."""
    made = QPalette()
    role = QPalette.ColorRole
    for name, color in (
        (role.Window, theme.bg),
        (role.Base, theme.bg),
        (role.AlternateBase, theme.panel),
        (role.Button, theme.panel),
        (role.Mid, theme.line),
        (role.WindowText, theme.text),
        (role.Text, theme.text),
        (role.ButtonText, theme.text),
        (role.PlaceholderText, theme.muted),
        (role.Highlight, theme.accent),
        (role.Accent, theme.accent),
        (role.HighlightedText, theme.on_accent),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.ToolTipBase, theme.panel),
        (role.ToolTipText, theme.text),
    ):
        made.setColor(name, QColor(color))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(theme.muted))
    return made


def mix(first: str, second: str, share: float) -> str:
    """Return the colour that lies `share` of the way from the first to the second."""
    start, end = QColor(first), QColor(second)
    pairs = ((start.red(), end.red()), (start.green(), end.green()), (start.blue(), end.blue()))
    return QColor(*(round(a + (b - a) * share) for a, b in pairs)).name()


def apply_theme(application: QApplication, theme: Theme) -> None:
    """Dress the whole application."""
    application.setPalette(palette(theme))
    application.setFont(comfort.font(theme.families, theme.scale))
    application.setStyleSheet(style_sheet(theme))


def style_sheet(theme: Theme) -> str:
    """Return the style sheet of the application."""
    rules = base_rules(theme) + button_rules(theme) + field_rules(theme) + frame_rules(theme) + chat_rules(theme)
    return comfort.scaled_sheet(rules, theme.scale)


def base_rules(theme: Theme) -> str:
    """Return the rules for windows, labels, lists, scroll bars and tool tips."""
    return f"""
QMainWindow {{ background: {theme.bg}; }}
QLabel {{ background: transparent; color: {theme.text}; }}
QLabel[role="muted"] {{ color: {theme.muted}; }}
QLabel[role="small"] {{ color: {theme.muted}; font-size: 12px; }}
QLabel[role="danger"] {{ color: {theme.danger}; }}
QLabel[role="title"] {{ font-size: 20px; font-weight: 700; }}
QLabel[role="heading"] {{ font-size: 14px; font-weight: 600; }}
QLabel[role="code"] {{
    background: {theme.code}; border: 1px solid {theme.line}; border-radius: 8px; padding: 12px;
    font-family: "JetBrains Mono", "Cascadia Mono", "SF Mono", "DejaVu Sans Mono", monospace; font-size: 15px;
}}
QToolTip {{
    background: {theme.panel}; color: {theme.text}; border: 1px solid {theme.line}; padding: 4px 8px; font-size: 12px;
}}
QListView {{ background: transparent; border: none; outline: none; }}
QSplitter::handle {{ background: {theme.line}; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; border: none; }}
QScrollBar::handle:vertical {{ background: {theme.line}; border-radius: 3px; min-height: 32px; margin: 2px; }}
QScrollBar::handle:vertical:hover {{ background: {mix(theme.line, theme.muted, 0.5)}; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; border: none; }}
QScrollBar::handle:horizontal {{ background: {theme.line}; border-radius: 3px; min-width: 32px; margin: 2px; }}
QScrollBar::handle:horizontal:hover {{ background: {mix(theme.line, theme.muted, 0.5)}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; background: transparent; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def button_rules(theme: Theme) -> str:
    """Return the rules for buttons; a focus ring is always in sight of the keyboard."""
    return f"""
QPushButton {{
    background: {theme.bg}; color: {theme.text}; border: 1px solid {theme.line}; border-radius: 8px;
    padding: 6px 14px; min-height: 20px;
}}
QPushButton:hover {{ background: {theme.panel}; }}
QPushButton:pressed {{ background: {theme.card}; }}
QPushButton:focus {{ border: 1px solid {theme.accent}; }}
QPushButton:disabled {{ color: {theme.muted}; background: {theme.panel}; }}
QPushButton[role="primary"] {{
    background: {theme.accent}; color: {theme.on_accent}; border: 1px solid {theme.accent}; font-weight: 600;
}}
QPushButton[role="primary"]:hover {{ background: {mix(theme.accent, theme.text, 0.12)}; }}
QPushButton[role="primary"]:pressed {{ background: {mix(theme.accent, theme.text, 0.2)}; }}
QPushButton[role="primary"]:focus {{ border: 2px solid {theme.text}; padding: 5px 13px; }}
QPushButton[role="primary"]:disabled {{
    background: {theme.card}; color: {theme.muted}; border: 1px solid {theme.card};
}}
QPushButton[role="quiet"] {{ background: transparent; border: 1px solid transparent; padding: 6px 10px; }}
QPushButton[role="quiet"]:hover {{ background: {theme.card}; }}
QPushButton[role="quiet"]:focus {{ border: 1px solid {theme.accent}; }}
QPushButton[role="link"] {{
    background: transparent; border: 1px solid transparent; padding: 4px 8px; color: {theme.accent}; font-weight: 600;
}}
QPushButton[role="link"]:hover {{ background: {theme.card}; }}
QPushButton[role="link"]:focus {{ border: 1px solid {theme.accent}; }}
QPushButton[role="danger"] {{ color: {theme.danger}; }}
QPushButton[role="pill"] {{
    background: transparent; border: 1px solid {theme.line}; border-radius: 8px; padding: 4px 10px; text-align: left;
}}
QPushButton[role="pill"]:hover {{ background: {theme.panel}; }}
QPushButton[role="pill"]:focus {{ border: 1px solid {theme.accent}; }}
QPushButton[align="left"] {{ text-align: left; }}
QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: 8px; padding: 5px; }}
QToolButton:hover {{ background: {theme.card}; }}
QToolButton:pressed, QToolButton:checked {{ background: {mix(theme.card, theme.line, 0.6)}; }}
QToolButton:focus {{ border: 1px solid {theme.accent}; }}
QToolButton[role="tight"] {{ padding: 1px; border-radius: 6px; }}
QToolButton::menu-indicator {{ image: none; }}
"""


def field_rules(theme: Theme) -> str:
    """Return the rules for fields and menus."""
    folder = (resources() / "icons").as_posix()
    return f"""
QLineEdit, QComboBox, QAbstractSpinBox {{
    background: {theme.bg}; color: {theme.text}; border: 1px solid {theme.line}; border-radius: 8px;
    padding: 5px 10px; min-height: 22px;
    selection-background-color: {theme.accent}; selection-color: {theme.on_accent};
}}
QLineEdit:hover, QComboBox:hover, QAbstractSpinBox:hover {{ border: 1px solid {mix(theme.line, theme.muted, 0.4)}; }}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{ border: 1px solid {theme.accent}; }}
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {{ color: {theme.muted}; background: {theme.panel}; }}
QAbstractSpinBox QLineEdit {{ padding: 0; border: none; min-height: 0; background: transparent; }}
QListView QLineEdit {{ padding: 0 8px; min-height: 0; border: 1px solid {theme.accent}; }}
QLineEdit > QToolButton {{ padding: 0; border: none; background: transparent; }}
QComboBox::drop-down {{ border: none; width: 26px; }}
QComboBox::down-arrow {{ image: url("{folder}/arrow-down-small.svg"); width: 12px; height: 12px; }}
QComboBox QAbstractItemView {{
    background: {theme.bg}; color: {theme.text}; border: 1px solid {theme.line}; padding: 4px; outline: none;
    selection-background-color: {theme.card}; selection-color: {theme.text};
}}
QComboBox QAbstractItemView::item {{ padding: 5px 8px; border-radius: 6px; color: {theme.text}; }}
QComboBox QAbstractItemView::item:selected {{ background: {theme.card}; color: {theme.text}; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{
    subcontrol-origin: border; border: none; background: transparent; width: 24px;
}}
QAbstractSpinBox::up-button {{ subcontrol-position: top right; margin-top: 3px; }}
QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; margin-bottom: 3px; }}
QAbstractSpinBox::up-arrow {{ image: url("{folder}/arrow-up-small.svg"); width: 10px; height: 10px; }}
QAbstractSpinBox::down-arrow {{ image: url("{folder}/arrow-down-small.svg"); width: 10px; height: 10px; }}
QSlider {{ min-height: 24px; }}
QSlider::groove:horizontal {{ background: {mix(theme.line, theme.muted, 0.3)}; height: 4px; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: {theme.accent}; border-radius: 2px; }}
QSlider::handle:horizontal {{ background: {theme.accent}; width: 14px; margin: -5px 0; border-radius: 7px; }}
QSlider::handle:horizontal:focus {{ background: {theme.text}; }}
QRadioButton::indicator {{ width: 13px; height: 13px; border-radius: 7px; border: 1px solid {theme.muted}; }}
QRadioButton::indicator:checked {{ background: {theme.accent}; }} QRadioButton:focus {{ color: {theme.accent}; }}
QMenu {{ background: {theme.bg}; border: 1px solid {theme.line}; border-radius: 10px; padding: 6px; }}
QMenu::item {{ color: {theme.text}; padding: 7px 28px 7px 10px; border-radius: 6px; margin: 0; }}
QMenu::item:selected {{ background: {theme.card}; }}
QMenu::item:disabled {{ color: {theme.muted}; }}
QMenu::icon {{ padding-left: 10px; }}
QMenu::separator {{ height: 1px; background: {theme.line}; margin: 6px 4px; }}
"""


def frame_rules(theme: Theme) -> str:
    """Return the rules for panels, cards, pop-ups and notices."""
    return f"""
QFrame[role="panel"] {{ background: {theme.panel}; border: none; }}
QFrame[role="bar"] {{ background: {theme.bg}; border: none; border-bottom: 1px solid {theme.line}; }}
QFrame[role="card"] {{ background: {theme.bg}; border: 1px solid {theme.line}; border-radius: 10px; }}
QFrame[role="popup"] {{ background: {theme.bg}; border: 1px solid {theme.line}; border-radius: 12px; }}
QFrame[role="notice"] {{ background: {theme.panel}; border: 1px solid {theme.line}; border-radius: 10px; }}
QFrame[role="notice"][tone="error"] {{
    background: {mix(theme.bg, theme.danger, 0.07)}; border: 1px solid {mix(theme.line, theme.danger, 0.4)};
}}
QFrame[role="scrim"] {{ background: rgba(0, 0, 0, 90); border: none; }}
QFrame[role="line"] {{ background: {theme.line}; border: none; min-height: 1px; max-height: 1px; }}
"""


def chat_rules(theme: Theme) -> str:
    """Return the rules for the transcript and the composer."""
    return f"""
QTextBrowser {{ background: transparent; color: {theme.text}; }}
QFrame[role="composer"] {{ background: {theme.bg}; border: 1px solid {theme.line}; border-radius: 14px; }}
QFrame[role="composer"]:hover {{ border: 1px solid {mix(theme.line, theme.muted, 0.4)}; }}
QPlainTextEdit {{
    background: transparent; color: {theme.text}; border: none;
    selection-background-color: {theme.accent}; selection-color: {theme.on_accent};
}}
QToolButton[role="send"] {{ background: {theme.accent}; border-radius: 10px; border: 1px solid {theme.accent}; }}
QToolButton[role="send"]:hover {{ background: {mix(theme.accent, theme.text, 0.12)}; }}
QToolButton[role="send"]:focus {{ border: 2px solid {theme.text}; }}
QToolButton[role="send"]:disabled {{ background: {theme.card}; border: 1px solid {theme.card}; }}
QToolButton[role="jump"] {{
    background: {theme.bg}; border: 1px solid {theme.line}; border-radius: 16px; padding: 6px;
}}
QToolButton[role="jump"]:hover {{ background: {theme.panel}; }}
QProgressBar {{ background: {theme.card}; border: none; border-radius: 2px; }}
QProgressBar::chunk {{ background: {theme.accent}; border-radius: 2px; }}
"""
