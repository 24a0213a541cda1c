"""A published list in the app: a file or what is pasted, then what was understood, then kept.

Nothing is kept before all that was understood, and each doubt, has been shown.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from navigator.core import clock, paths
from navigator.ui.base import NavigatorScreen
from navigator.ui.base_app import BaseApp
from navigator.ui.forms.boxes import refusal, told_of
from navigator.ui.forms.form import Box, FormScreen, SaveWords, Values

if TYPE_CHECKING:
    from navigator.domain.published.understood import UnderstoodList

KIND = "Published list"
READS = SaveWords("Read", "reads it", "read")
KEEPS = SaveWords("Keep", "keeps the list", "kept")


def ask(app: BaseApp, programme: str, name: str) -> None:
    """Ask for the list of a programme's hubs, and show what is understood of it."""

    async def save(values: Values) -> None:
        found = await asyncio.to_thread(_understand, app, programme, values)
        app.call_later(_look, app, found)

    boxes = [
        Box("file", "File", hint="CSV, XLSX, ODS or a saved page (.html)", saves=True),
        Box("pasted", "Or its lines, pasted here", many=True),
        Box("source", "Where it is from", hint="its address; else the file's name"),
    ]
    said = "Enter in File, or Ctrl+S, reads it. What is understood is shown before any is kept."
    title = f"The hubs of {name}"
    app.push_screen(FormScreen(KIND, title, boxes, save, said, about=programme, words=READS))


def _understand(app: BaseApp, programme: str, values: Values) -> UnderstoodList:
    typed, pasted = values["file"].strip(), values["pasted"]
    if bool(typed) == bool(pasted.strip()):
        said = "Name a file, or paste the lines of the list: one of the two."
        raise refusal("file", said)
    with told_of("file" if typed else "pasted"):
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

    async def save(values: Values) -> None:
        kept = found._replace(source=values["source"].strip() or found.source)
        await asyncio.to_thread(app.service.keep_list, kept)
        for screen in app.screen_stack:
            if isinstance(screen, NavigatorScreen):
                screen.reload()
        name = found.programme.id
        app.say(f"Kept. To go back: navigator facts import --undo --programme {name}")

    box = Box("source", "Where it is from", found.source)
    said = (
        f"{list_review.summary(found)}. Not kept yet: Ctrl+S keeps it, without what is in doubt; "
        "Esc leaves all as it was. ↓ and PgDn read on."
    )
    below = "\n".join(list_review.beginning_with_doubts(found))

    def left(kept: bool | None) -> None:
        if not kept:
            app.say("The list wasn't kept: all is as it was.")

    title, of = f"The hubs of {found.programme.name}", f"{found.programme.id} {found.source}"
    form = FormScreen(KIND, title, [box], save, said, about=of, below=below, words=KEEPS)
    app.push_screen(form, left)
