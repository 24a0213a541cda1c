"""Where `l` (local) and `=` (compare) lead from each screen."""

from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING, Any

from navigator.core.errors import NavigatorError
from navigator.core.grid import KM_A_MILE
from navigator.core.keys import Key
from navigator.core.model import Landscape
from navigator.domain.around import WIDEST_MILES, Scope
from navigator.ui.forms.form import Field, FormScreen, Values
from navigator.ui.screens.local import OverlapScreen
from navigator.view.sections import Card

if TYPE_CHECKING:
    from navigator.ui.app import NavigatorApp


def widen(app: NavigatorApp) -> None:
    """One step wider: a school's overlap, the profile of its scope, then the areas alike."""
    screen: Any = app.screen
    home = _home(screen)
    key = screen.page.key if hasattr(screen, "page") else ""
    kind, _, name = key.partition(":")
    if isinstance(screen, OverlapScreen):
        follow(app, _scope_key(screen), screen.home)
    elif kind in ("la", "own"):
        follow(app, f"place:{key}", home)
    elif kind == "place" and name.startswith("la:"):
        follow(app, f"alike:{name.removeprefix('la:')}", home)
    elif kind in ("place", "alike", "compare") and home is not None and home.authority:
        follow(app, f"place:la:{home.authority.authority.code}", home)
    elif home is not None:
        app.open_overlap(home, Scope(miles=_miles(app)))
    else:
        app.say("Open a school or an authority first: l tells what is local to it.", wrong=True)


def _scope_key(screen: OverlapScreen) -> str:
    """The place of an overlap's schools; of the nearest so many, what reaches the furthest."""
    scope, home = screen.scope, screen.home
    if scope.kind == "la" and home.authority:
        return f"place:la:{home.authority.authority.code}"
    if scope.kind == "own":
        return f"place:own:{scope.own}"
    miles = scope.miles
    if scope.kind == "number" and screen.overlap.rows:
        km = max(row.km or 0 for row in screen.overlap.rows)
        miles = min(math.ceil(10 * km / KM_A_MILE) / 10, WIDEST_MILES)
    return f"place:radius:{home.school.urn}@{miles:g}"


def _miles(app: NavigatorApp) -> float:
    """How far "nearby" reaches in the head's settings, in miles; 3 where they don't say."""
    radius = app.settings.radius
    if not radius:
        return Scope().miles
    return radius if app.units == "miles" else round(radius / KM_A_MILE, 1)


def compare(app: NavigatorApp) -> None:
    """The line under the cursor beside what the screen is about; where neither fits, ask."""
    screen: Any = app.screen
    home = _home(screen)
    card = getattr(screen, "target", None) or Card()
    here = _place(getattr(getattr(screen, "page", None), "key", ""), home)
    there = _place(card.key, None)
    if there and here and there != here:
        follow(app, f"compare:{here}|{there}", home)
    elif card.urn and home is not None and card.urn != home.school.urn:
        follow(app, f"pair:{home.school.urn}|{card.urn}", home)
    elif here:
        _ask_with(app, here, home)
    else:
        app.say(
            "Move to a school or an authority: = shows it beside yours, and what both share.",
            wrong=True,
        )


def _place(key: str, home: Landscape | None) -> str:
    """The place that a body's or a page's key means, "" for none; else the home's authority."""
    kind, _, name = key.partition(":")
    if kind == "place":
        return name
    if kind == "alike":
        return f"la:{name}"
    if kind == "compare":
        return name.partition("|")[0]
    if kind in ("la", "own"):
        return key
    return f"la:{home.authority.authority.code}" if home and home.authority else ""


def _ask_with(app: NavigatorApp, here: str, home: Landscape | None) -> None:
    async def save(values: Values) -> str:
        try:
            place = await asyncio.to_thread(app.service.place, values["place"])
        except NavigatorError as error:
            return str(error)
        app.call_later(follow, app, f"compare:{here}|{place.key}", home)
        return ""

    field = Field("place", "With", hint="an authority, district or region: name or code")
    app.push_screen(FormScreen("Compare", "Two places side by side", (field,), save))


def ask_place(app: NavigatorApp) -> None:
    """Ask for a place and show its profile."""
    home = _home(app.screen)

    async def save(values: Values) -> str:
        try:
            miles = float(values["miles"]) if values["miles"].strip() else None
        except ValueError:
            return f"“{values['miles'][:20]}” is no number of miles. Write it as 3 or 2.5."
        try:
            place = await asyncio.to_thread(app.service.place, values["place"], miles)
        except NavigatorError as error:
            return str(error)
        app.call_later(follow, app, f"place:{place.key}", home)
        return ""

    fields = (
        Field("place", "Place", hint="authority, district, region, england, or a URN"),
        Field("miles", "Miles around it, for a URN", hint="3"),
    )
    app.push_screen(FormScreen("Profile", "Figures about a place", fields, save))


def follow(app: NavigatorApp, key: str, home: Landscape | None) -> None:
    """Open the page of a key."""
    app.follow(Card(Key(key)), home)


def _home(screen: Any) -> Landscape | None:
    return getattr(screen, "landscape", None) or getattr(screen, "home", None)
