"""Plain lines in a narrow panel: what goes on beneath keeps further in than where it began."""

from __future__ import annotations

from navigator.ui.widgets.indented import Indented


def told(text: str, width: int) -> list[str]:
    return [line.plain.rstrip() for line in Indented(text.split("\n")).lay_out(width)]


def test_what_goes_on_stands_further_in() -> None:
    assert told("In doubt:\n  ? no area is called “Leycester”\n\nend", 24) == [
        "In doubt:",
        "  ? no area is called",
        "    “Leycester”",
        "",
        "end",
    ]


def test_no_line_is_wider_than_the_panel_and_none_is_lost() -> None:
    text = "      lead: Sneinton St Stephen's CofE Primary School (Nottingham, URN 139217)"
    for width in range(8, 90):
        lines = told(text, width)
        assert max(map(len, lines)) <= width
        assert "".join("".join(lines).split()) == "".join(text.split())
