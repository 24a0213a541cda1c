"""A map on a full screen: around a school, or of a body's schools."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from navigator.core import cleaning, wording
from navigator.core.keys import Key
from navigator.core.landscape import Landscape
from navigator.ui.base import NavigatorScreen
from navigator.ui.commands import bindings
from navigator.ui.widgets.keybar import KeyBar
from navigator.ui.widgets.map import MapView
from navigator.ui.widgets.map_lines import Legend, NameLines, ScaleLine
from navigator.view import cards, maps
from navigator.view.grounds import Ground
from navigator.view.maps import LAYERS
from navigator.view.sections import Card


class MapScreen(NavigatorScreen[None]):
    """The map, its scale and legend, and the name of what is under the cursor.

    Args:
        ground: What to show.
        home: The landscape walked from, if any.
    """

    PLACE = "map"
    BINDINGS = bindings(PLACE)
    trail_name = "Map"

    def __init__(self, ground: Ground, home: Landscape | None) -> None:
        super().__init__()
        self.ground = ground
        self.home = home

    def compose(self) -> ComposeResult:
        yield Static(id="school")
        with Horizontal(id="map-row"):
            yield MapView(self.ground)
            with VerticalScroll(id="map-side", can_focus=False):
                yield Static(id="map-legend")
        yield Static(id="map-scale")
        yield Static(id="map-folded")
        yield Static(id="map-named")
        yield KeyBar(self.PLACE)

    def on_mount(self) -> None:
        kind = f"Map · {self.ground.said}" if self.ground.said else "Map"
        self.query_one("#school", Static).update(
            Content.assemble(
                (cleaning.plain(self.ground.title), "bold $accent"),
                (f"   {kind}   {self.app.register_text()}", "$text-muted"),
            )
        )

    @property
    def map(self) -> MapView:
        return self.query_one(MapView)

    def look(self) -> None:
        """Look the ground up again, and leave the view as it is."""
        home, service = self.home, self.app.service

        def find() -> tuple[Ground, Landscape | None]:
            now = home and service.landscape(home.school.urn, home.as_at)
            return service.ground(self.ground.key, now, now.as_at if now else self.app.day), now

        self.ask(find, lambda found: self._show(*found))

    def _show(self, ground: Ground, home: Landscape | None) -> None:
        self.ground, self.home = ground, home
        self.map.show(ground)

    # --- what stands beside the map ---

    @on(MapView.Moved)
    def refresh_record(self) -> None:
        """Tell of the view and of what is under the cursor, with what the head has on it."""
        view = self.map
        sheet = view.sheet
        if sheet is None:
            return
        missing = ""
        if self.ground.missing:
            missing = f"{wording.count(self.ground.missing, 'school')} without a position"
        number = sum(map(len, sheet.cells.values()))
        turn = self.app.key_of("signs")
        said = f"{wording.count(number, 'school')} in view · told by {view.shown.by}: {turn} turns"
        self.query_one("#map-scale", Static).update(
            ScaleLine(sheet.view, self.app.units, plain=view.plain, said=said)
        )
        self.query_one("#map-legend", Static).update(
            Legend(sheet.legend, folded=False, missing=missing)
        )
        self.query_one("#map-folded", Static).update(Legend(sheet.legend, folded=True))
        found = view.found
        number = min(view.number, len(found.points) - 1) if found else 0
        marks = wording.marks(self.app.record.marks(self.target.key)) if found else ""
        self.query_one("#map-named", Static).update(
            NameLines(maps.named(self.ground, found, number, self.app.units), marks)
        )

    def redraw(self) -> None:
        self.refresh_record()

    # --- what a command acts on ---

    @property
    def cursor_card(self) -> Card | None:
        point = self.map.point
        return maps.card(point) if point else None

    @property
    def target(self) -> Card:
        """What a command acts on: the school under the cursor, else what the map is of."""
        return self.cursor_card or self.home_card

    @property
    def home_card(self) -> Card:
        """What the map is of."""
        if self.home is not None and Key(self.ground.key).kind == "school":
            return cards.about(self.home)
        return Card(Key(self.ground.key), self.ground.said, self.ground.title)

    @on(MapView.Chosen)
    def action_open(self) -> None:
        if (card := self.cursor_card) is not None:
            self.app.open(card.key, self.home)

    def action_zoom(self, way: int) -> None:
        self.map.zoom(maps.ZOOM**way)

    def action_move(self, right: int, down: int) -> None:
        self.map.move(right, down)

    def action_pan(self, right: int, down: int) -> None:
        self.map.pan(right, down)

    def action_step(self, by: int) -> None:
        self.map.step(by)

    def action_home(self) -> None:
        self.map.go_home()

    def action_whole(self) -> None:
        self.map.whole()

    def action_signs(self) -> None:
        by: maps.By = "governance" if self.map.shown.by == "phase" else "phase"
        self.map.show_as(self.map.shown._replace(by=by))

    def action_layer(self, number: int) -> None:
        self.map.show_as(self.map.shown.switched(LAYERS[number]))
