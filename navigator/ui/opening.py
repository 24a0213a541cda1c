"""What opens for a key: the question that is put to the service, and the screen of its answer.

Screens and forms are imported when they are first opened; those that wait for an answer, in the
thread that asks.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from navigator.core import clock
from navigator.core.grid import KM_A_MILE
from navigator.core.keys import Key
from navigator.core.landscape import Landscape
from navigator.ui.base import NavigatorScreen
from navigator.ui.base_app import BaseApp

Made = Callable[[], NavigatorScreen[Any]]
"""Makes a screen, on the event loop."""


def open_at_once(app: BaseApp, key: Key, home: Landscape | None) -> bool:
    """Open what needs no answer first: gives whether the key names such a thing."""
    match key.kind:
        case "mine":
            from navigator.ui.screens.record import RecordScreen

            app.push_screen(RecordScreen())
        case "plan":
            from navigator.ui.screens.plan import PlanScreen

            app.push_screen(PlanScreen(int(key.name or 0)))
        case "directory":
            from navigator.ui.screens.index import IndexScreen
            from navigator.ui.screens.search import SearchScreen

            before = app.screen  # what was typed in the finder is kept
            app.push_screen(IndexScreen(before.typed if isinstance(before, SearchScreen) else ""))
        case "note" | "contact":
            from navigator.ui.forms.record import RecordForms

            RecordForms(app).edit(key.kind, key.name)
        case "settings":
            from navigator.ui.forms.settings import ask_settings

            ask_settings(app)
        case "place" if not key.name:
            from navigator.ui.forms.place import ask_place

            ask_place(app, home)
        case "compare" if not key.pair[1]:
            from navigator.ui.forms.place import ask_other

            ask_other(app, key.place, home)
        case _:
            return False
    return True


def find(app: BaseApp, key: Key, home: Landscape | None) -> Made:
    """Ask for what a key names. Called in a thread.

    Raises:
        NavigatorError: there is no such thing; the text says so.
    """
    return OPENERS.get(key.kind, _page)(app, key, home)


def _school(app: BaseApp, key: Key, home: Landscape | None) -> Made:
    from navigator.ui.screens.landscape import LandscapeScreen

    landscape = app.service.landscape(key.urn or 0, home.as_at if home else app.day)

    def make() -> LandscapeScreen:
        school = landscape.school
        app.do(partial(app.service.looked_at, school.urn, school.name))
        if home is None and app.settings.school is None and app.settings.ask_school:
            app.ask_whose()
        return LandscapeScreen(landscape)

    return make


def _page(app: BaseApp, key: Key, home: Landscape | None) -> Made:
    key = key.kept_on
    page = app.service.page(key, home, home.as_at if home else app.day, app.units)
    if key.kind == "activity":
        from navigator.ui.screens.plan import ActivityScreen

        return partial(ActivityScreen, page, home)
    if key.kind in ("place", "alike", "compare"):
        from navigator.ui.screens.local import PlaceScreen

        return partial(PlaceScreen, page, home)
    from navigator.ui.screens.body import BodyScreen

    return partial(BodyScreen, page, home)


def _overlap(app: BaseApp, key: Key, home: Landscape | None) -> Made:
    from navigator.domain.around import Scope
    from navigator.ui.screens.local import OverlapScreen

    home = home or app.service.landscape(int(key.id), app.day)
    scope, radius = Scope(), app.settings.radius
    if radius:
        scope = Scope(miles=radius if app.units == "miles" else round(radius / KM_A_MILE, 1))
    return partial(OverlapScreen, app.service.overlap(home, scope), home)


def _map(app: BaseApp, key: Key, home: Landscape | None) -> Made:
    from navigator.ui.screens.map import MapScreen

    ground = app.service.ground(key.name, home, home.as_at if home else app.day)
    return partial(MapScreen, ground, home)


def _review(app: BaseApp, key: Key, _: Landscape | None) -> Made:
    from navigator.ui.screens.review import ReviewScreen

    return partial(ReviewScreen, app.review_of(int(key.id)))


def _changes(app: BaseApp, _: Key, __: Landscape | None) -> Made:
    from navigator.ui.screens.changes import ChangesScreen

    return partial(ChangesScreen, app.service.changes(app.settings.school, clock.today()))


def _update(app: BaseApp, _: Key, __: Landscape | None) -> Made:
    from navigator.ui.screens.update import UpdateScreen

    return partial(UpdateScreen, app.service.update_server(app.settings.register_url))


OPENERS: dict[str, Callable[[BaseApp, Key, Landscape | None], Made]] = {
    "school": _school,
    "overlap": _overlap,
    "map": _map,
    "review": _review,
    "changes": _changes,
    "update": _update,
}
"""Of all other kinds a page is shown."""
