"""A card: all that is known of one body, as a page of labelled facts."""

from __future__ import annotations

from textual.content import Content

from navigator.core import wording
from navigator.core.cleaning import plain
from navigator.core.record import Marks
from navigator.ui.widgets.lines import HEADING, MUTED, OWN, Lines
from navigator.view.sections import UNMARKED, Card

LABEL_WIDTH = 17
NARROW = 56


class CardPage(Lines):
    """The card laid out: facts beside their labels, or beneath them where it is narrow."""

    def __init__(self, card: Card, own: Marks = UNMARKED) -> None:
        super().__init__()
        self._card = card
        self._own = wording.marks(own)

    def lay_out(self, width: int) -> list[Content]:
        card = self._card
        lines = Content.styled(card.kind, HEADING).wrap(width)
        title = Content.styled(plain(card.title), "bold")
        if self._own:
            title = Content.assemble(title, " ", (self._own, OWN))
        lines += title.wrap(width)
        if card.lead:
            lines += Content.styled(plain(card.lead), MUTED).wrap(width)
        narrow = width < NARROW
        # The commands take it: navigator note la:892 "…"
        key = [("Key", plain(card.key))] if card.key and not card.key.endswith("/") else []
        for label, value in (*card.facts, *key):
            if label in ("Claim", "Confidence", "Note", "Kind", "URN") or narrow:
                lines.append(Content(""))
            indent = 0 if narrow else LABEL_WIDTH
            style = "bold" if label == "Claim" else "$accent" if label == "Website" else ""
            wrapped = Content.styled(value, style).wrap(width - indent)
            name = Content.styled(label, MUTED)
            if narrow:
                lines += [name, *wrapped]
                continue
            if name.cell_length >= indent:  # too long to stand beside its value
                lines.append(name)
            else:
                wrapped[0] = name.pad_right(indent - name.cell_length) + wrapped[0]
                lines.append(wrapped.pop(0))
            lines += [line.pad_left(indent) for line in wrapped]
        return lines
