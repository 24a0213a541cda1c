"""The form of the head's settings: each key of `SETTINGS` that has a label there."""

from __future__ import annotations

from navigator.records import settings
from navigator.ui.base_app import BaseApp
from navigator.ui.forms.boxes import refusal, told_of
from navigator.ui.forms.form import Box, FormScreen, Values


def ask_settings(app: BaseApp) -> None:
    """Show the settings in use, and use and keep what is typed in their place."""
    fields = [
        Box(key, s.label.format(unit=app.units), _shown(getattr(app.settings, key)), s.hint)
        for key, s in settings.SETTINGS.items()
        if s.label
    ]

    async def save(values: Values) -> None:
        numbers = {}
        for field in fields:
            with told_of(field.key):
                numbers[field.key] = settings.typed(field.key, field.label, values[field.key])
        school = numbers["school"]
        if school is not None and app.service.find_school(school) is None:
            raise refusal("school", f"No school with URN {school} is on the register in use.")
        app.remember(**numbers)
        app.draw_again()

    app.push_screen(FormScreen("Settings", "Kept in settings.toml", fields, save))


def _shown(number: float | None) -> str:
    return "" if number is None else f"{number:.12g}"
