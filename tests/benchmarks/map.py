"""The map's redraws, against a frame: python -m tests.benchmarks.map

Prints how long one redraw takes where 3,000 schools are in view (pan, zoom, the other signs), the
drawing and the painting of every line of a terminal of 160x50, beside its floors: a frame at 60 Hz
(16.7 ms), and drawing the same places as bare dots (`chart.draw`). Also how long the points of all
of England take to read, once a register, beside one full scan of the school table by SQLite.
Uses the register in NAVIGATOR_DATA_DIR.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from collections.abc import Callable
from datetime import date

from navigator.records.settings import Settings
from navigator.service import Service
from navigator.ui.app import NavigatorApp
from navigator.ui.screens.map import MapScreen
from navigator.view import chart, maps
from navigator.view.grounds import Ground
from navigator.view.maps import Shown

ROUNDS = 31
SCHOOLS = 3_000
FRAME_MS = 1000 / 60
SIZE = (160, 50)


def milliseconds(what: Callable[[], object]) -> tuple[float, float]:
    """(median, longest) of some rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        what()
        times.append(1000 * (time.perf_counter() - start))
    return round(statistics.median(times), 2), round(max(times), 2)


def in_view(screen: MapScreen) -> int:
    sheet = screen.map.sheet
    return sum(map(len, sheet.cells.values())) if sheet else 0


async def redraws(service: Service, ground: Ground) -> dict[str, object]:
    app = NavigatorApp(service, Settings("navigator-dark"))
    async with app.run_test(size=SIZE) as pilot:
        screen = MapScreen(ground, None)
        await app.push_screen(screen)
        await pilot.pause()
        view = screen.map
        while in_view(screen) < SCHOOLS:
            view.zoom(1 / 1.05)

        def paint() -> None:
            for y in range(view.size.height):
                view.render_line(y)

        def pan() -> None:
            right.append(-right[-1])
            view.pan(right[-1], 0)
            paint()

        def zoom() -> None:
            right.append(-right[-1])
            view.zoom(1.02 ** right[-1])
            paint()

        def turn() -> None:
            by: maps.By = "phase" if view.shown.by == "governance" else "governance"
            view.show_as(view.shown._replace(by=by))
            paint()

        right = [1]
        report: dict[str, object] = {"schools_in_view": in_view(screen)}
        at = view.view
        assert at is not None
        marks = [chart.Mark(p.east, p.north) for p in ground.places.about(at)]
        floor, _ = milliseconds(lambda: chart.draw(at, marks))
        report["bare_dots_ms"] = floor
        for name, what in (("pan", pan), ("zoom", zoom), ("other_signs", turn)):
            middle, longest = milliseconds(what)
            report[name] = {
                "p50_ms": middle,
                "max_ms": longest,
                "to_frame": round(middle / FRAME_MS, 2),
                "to_bare_dots": round(middle / floor, 2),
            }
        middle, _ = milliseconds(lambda: maps.draw(ground, at, Shown()))
        report["drawn_only_ms"] = middle
        return report


def main() -> None:
    service, today = Service(), date.today()
    urn = 139217
    home = service.landscape(urn, today)
    scans = []
    for _ in range(5):
        start = time.perf_counter()
        service.register._rows("SELECT * FROM school")
        scans.append(time.perf_counter() - start)
    start = time.perf_counter()
    _ = service.questions.points.all
    read = time.perf_counter() - start
    start = time.perf_counter()
    ground = service.ground(f"school:{urn}", home, today)
    report: dict[str, object] = {
        "points": ground.places.count,
        "read_points_to_scan": round(read / statistics.median(scans), 2),
        "ground_ms": round(1000 * (time.perf_counter() - start), 1),
        "frame_ms": round(FRAME_MS, 1),
        **asyncio.run(redraws(service, ground)),
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
