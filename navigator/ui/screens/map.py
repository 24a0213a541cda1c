"""A map on a full screen: around a school, or of a body's schools."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from navigator.core import wording
from navigator.core.errors import NavigatorError
from navigator.core.keys import Key
from navigator.core.model import Landscape
from navigator.ui.keys import KEEP
from navigator.ui.widgets.keybar import KeyBar
from navigator.ui.widgets.map import Legend, MapView, NameLines, ScaleLine
from navigator.view import cards, maps
from navigator.view.grounds import Ground
from navigator.view.maps import LAYERS
from navigator.view.sections import Card

if TYPE_CHECKING:
    from navigator.ui.app import NavigatorApp


class MapScreen(Screen[None]):
    """The map, its scale and legend, and the name of what is under the cursor.

    Args:
        ground: What to show.
        home: The landscape walked from, if any.
    """

    app: NavigatorApp

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "app.help", "Help", key_display="F1", id="help"),
        Binding("q", "app.quit", "Quit", id="quit"),
        Binding("slash", "app.find", "Find", key_display="/", id="find"),
        Binding("enter", "open", "Open", key_display="Enter", id="open"),
        Binding("plus,equals_sign", "zoom(1)", "Zoom", key_display="+-", id="closer"),
        Binding("minus,underscore", "zoom(-1)", show=False, id="further"),
        Binding("tab", "step(1)", "Next", key_display="Tab", id="next-school"),
        Binding("shift+tab", "step(-1)", show=False, id="last-school"),
        Binding("z", "by", "Signs", id="told-by"),
        Binding("home", "home", "Return", key_display="Home", id="map-home"),
        Binding("f,end", "whole", "Whole", id="whole"),
        Binding("escape", "app.out", "Back", key_display="Esc", id="back"),
        *(Binding(str(n), f"layer('{layer}')", show=False) for n, layer in enumerate(LAYERS, 1)),
        *(
            Binding(key, f"move({right}, {down})", show=False)
            for key, right, down in (
                ("left", -1, 0),
                ("right", 1, 0),
                ("up", 0, -1),
                ("down", 0, 1),
            )
        ),
        *(
            Binding(keys, f"pan({right}, {down})", show=False)
            for keys, right, down in (
                ("shift+left,h", -1, 0),
                ("shift+right,l", 1, 0),
                ("shift+up,k,pageup", 0, -1),
                ("shift+down,j,pagedown", 0, 1),
            )
        ),
        *KEEP,
        Binding("y", "copy", "Copy", id="copy"),
        Binding("d", "app.index", "Directory", show=False, id="index"),
        Binding("U", "app.update", "Update", show=False, id="update"),
        Binding("x", "app.export", "Export", show=False, id="export"),
    ]
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
        yield KeyBar()

    def on_mount(self) -> None:
        # The points live as long as the register: a collection that walked over all 22,000 of
        # them would hold a redraw up for a frame and a half.
        gc.freeze()
        kind = f"Map · {self.ground.said}" if self.ground.said else "Map"
        self.query_one("#school", Static).update(
            Content.assemble(
                (wording.plain(self.ground.title), "bold $accent"),
                (f"   {kind}   {self.app.register_text()}", "$text-muted"),
            )
        )
        self.map.focus()

    @property
    def map(self) -> MapView:
        return self.query_one(MapView)

    def reload(self) -> None:
        """Another register is in use: look the ground up again."""
        self._look_again()

    @work(thread=True, exclusive=True, group="again", exit_on_error=False)
    def _look_again(self) -> None:
        worker, service, home = get_current_worker(), self.app.service, self.home
        try:
            if home is not None:
                home = service.landscape(home.school.urn, home.as_at)
            ground = service.ground(self.ground.key, home, home.as_at if home else self.app.day)
        except NavigatorError as error:
            self.app.call_from_thread(self.app.say, str(error), wrong=True)
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show, ground, home)

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
        said = f"{wording.count(number, 'school')} in view · told by {view.shown.by}: z turns"
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
        """The units have changed."""
        self.refresh_record()

    # --- what a key acts on ---

    @property
    def target(self) -> Card:
        """What a key acts on: the school under the cursor, else what the map is of."""
        point = self.map.point
        return maps.card(point) if point else self.home_card

    @property
    def home_card(self) -> Card:
        """What the map is of."""
        if self.home is not None and self.ground.key.startswith("school:"):
            return cards.about(self.home)
        return Card(Key(self.ground.key), self.ground.said, self.ground.title)

    @on(MapView.Chosen)
    def action_open(self) -> None:
        if (point := self.map.point) is not None:
            self.app.follow(maps.card(point), self.home)

    def action_copy(self) -> None:
        self.app.copy_text(self.target.copy or self.target.title)

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

    def action_by(self) -> None:
        by: maps.By = "governance" if self.map.shown.by == "phase" else "phase"
        self.map.show_as(self.map.shown._replace(by=by))

    def action_layer(self, layer: str) -> None:
        self.map.show_as(self.map.shown.switched(layer))
