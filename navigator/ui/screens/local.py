"""What "local" means: a school's overlap with those around it; the profile of a place."""

from __future__ import annotations

import math

from navigator.core.grid import KM_A_MILE
from navigator.core.keys import Key
from navigator.core.landscape import Landscape
from navigator.domain.around import WIDEST_MILES, Scope
from navigator.domain.overlaps import Overlap
from navigator.ui.commands import bindings
from navigator.ui.screens.body import PageScreen
from navigator.view import overlap_pages, place_pages
from navigator.view.sections import Card, Page

MILES = (1.0, 2.0, 3.0, 5.0, 8.0, 12.0, 20.0, 30.0, float(WIDEST_MILES))
NUMBERS = (10, 20, 50, 100)
"""How far an overlap reaches, step by step."""


class OverlapScreen(PageScreen):
    """What the home school shares with the schools around it.

    Args:
        overlap: What to show first.
        home: The landscape of the school.
    """

    PLACE = "overlap"
    BINDINGS = bindings(PLACE)
    trail_name = "Local"
    home: Landscape

    def __init__(self, overlap: Overlap, home: Landscape) -> None:
        self.overlap = overlap
        self.scope = overlap.scope
        self.by_shared = False
        super().__init__(self._page(), home)

    def _page(self) -> Page:
        return overlap_pages.overlap_page(self.overlap, self.app.units, by_shared=self.by_shared)

    def find_page(self, home: Landscape | None) -> Page:
        """The overlap counted anew, for the scope of now."""
        self.overlap = self.app.service.overlap(home or self.home, self.scope)
        return self._page()

    @property
    def map_key(self) -> str:
        """The map around the school."""
        return Key.school(self.home.school.urn)

    @property
    def home_card(self) -> Card:
        """The school that the overlap is about."""
        school = self.home.school
        return Card(Key.school(school.urn), "School", school.name)

    @property
    def local_key(self) -> Key:
        """The profile of its schools; of the nearest so many, of what reaches the furthest."""
        scope, home = self.scope, self.home
        if scope.kind == "la" and home.authority:
            return Key.of("place", Key.of("la", home.authority.authority.code))
        if scope.kind == "own":
            return Key.of("place", Key.of("own", scope.own))
        miles = scope.miles
        if scope.kind == "number" and self.overlap.rows:
            km = max(row.km or 0 for row in self.overlap.rows)
            miles = min(math.ceil(10 * km / KM_A_MILE) / 10, WIDEST_MILES)
        return Key.of("place", Key.of("radius", home.school.urn, f"{miles:g}"))

    def action_reach(self, by: int) -> None:
        """The next wider or narrower radius or number; without a step left it stays."""
        scope = self.scope
        if scope.kind == "radius":
            self._look_at(scope._replace(miles=_next(MILES, scope.miles, by)))
        elif scope.kind == "number":
            self._look_at(scope._replace(number=int(_next(NUMBERS, scope.number, by))))
        else:
            key = self.app.key_of("scope")
            said = f"This scope has no radius: {key} goes on to the schools within some miles."
            self.app.say(said)

    def action_scope(self) -> None:
        """On to the next scope: a radius, the nearest, the authority, each network of one's own."""
        scopes = [Scope("radius"), Scope("number"), Scope("la")]
        scopes += [Scope("own", own=network.id) for network in self.home.own_networks]
        names = [(scope.kind, scope.own) for scope in scopes]
        now = (self.scope.kind, self.scope.own)
        number = names.index(now) + 1 if now in names else 0
        chosen = scopes[number % len(scopes)]
        self._look_at(chosen._replace(all_phases=self.scope.all_phases))

    def action_phases(self) -> None:
        """Schools of the home school's phase, or of all."""
        self._look_at(self.scope._replace(all_phases=not self.scope.all_phases))

    def action_order(self) -> None:
        """Nearest first, or those that share most."""
        self.by_shared = not self.by_shared
        self.page = self._page()
        self.fill()

    def _look_at(self, scope: Scope) -> None:
        if scope != self.scope:
            self.scope = scope
            self.look()

    def action_export(self) -> None:
        """Ask where to write the grid."""
        from navigator.ui.forms import export

        export.ask_overlap(self.app, self.page, self.overlap)


def _next(steps: tuple[float, ...], now: float, by: int) -> float:
    if by > 0:
        return next((step for step in steps if step > now), now)
    return next((step for step in reversed(steps) if step < now), now)


class PlaceScreen(PageScreen):
    """A place's profile, places alike, or two places side by side."""

    PLACE = "place"
    BINDINGS = bindings(PLACE)

    def __init__(self, page: Page, home: Landscape | None) -> None:
        super().__init__(page, home)
        self._order = 0

    def find_page(self, home: Landscape | None) -> Page:
        """The page counted anew, its trusts in the order chosen."""
        if self.key.kind != "place":
            return super().find_page(home)
        day = home.as_at if home else self.app.day
        return self.app.service.place_page(self.key.place, day, self.app.units, self._order)

    @property
    def map_key(self) -> str:
        """The map of an authority or a network of one's own; else that around the school."""
        if self.key.kind == "place" and self.key.place.kind in ("la", "own"):
            return self.key.place
        return Key.school(self.home.school.urn) if self.home else self.page.key

    @property
    def local_key(self) -> Key:
        """The areas alike to an authority; from any other page the authority of its home."""
        if self.key.kind == "place" and self.key.place.kind == "la":
            return Key.of("alike", self.key.place.name)
        if self.home and self.home.authority:
            return Key.of("place", Key.of("la", self.home.authority.authority.code))
        return super().local_key

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a profile has trusts to order, only an authority has areas alike."""
        del parameters
        return action != "order" or self.key.kind == "place"

    def action_order(self) -> None:
        """Its trusts by name, by size, or by schools here."""
        self._order = (self._order + 1) % len(place_pages.TRUST_ORDERS)
        self.app.say(f"Trusts {place_pages.TRUST_ORDERS[self._order]}.")
        self.look()

    def action_export(self) -> None:
        """Ask where to write the figures."""
        from navigator.ui.forms import export

        export.ask_figures(self.app, self.page, self.home.as_at if self.home else self.app.day)
