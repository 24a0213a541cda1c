"""Our themes can be read: text at WCAG AA, borders of panels at 3:1."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from navigator.ui.themes import THEMES


def _ratio(a: str | None, b: str | None) -> float:
    assert a
    assert b
    lighter, darker = sorted((_luminance(Color.parse(c)) for c in (a, b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Color) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    r, g, b = (linear(c) for c in color.normalized)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("theme", THEMES, ids=lambda t: t.name)
def test_text_and_borders_stand_out(theme: Theme) -> None:
    ground = theme.background
    for text in (theme.foreground, theme.accent, theme.warning, theme.variables["text-muted"]):
        assert _ratio(text, ground) >= 4.5, text
        assert _ratio(text, theme.panel) >= 4.5, text
    assert _ratio(theme.variables["border-blurred"], ground) >= 3.0
    assert _ratio(theme.variables["border"], ground) >= 3.0


@pytest.mark.parametrize("theme", THEMES, ids=lambda t: t.name)
def test_the_line_under_the_cursor_stays_readable(theme: Theme) -> None:
    assert theme.accent
    assert theme.background
    tinted = Color.parse(theme.background).blend(Color.parse(theme.accent), 0.20)
    for text in (theme.foreground, theme.variables["text-muted"], theme.accent):
        assert _ratio(text, tinted.hex) >= 4.5, text
