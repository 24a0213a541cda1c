"""Exporting the landscape on the screen: a form for what to write, and where."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from navigator import clock, wording
from navigator.errors import NavigatorError, RefusedError
from navigator.export import files, forms
from navigator.export.sheet import PARTS, held_text, sheet
from navigator.model import Landscape
from navigator.ui.screens.form import Field, FormScreen, Values

if TYPE_CHECKING:
    from navigator.ui.app import NavigatorApp

KINDS = "html (a page for governors), markdown, csv or json"
SAID = "Your notes and contacts stay out of it unless you name them here."


def ask(app: NavigatorApp, landscape: Landscape) -> None:
    """Ask in which form and where to write a landscape, and write it off the event loop."""
    school = landscape.school
    name = wording.plain(school.name)
    default = str(_documents() / files.file_name(name, str(school.urn), forms.SUFFIXES["html"]))
    fields = (
        Field("form", f"Form: {KINDS}", "html", "html", offer=tuple(forms.SUFFIXES)),
        Field("file", "File, or a folder", default),
        Field("parts", "Of yours: notes, contacts", "", "nothing of yours", offer=PARTS),
    )

    async def save(values: Values) -> str:
        try:
            file, held = await asyncio.to_thread(_write, app, landscape, values, default)
        except NavigatorError as error:
            return str(error)
        told = f"Wrote {file}." + (f" {held} Think who should see it." if held else "")
        app.notify(told, timeout=12, markup=False)
        return ""

    app.push_screen(FormScreen("Export this landscape", name, fields, save, SAID))


def _write(
    app: NavigatorApp, landscape: Landscape, values: Values, default: str
) -> tuple[Path, str]:
    """(the file, what of the head's it holds). Raises RefusedError."""
    form = values["form"].strip().casefold()
    if form not in forms.SUFFIXES:
        raise RefusedError(f"{wording.plain(form)[:40] or 'Nothing'!r} is no form. Give {KINDS}.")
    parts = values["parts"].replace(",", " ").casefold().split()
    for part in parts:
        if part not in PARTS:
            raise RefusedError(
                f"{wording.plain(part)[:40]!r} can't be put in: notes and contacts can."
            )
    one = sheet(landscape, app.units, radius=app.settings.radius, parts=parts, today=clock.today())
    data = forms.document(form, [one], app.atlas.find_school)
    typed = values["file"].strip()
    if not typed:
        raise RefusedError("Give a file's name, or a folder.")
    target = Path(typed)
    if typed == default:  # the name was ours: its end goes with the form
        target = target.with_suffix(forms.SUFFIXES[form])
    school = landscape.school
    name = files.file_name(school.name, str(school.urn), forms.SUFFIXES[form])
    file = files.place(target, name)
    with files.whole(file, force=None) as out:
        out.write(data)
    return file, held_text([one])


def _documents() -> Path:
    """The user's folder for documents, else their home."""
    import platformdirs

    folder = Path(platformdirs.user_documents_dir())
    return folder if folder.is_dir() else Path.home()
