"""Help: the keys that work on the screen beneath, and the words that claims use."""

from __future__ import annotations

from collections import Counter
from itertools import zip_longest
from typing import Any

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from navigator.core import wording
from navigator.core.landscape import Claim
from navigator.ui.base import NavigatorScreen, Panel
from navigator.ui.commands import COMMANDS, GROUP_OF, PLACES, SCROLL, bindings
from navigator.ui.keymap import key_name, sign_of
from navigator.ui.widgets.card import CardPage
from navigator.ui.widgets.keybar import KeyBar
from navigator.ui.widgets.lines import HEADING, Lines
from navigator.view.sections import Card

MEANING = {
    Claim.DESIGNATED: "the programme publishes areas, and this school is in exactly one",
    Claim.ONE_OF: "the area is divided and the line inside it isn't published",
    Claim.NAMES_AREA: "the hub lists the area, but any school may choose",
    Claim.REGION: "only its region is known",
    Claim.NEAREST: "there are no areas; the nearest lead school we know of",
    Claim.ENDED: "the programme is over at the date looked at",
    Claim.SET_BY_YOU: "you corrected it; what is published stays beneath",
    Claim.NONE_FOUND: "we looked and found nothing; there may be one",
}

BOX = "In the box"
UPRIGHT = ("scroll_up", "scroll_down", "scroll_home", "scroll_end", "page_up", "page_down")
SIDEWAYS = ("scroll_left", "scroll_right", "page_left", "page_right")
"""What Textual's widgets do where there is more of them than is in view."""

KEYS_WIDTH, GAP = 17, 2
"""Cells for the keys of a line, and between them and what they do."""

Keys = dict[str, dict[str, list[str]]]
"""By group and by what they do, the names of the keys that do it."""


def keys_of(screen: Screen[Any]) -> Keys:
    """The keys that work on a screen as it stands, in the order of the table of commands; on a line
    of several commands, the first key of each first."""
    order = {id_: number for number, id_ in enumerate(COMMANDS)}
    active = screen.active_bindings.values()
    working = [a.binding for a in active if a.enabled and _works(a, screen.focused)]
    working.sort(key=lambda binding: order.get(binding.id or "", len(order)))
    before: Counter[str] = Counter()
    rows: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for binding in working:
        key = (before[binding.action], key_name(binding.key))
        rows.setdefault(_told(binding), []).append(key)
        before[binding.action] += 1
    found: Keys = {}
    for (group, words), keys in rows.items():
        keys.sort(key=lambda key: key[0])
        found.setdefault(group, {})[words] = [name for _, name in keys]
    return found


def _works(active: ActiveBinding, focused: Widget | None) -> bool:
    binding, widget = active.binding, active.node
    if focused and focused.check_consume_key(binding.key, sign_of(binding.key)):
        return False  # it is typed into a box
    if binding.id or not isinstance(widget, Widget):
        return True
    if binding.action in UPRIGHT:
        return widget.allow_vertical_scroll
    return binding.action not in SIDEWAYS or widget.allow_horizontal_scroll


def _told(binding: Binding) -> tuple[str, str]:
    """(group, words); a binding of Textual's own widgets, which isn't in our table, too."""
    if binding.id:
        return GROUP_OF[binding.id], binding.tooltip
    if binding.action in UPRIGHT + SIDEWAYS:
        return GROUP_OF["scroll-down"], SCROLL
    return BOX, binding.description


class KeyTable(Lines):
    """Keys beside what they do, under the heading of their group."""

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self._groups = keys

    def lay_out(self, width: int) -> list[Content]:
        lines: list[Content] = []
        for group, rows in self._groups.items():
            lines += [
                *([Content("")] if lines else []),
                *Content.styled(group, HEADING).wrap(width),
            ]
            for words, keys in rows.items():
                left = Content.styled(" ".join(keys), "bold").wrap(KEYS_WIDTH)
                right = Content(words).wrap(width - KEYS_WIDTH - GAP)
                for one, other in zip_longest(left, right, fillvalue=Content("")):
                    pad = KEYS_WIDTH + GAP - one.cell_length
                    lines.append(one.rstrip().pad_right(pad) + other)
        return lines


class HelpScreen(Panel[None]):
    """One page, made of what works on the screen beneath.

    Args:
        beneath: That screen.
    """

    PLACE = "help"
    BINDINGS = bindings(PLACE)

    def __init__(self, beneath: Screen[Any]) -> None:
        super().__init__()
        place = beneath.PLACE if isinstance(beneath, NavigatorScreen) else "everywhere"
        self._title = f"Keys: {PLACES[place].name}"
        self.keys = keys_of(beneath)

    def compose(self) -> ComposeResult:
        claims = tuple((wording.CLAIM_PHRASES[claim], text) for claim, text in MEANING.items())
        with VerticalScroll(id="detail"):
            yield Static(CardPage(Card(kind="Help", title=self._title)))
            yield Static(KeyTable(self.keys))
            yield Static(CardPage(Card(title="What the words claim", facts=claims)))
        yield KeyBar(self.PLACE)
