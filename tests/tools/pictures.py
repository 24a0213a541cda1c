"""Draw the pictures of the docs from the app itself: python3 .ci/do.py pictures

Writes docs/pictures/*.svg, on the embedded sample, the day pinned. Look at them before you commit.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from datetime import date
from pathlib import Path

from textual.pilot import Pilot

from navigator.core import clock
from navigator.records.settings import Settings
from navigator.service import Service
from navigator.ui.app import NavigatorApp
from tests.tools import made_plan, made_record
from tests.tools.moving_picture import moving_picture

FOLDER = Path(__file__).parent.parent.parent / "docs" / "pictures"
DAY = date(2026, 11, 22)
SCHOOL = 139217
PICTURES: list[tuple[str, tuple[int, int], str, list[str]]] = [
    ("landscape-120x40", (120, 40), "navigator-dark", []),
    ("landscape-120x40-light", (120, 40), "navigator-light", []),
    ("landscape-160x50", (160, 50), "navigator-dark", []),
    ("landscape-80x24", (80, 24), "navigator-dark", []),
    ("nearby-80x24", (80, 24), "navigator-dark", ["3"]),
    ("page-80x24", (80, 24), "navigator-dark", ["enter"]),
    ("overlap-80x24", (80, 24), "navigator-dark", ["l"]),
    ("profile-120x40", (120, 40), "navigator-dark", ["l", "f", "f", "l"]),
]
OF_RECORD: list[tuple[str, tuple[int, int], str, list[str]]] = [
    ("record-120x40", (120, 40), "navigator-dark", []),
    ("note-80x24", (80, 24), "navigator-dark", ["N"]),
    ("bookmarks-80x24", (80, 24), "navigator-dark", ["m"]),
    ("finder-80x24", (80, 24), "navigator-dark", ["slash"]),
]
"""With a made-up record."""


OF_PLAN: list[tuple[str, tuple[int, int], str, list[str]]] = [
    ("plan-list-80x24", (80, 24), "navigator-dark", ["P"]),
    ("plan-year-120x40", (120, 40), "navigator-dark", ["P", "2"]),
]
"""With a made-up plan."""

MINUTE: list[tuple[str, list[str]]] = [
    ("navigator 139217: who helps with what", []),
    ("Enter: why this hub, how sure, how to reach it, its schools", ["enter"]),
    ("3: who is next door", ["escape", "3"]),
    ("l: who near you shares which bodies", ["l"]),
    ("l again: the place in figures", ["l"]),
    ("/: find any school, trust, council or hub", ["escape", "escape", "slash", *"swindon"]),
    ("P: the year's professional learning", ["escape", "escape", "P"]),
    ("2: week by week, with clashes", ["2"]),
]
"""What is pressed in the minute of the README, and what it shows; with the record and plan."""


async def draw(pictures: list[tuple[str, tuple[int, int], str, list[str]]]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    service = Service()
    for name, size, theme, keys in pictures:
        landscape = service.landscape(SCHOOL, DAY)
        app = NavigatorApp(service, Settings(theme), landscape=landscape, as_at=DAY)
        async with app.run_test(size=size) as pilot:
            await press(pilot, keys)
            (FOLDER / f"{name}.svg").write_text(picture(app), "utf-8")


async def draw_minute() -> None:
    service = Service()
    landscape = service.landscape(SCHOOL, DAY)
    app = NavigatorApp(service, Settings("navigator-dark"), landscape=landscape, as_at=DAY)
    frames = []
    async with app.run_test(size=(100, 30)) as pilot:
        for title, keys in MINUTE:
            await press(pilot, keys)
            frames.append(picture(app, title))
    (FOLDER / "minute.svg").write_text(moving_picture(frames), "utf-8")


async def press(pilot: Pilot[None], keys: list[str]) -> None:
    for key in ("", *keys):
        await pilot.press(*([key] if key else []))
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


def picture(app: NavigatorApp, title: str | None = None) -> str:
    """The screen as SVG, without the fonts' web address: who reads the docs fetches only them."""
    return re.sub(r"@font-face \{.*?\}", "", app.export_screenshot(title=title), flags=re.DOTALL)


def main() -> None:
    clock.today = lambda: DAY  # else what is due, and "as at", would change with the calendar
    with tempfile.TemporaryDirectory() as empty:
        os.environ["NAVIGATOR_DATA_DIR"] = os.environ["NAVIGATOR_CONFIG_DIR"] = empty
        asyncio.run(draw(PICTURES))
        made_record.write(Path(empty))
        asyncio.run(draw(OF_RECORD))
        made_plan.write(Path(empty))
        asyncio.run(draw(OF_PLAN))
        asyncio.run(draw_minute())


if __name__ == "__main__":
    main()
