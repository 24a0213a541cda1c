"""A published list in the app: a file or what is pasted, then what was understood, then kept.

Nothing is kept before all that was understood, and each doubt, has been shown.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from navigator.core import clock, paths
from navigator.core.errors import NavigatorError, RefusedError
from navigator.ui.base import BaseApp, NavigatorScreen
from navigator.ui.forms.form import Box, FormScreen, Values

if TYPE_CHECKING:
    from navigator.domain.published.understood import UnderstoodList

KIND = "Published list"


def ask(app: BaseApp, programme: str, name: str) -> None:
    """Ask for the list of a programme's hubs, and show what is understood of it."""

    async def save(values: Values) -> str:
        try:
            found = await asyncio.to_thread(_understand, app, programme, values)
        except NavigatorError as error:
            return str(error)
        app.call_later(_look, app, found)
        return ""

    boxes = [
        Box("file", "File", hint="CSV, XLSX, ODS or a saved page (.html)"),
        Box("pasted", "Or its lines, pasted here", many=True),
        Box("source", "Where it is from", hint="its address; else the file's name"),
    ]
    said = "What is understood is shown first, with every doubt; nothing is kept before."
    app.push_screen(FormScreen(KIND, f"The hubs of {name}", boxes, save, said, about=programme))


def _understand(app: BaseApp, programme: str, values: Values) -> UnderstoodList:
    typed, pasted = values["file"].strip(), values["pasted"]
    if bool(typed) == bool(pasted.strip()):
        raise RefusedError("Name a file, or paste the lines of the list: one of the two.")
    return app.service.understand_list(
        paths.typed_path(typed) if typed else pasted,
        programme,
        source=values["source"],
        sheet="",
        columns={},
        day=clock.today(),
    )


def _look(app: BaseApp, found: UnderstoodList) -> None:
    """Show what was understood; Ctrl+S keeps it."""
    from navigator.view import list_review

    async def save(values: Values) -> str:
        kept = found._replace(source=values["source"].strip() or found.source)
        try:
            await asyncio.to_thread(app.service.keep_list, kept)
        except NavigatorError as error:
            return str(error)
        for screen in app.screen_stack:
            if isinstance(screen, NavigatorScreen):
                screen.reload()
        name = found.programme.id
        app.say(f"Kept. To go back: navigator facts import --undo --programme {name}")
        return ""

    box = Box("source", "Where it is from", found.source)
    said = f"{list_review.summary(found)}. Ctrl+S keeps it, without what is in doubt; Esc doesn't."
    below = "\n".join(list_review.beginning_with_doubts(found))
    of = f"{found.programme.id} {found.source}"
    form = FormScreen(KIND, found.programme.name, [box], save, said, about=of, below=below)
    app.push_screen(form)
