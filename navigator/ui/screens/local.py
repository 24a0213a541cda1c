"""What "local" means: a school's overlap with those around it; the profile of a place."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from navigator.core.keys import Key
from navigator.core.model import Landscape
from navigator.domain.around import WIDEST_MILES, Scope
from navigator.domain.overlaps import Overlap
from navigator.ui.keys import KEEP
from navigator.ui.screens.body import BodyScreen
from navigator.view import place_pages
from navigator.view.sections import Card, Page

REST = (
    Binding("v", "app.map", "Map", id="map"),
    Binding("y", "copy", "Copy", id="copy"),
    Binding("d", "app.index", "Directory", show=False, id="index"),
    Binding("U", "app.update", "Update", show=False, id="update"),
)

MILES = (1.0, 2.0, 3.0, 5.0, 8.0, 12.0, 20.0, 30.0, float(WIDEST_MILES))
NUMBERS = (10, 20, 50, 100)
"""How far an overlap reaches, step by step."""


class OverlapScreen(BodyScreen, inherit_bindings=False):
    """What the home school shares with the schools around it.

    `+` and `-` reach further or less far, `f` chooses other schools, `h` all phases, `t` another
    order, `l` shows the profile of just these schools.

    Args:
        overlap: What to show first.
        home: The landscape of the school.
    """

    home: Landscape

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "app.help", "Help", key_display="F1", id="help"),
        Binding("q", "app.quit", "Quit", id="quit"),
        Binding("slash", "app.find", "Find", key_display="/", id="find"),
        Binding("enter", "follow", "Follow", key_display="Enter", id="follow"),
        Binding("plus", "reach(1)", "Wider", key_display="+ -", id="wider"),
        Binding("minus", "reach(-1)", show=False, id="narrower"),
        Binding("f", "scope", "Which", id="scope"),
        Binding("l", "app.local", "Profile", id="local"),
        Binding("t", "order", "Order", id="order"),
        Binding("h", "phases", "Phases", id="phases"),
        Binding("escape", "app.out", "Back", key_display="Esc", id="back"),
        Binding("x", "export", "Export", id="export"),
        Binding("equals_sign", "app.compare", "Compare", key_display="=", id="compare"),
        *KEEP,
        *REST,
    ]

    def __init__(self, overlap: Overlap, home: Landscape) -> None:
        self.overlap = overlap
        self.scope = overlap.scope
        self.by_shared = False
        super().__init__(place_pages.overlap_page(overlap, "miles", by_shared=False), home)

    @property
    def trail_name(self) -> str:
        """What the breadcrumb calls this screen."""
        return "Local"

    def on_mount(self) -> None:
        self.page = self._page()
        super().on_mount()

    def _page(self) -> Page:
        return place_pages.overlap_page(self.overlap, self.app.units, by_shared=self.by_shared)

    def find_page(self, home: Landscape | None) -> Page:
        """The overlap counted anew, for the scope of now."""
        self.overlap = self.app.service.overlap(home or self.home, self.scope)
        return self._page()

    @property
    def map_key(self) -> str:
        """The map around the school."""
        return f"school:{self.home.school.urn}"

    @property
    def home_card(self) -> Card:
        """The school that the overlap is about."""
        school = self.home.school
        return Card(Key.school(school.urn), "School", school.name, "", ())

    def action_reach(self, by: int) -> None:
        """The next wider or narrower radius or number; without a step left it says so."""
        scope = self.scope
        if scope.kind == "radius":
            miles = _next(MILES, scope.miles, by)
            self._look(scope._replace(miles=miles))
        elif scope.kind == "number":
            self._look(scope._replace(number=int(_next(NUMBERS, scope.number, by))))
        else:
            self.app.say("This scope has no radius: f goes on to the schools within some miles.")

    def action_scope(self) -> None:
        """On to the next scope: a radius, the nearest, the authority, each network of one's own."""
        scopes = [Scope("radius"), Scope("number"), Scope("la")]
        scopes += [Scope("own", own=network.id) for network in self.home.own_networks]
        now = next(
            (
                n
                for n, s in enumerate(scopes)
                if (s.kind, s.own) == (self.scope.kind, self.scope.own)
            ),
            -1,
        )
        chosen = scopes[(now + 1) % len(scopes)]
        self._look(chosen._replace(all_phases=self.scope.all_phases))

    def action_phases(self) -> None:
        """Schools of the home school's phase, or of all."""
        self._look(self.scope._replace(all_phases=not self.scope.all_phases))

    def action_order(self) -> None:
        """Nearest first, or those that share most."""
        self.by_shared = not self.by_shared
        self.page = self._page()
        self.fill()

    def _look(self, scope: Scope) -> None:
        if scope != self.scope:
            self.scope = scope
            self._look_again()

    def action_export(self) -> None:
        """Ask where to write the grid."""
        from navigator.ui.forms import export

        export.ask_overlap(self.app, self.page, self.overlap)


def _next(steps: tuple[float, ...], now: float, by: int) -> float:
    if by > 0:
        return next((step for step in steps if step > now), now)
    return next((step for step in reversed(steps) if step < now), now)


class PlaceScreen(BodyScreen, inherit_bindings=False):
    """A place's profile, places alike, or two places side by side."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "app.help", "Help", key_display="F1", id="help"),
        Binding("q", "app.quit", "Quit", id="quit"),
        Binding("slash", "app.find", "Find", key_display="/", id="find"),
        Binding("enter", "follow", "Open", key_display="Enter", id="follow"),
        Binding("l", "app.local", "Alike", id="local"),
        Binding("equals_sign", "app.compare", "Compare", key_display="=", id="compare"),
        Binding("t", "order", "Order", id="order"),
        Binding("escape", "app.out", "Back", key_display="Esc", id="back"),
        Binding("x", "export", "Export", id="export"),
        *KEEP,
        *REST,
    ]

    def __init__(self, page: Page, home: Landscape | None) -> None:
        super().__init__(page, home)
        self._order = 0

    def find_page(self, home: Landscape | None) -> Page:
        """The page counted anew, its trusts in the order chosen."""
        kind, _, place = self.page.key.partition(":")
        if kind != "place":
            return super().find_page(home)
        day = home.as_at if home else self.app.day
        return self.app.service.place_page(place, day, self.app.units, self._order)

    @property
    def map_key(self) -> str:
        """The map of an authority or a network of one's own; else that around the school."""
        place = self.page.key.partition(":")[2]
        if self.page.key.startswith("place:") and place.startswith(("la:", "own:")):
            return place
        return f"school:{self.home.school.urn}" if self.home else self.page.key

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a profile has trusts to order, only an authority has areas alike."""
        del parameters
        return action != "order" or self.page.key.startswith("place:")

    def action_order(self) -> None:
        """Its trusts by name, by size, or by schools here."""
        self._order = (self._order + 1) % len(place_pages.TRUST_ORDERS)
        self.app.say(f"Trusts {place_pages.TRUST_ORDERS[self._order]}.")
        self._look_again()

    def action_export(self) -> None:
        """Ask where to write the figures."""
        from navigator.ui.forms import export

        export.ask_figures(self.app, self.page, self.home.as_at if self.home else self.app.day)
