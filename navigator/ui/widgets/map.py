"""A map that fills its widget: a view that moves and zooms, and a cursor that names a school."""

from __future__ import annotations

import math
import sys

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from navigator.domain.points import Point
from navigator.ui.widgets.map_lines import STYLES
from navigator.ui.widgets.section_lines import draws_braille
from navigator.view import maps
from navigator.view.canvas import CELL_ASPECT, MapLine, MapWindow
from navigator.view.grounds import Ground
from navigator.view.maps import DrawnMap, Shown, UnderCursor

PAN = 8
"""A key that pans moves the map by this part of its width or height."""


def _cell_aspect() -> float:
    """Height of the terminal's cells over their width, where it tells; else what is usual."""
    try:
        import fcntl
        import struct
        import termios

        told = fcntl.ioctl((sys.__stdout__ or sys.stdout).fileno(), termios.TIOCGWINSZ, bytes(8))
        rows, columns, width, height = struct.unpack("HHHH", told)
        aspect = (height / rows) / (width / columns)
    except (ImportError, OSError, ValueError, ZeroDivisionError):
        return CELL_ASPECT
    return aspect if 1.5 <= aspect <= 3 else CELL_ASPECT


class MapView(Widget, can_focus=True):
    """A ground on screen. Its keys are the screen's, whose foot then shows them.

    Args:
        ground: What to show.
    """

    class Moved(Message):
        """The view or what is under the cursor has changed."""

    class Chosen(Message):
        """What is under the cursor was clicked again: it is to be opened."""

    def __init__(self, ground: Ground) -> None:
        super().__init__(id="map")
        self.ground = ground
        self.shown = Shown()
        self.plain = not draws_braille()
        self.view: MapWindow | None = None
        self._opened: MapWindow | None = None
        self.cursor = (0, 0)
        self.number = 0
        self.sheet: DrawnMap | None = None
        self._styles: dict[str, RichStyle] = {}
        self._of_theme = ""

    # --- what is shown ---

    def on_resize(self) -> None:
        columns, rows = self.size
        if columns < 1 or rows < 1:
            return
        if self.view is None or self.view == self._opened:  # the first sizes aren't yet the last
            self.view = maps.first_view(self.ground, columns, rows, _cell_aspect())
            self._opened = self.view
            self._draw()
            self._begin()
            return
        point = self.point
        east, north = self.view.ground(*self._middle())
        self.view = self.view._replace(columns=columns, rows=rows)
        self._put(*self.view.spot(east, north))
        self._draw(point)

    def _begin(self) -> None:
        """The cursor on the home school, or on what lies nearest to the middle."""
        if self.view is None or self.sheet is None:
            return
        home = self.ground.home
        x, y = self.view.columns // 2, self.view.rows // 2
        if home and self._in_view(home):
            self._put(*self.view.spot(home.east, home.north))
            self._draw(home)
            return
        found = maps.found(self.sheet, x, y)
        self._put(x, y)
        if found:
            self._put(*self.view.spot(found.points[0].east, found.points[0].north))
        self._draw(found.points[0] if found else None)

    def show(self, ground: Ground) -> None:
        """Show another ground where this one was."""
        point = self.point
        self.ground = ground
        self._draw(point)

    def show_as(self, shown: Shown) -> None:
        """Show the ground told otherwise, or with other layers."""
        self.shown = shown
        self._draw(self.point)

    def _draw(self, point: Point | None = None) -> None:
        """Draw the view anew; the cursor's choice on a point where it is in the cursor's cell."""
        if self.view is None:
            return
        self.sheet = maps.draw(self.ground, self.view, self.shown, plain=self.plain)
        here = self.sheet.cells.get(self.cursor, ())
        urns = [p.urn for p in here]
        self.number = urns.index(point.urn) if point and point.urn in urns else 0
        self.refresh()
        self.post_message(self.Moved())

    # --- the cursor ---

    @property
    def found(self) -> UnderCursor | None:
        """The schools under the cursor, or the one nearest to it."""
        return maps.found(self.sheet, *self.cursor) if self.sheet else None

    @property
    def point(self) -> Point | None:
        """The school that a key acts on."""
        found = self.found
        return found.points[min(self.number, len(found.points) - 1)] if found else None

    def _middle(self) -> tuple[float, float]:
        """The spot under the cursor: its school's own, else the middle of its cell."""
        point, found = self.point, self.found
        if self.view and point and found and not found.far_km:
            return self.view.spot(point.east, point.north)
        return self.cursor[0] + 0.5, self.cursor[1] + 0.5

    def _put(self, x: float, y: float) -> None:
        columns, rows = self.size
        self.cursor = (
            min(max(math.floor(x), 0), max(columns - 1, 0)),
            min(max(math.floor(y), 0), max(rows - 1, 0)),
        )

    def _in_view(self, point: Point) -> bool:
        if self.view is None:
            return False
        x, y = self.view.spot(point.east, point.north)
        return 0 <= x < self.view.columns and 0 <= y < self.view.rows

    def move(self, right: int, down: int) -> None:
        """Move the cursor by cells; at an edge the map moves under it."""
        if self.view is None:
            return
        x, y = self.cursor[0] + right, self.cursor[1] + down
        if 0 <= x < self.view.columns and 0 <= y < self.view.rows:
            self.cursor, self.number = (x, y), 0
            self.refresh()
            self.post_message(self.Moved())
        else:
            self.view = self.view.moved(right, down)
            self._draw()

    def pan(self, right: int, down: int) -> None:
        """Move the map by a part of its size, the cursor with what it is on as far as that is
        in view."""
        if self.view is None:
            return
        point, found = self.point, self.found
        x, y = self._middle()
        by = right * max(self.view.columns // PAN, 1), down * max(self.view.rows // PAN, 1)
        self.view = self.view.moved(*by)
        self._put(x - by[0], y - by[1])
        self._draw(point if found and not found.far_km else None)

    def zoom(self, times: float, at: tuple[int, int] | None = None) -> None:
        """Come closer or go further off, with what is under the cursor left where it is."""
        if self.view is None:
            return
        point = self.point
        spot = (at[0] + 0.5, at[1] + 0.5) if at else self._middle()
        self.view = maps.zoomed(self.view, times, *spot)
        self._draw(point)

    def go_home(self) -> None:
        """The home school in the middle, with the cursor on it; all there is, where none is."""
        home = self.ground.home
        if self.view is None or home is None:
            self.whole()
            return
        self.view = self.view._replace(east=home.east, north=home.north)
        self._put(*self.view.spot(home.east, home.north))
        self._draw(home)

    def whole(self) -> None:
        """All that the map is about, the cursor on what it was on."""
        columns, rows = self.size
        point = self.point
        self.view = maps.whole_view(self.ground, columns, rows, _cell_aspect())
        if point and self._in_view(point):
            self._put(*self.view.spot(point.east, point.north))
        self._draw(point)

    def step(self, by: int) -> None:
        """The cursor on the next school in view: of the same cell first, then outward from home."""
        if self.sheet is None or not self.sheet.cells:
            return
        here = self.sheet.cells.get(self.cursor, [])
        if 0 <= self.number + by < len(here):
            self.number += by
        else:
            cells = maps.order(self.sheet, self.ground)
            if self.cursor in cells:
                number = (cells.index(self.cursor) + by) % len(cells)
            else:
                number = 0 if by > 0 else -1
            self.cursor = cells[number]
            self.number = 0 if by > 0 else len(self.sheet.cells[self.cursor]) - 1
        self.refresh()
        self.post_message(self.Moved())

    # --- the mouse ---

    def on_click(self, event: events.Click) -> None:
        if (event.x, event.y) == self.cursor:
            self.post_message(self.Chosen())
            return
        self.cursor, self.number = (event.x, event.y), 0
        self.refresh()
        self.post_message(self.Moved())

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.zoom(maps.ZOOM, (event.x, event.y))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.zoom(1 / maps.ZOOM, (event.x, event.y))

    # --- painting ---

    def render_line(self, y: int) -> Strip:
        if self.sheet is None or y >= len(self.sheet.lines):
            return Strip.blank(self.size.width, self.rich_style)
        styles = self._role_styles()
        line = self.sheet.lines[y]
        segments = [Segment(run.text, styles[run.role]) for run in line]
        strip = Strip(segments, self.sheet.view.columns)
        if y == self.cursor[1]:
            strip = self._with_cursor(strip, line)
        return strip.adjust_cell_length(self.size.width, self.rich_style)

    def _with_cursor(self, strip: Strip, line: MapLine) -> Strip:
        """The line with the cursor's cell turned round: that shows without colour, too."""
        column = self.cursor[0]
        sign = "".join(run.text for run in line)[column : column + 1]
        if not sign.strip():
            sign = "+" if self.plain else "┼"
        style = self._role_styles()["cursor"]
        left, _, right = strip.divide([column, column + 1, strip.cell_length])
        return Strip([*left, Segment(sign, style), *right], strip.cell_length)

    def _role_styles(self) -> dict[str, RichStyle]:
        if self._of_theme != self.app.theme or not self._styles:
            self._of_theme = self.app.theme
            variables = self.app.theme_variables
            base = self.rich_style
            self._styles = {
                role: base + Style.parse(text, variables).rich_style if text else base
                for role, text in {**STYLES, "cursor": "bold reverse $accent"}.items()
            }
            for by, signs in maps.SIGNS_BY.items():
                for sign in signs:
                    self._styles.setdefault(f"{by}:{sign.key}", base)
        return self._styles

    def notify_style_update(self) -> None:
        self._styles = {}
        super().notify_style_update()
