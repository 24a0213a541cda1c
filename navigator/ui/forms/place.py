"""Asking for a place: to show its profile, or to set it beside another."""

from __future__ import annotations

import asyncio

from navigator.core.keys import Key
from navigator.core.landscape import Landscape
from navigator.ui.base_app import BaseApp
from navigator.ui.forms.boxes import refusal, told_of
from navigator.ui.forms.form import Box, FormScreen, Values


def ask_place(app: BaseApp, home: Landscape | None) -> None:
    """Ask for a place and show its profile."""

    async def save(values: Values) -> None:
        typed = values["miles"].strip()
        try:
            miles = float(typed) if typed else None
        except ValueError:
            raise refusal(
                "miles", f"“{typed[:20]}” is no number of miles. Write it as 3 or 2.5."
            ) from None
        with told_of("place"):
            place = await asyncio.to_thread(app.service.place, values["place"], miles)
        app.call_later(app.open, Key.of("place", place.key), home)

    fields = (
        Box("place", "Place", hint="authority, district, region, england, or a URN"),
        Box("miles", "Miles around it, for a URN", hint="3"),
    )
    app.push_screen(FormScreen("Profile", "Figures about a place", fields, save))


def ask_other(app: BaseApp, here: Key, home: Landscape | None) -> None:
    """Ask which place to show beside one."""

    async def save(values: Values) -> None:
        with told_of("place"):
            place = await asyncio.to_thread(app.service.place, values["place"])
        app.call_later(app.open, Key.both("compare", here, place.key), home)

    field = Box("place", "With", hint="an authority, district or region: name or code")
    app.push_screen(FormScreen("Compare", "Two places side by side", (field,), save, about=here))
