"""The colours of code: at least 4.5 to 1 against its ground, in both themes."""

from dataclasses import dataclass

from desktop.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class CodeColors:
    """Colours as hex strings, named by what they are for."""

    keyword: str
    name: str
    string: str
    number: str
    operator: str
    comment: str


LIGHT = CodeColors(
    keyword="#7c3aa8", name="#1f52cc", string="#1c7a3a", number="#b5410a", operator="#0b7285", comment="#646c79"
)
DARK = CodeColors(
    keyword="#c995f2", name="#7aa2ff", string="#98d28b", number="#ff9e64", operator="#7dcfff", comment="#8b93a1"
)


def code_colors(theme: Theme) -> CodeColors:
    """Return the colours that can be read on the code ground of a theme."""
    return DARK if theme.is_dark else LIGHT
