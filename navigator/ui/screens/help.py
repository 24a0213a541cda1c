"""Help: the keys of the screen beneath, and the words that claims use."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from navigator.core import wording
from navigator.core.model import Claim
from navigator.ui.widgets.card import CardPage
from navigator.ui.widgets.keybar import KeyBar
from navigator.view.sections import Card

KEYS = (
    ("↑ ↓  j k", "Move along a list; PgUp, PgDn, Home and End too"),
    ("← →  1 2 3", "Go to another column; Tab and Shift+Tab too"),
    ("Enter", "Detail of the line; from a detail, its page or landscape"),
    ("/", "Find a school"),
    ("d", "Directory: every hub, trust, authority, network; F3 in the finder"),
    ("l", "Local: what you share with the schools around you; again: that place; areas alike"),
    ("=", "Compare the school or authority under the cursor with yours"),
    ("a", "As at: this landscape on another day"),
    ("b B", "Bookmark the line, or (B) this school; again takes it off"),
    ("n N", "Write a note on the line, or on this school"),
    ("c C", "Add a contact in the line's body: @ a way in, @@ who works in several"),
    ("g", "Group: put a school into a network of your own"),
    ("s", "Set: say what you know better; what is published stays beneath"),
    ("p P", "Plan professional learning with the body under the cursor; P or F11 the whole plan"),
    ("m", "My record: bookmarks, notes, contacts, networks, corrections"),
    ("w, F12", "What changed since the register before; Δ marks it until you have looked"),
    ("u, Ctrl+Z", "Undo the last change to your record; Ctrl+Y does it again"),
    ("U", "Update: fetch DfE's newest register, and only then use the network"),
    ("x", "Export this landscape: a page for governors, Markdown, a table"),
    ("r", "Review of my local learning system: six features, your words, last year's beside"),
    ("i", "About this school: address, type, register"),
    ("y", "Copy the name or URN under the cursor"),
    ("o", "Open its website in the browser"),
    ("Esc", "One level back; never quits"),
    ("Ctrl+P", "All commands: themes, miles or km, and more"),
    ("F2", "In the directory: order by name or by number"),
    (
        "F4 F5 F6",
        "Where you type: bookmark, note, my record; F7 group, F8 contact, F9 undo, F10 update",
    ),
    ("e Del [ ]", "In my record: edit, remove, move up or down; / filters"),
    (
        "In the plan",
        "a adds, e edits, Enter changes or ticks, Del removes; p plans with whom a gap names; "
        "< > the year; f status, t order, / filters; under Days b sets the budget, i takes a "
        "calendar",
    ),
    ("v", "Map: around this school, or of the schools on this page"),
    (
        "On the map",
        "Arrows move the cursor, Shift or h j k l the map; + - zoom; Tab the next school; "
        "Home your school; f all of it; z signs by phase or governance; 1 to 5 layers",
    ),
    ("q, Ctrl+Q", "Quit; where you type, only Ctrl+Q"),
)
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


class HelpScreen(ModalScreen[None]):
    """One page, generated from the tables above."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q,f1,question_mark", "app.pop_screen", "Back", key_display="Esc", id="back"
        ),
        Binding("ctrl+q", "app.quit", show=False),
    ]

    def compose(self) -> ComposeResult:
        claims = tuple((wording.CLAIM_PHRASES[claim], text) for claim, text in MEANING.items())
        with VerticalScroll(id="detail"):
            yield Static(CardPage(Card(kind="Help", title="Keys", facts=KEYS)))
            yield Static(CardPage(Card(title="What the words claim", facts=claims)))
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#detail").focus()
