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
    from collections.abc import Callable
    from datetime import date

    from navigator.locality import Overlap
    from navigator.pages import Page
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


def ask_figures(app: NavigatorApp, page: Page, day: date) -> None:
    """Ask where to write the figures of a place's page."""

    def make(form: str) -> bytes:
        from navigator.export import locality

        profiles = app.atlas.profiles(page.key, day)
        if form == "csv":
            return locality.figures_csv(profiles)
        if form == "json":
            return "".join(f"{locality.profile_json(p)}\n" for p in profiles).encode()
        return f"{locality.page_text(page)}\n".encode()

    _ask_table(app, "Export these figures", page.title, make)


def ask_overlap(app: NavigatorApp, page: Page, overlap: Overlap) -> None:
    """Ask where to write an overlap."""

    def make(form: str) -> bytes:
        from navigator.export import locality

        if form == "csv":
            return locality.overlap_csv(overlap)
        if form == "json":
            return f"{locality.overlap_json(overlap)}\n".encode()
        return f"{locality.page_text(page)}\n".encode()

    _ask_table(app, "Export this overlap", f"{page.title} overlap", make)


TABLES = {"csv": ".csv", "json": ".json", "text": ".txt"}
"""The forms in which figures are handed on."""


def _ask_table(app: NavigatorApp, title: str, name: str, make: Callable[[str], bytes]) -> None:
    default = str(_documents() / files.file_name(name, "", TABLES["csv"]))
    fields = (
        Field("form", "Form: csv (a table), json or text", "csv", "csv", offer=tuple(TABLES)),
        Field("file", "File, or a folder", default),
    )

    def write(values: Values) -> Path:
        form = values["form"].strip().casefold()
        if form not in TABLES:
            raise RefusedError(f"{wording.plain(form)[:40]!r} is no form. Give csv, json or text.")
        typed = values["file"].strip()
        if not typed:
            raise RefusedError("Give a file's name, or a folder.")
        target = Path(typed)
        if typed == default:  # the name was ours: its end goes with the form
            target = target.with_suffix(TABLES[form])
        file = files.place(target, files.file_name(name, "", TABLES[form]))
        data = make(form)
        with files.whole(file, force=None) as out:
            out.write(data)
        return file

    async def save(values: Values) -> str:
        try:
            file = await asyncio.to_thread(write, values)
        except NavigatorError as error:
            return str(error)
        app.notify(f"Wrote {file}.", timeout=12, markup=False)
        return ""

    app.push_screen(FormScreen(title, wording.plain(name), fields, save))


def _documents() -> Path:
    """The user's folder for documents, else their home."""
    import platformdirs

    folder = Path(platformdirs.user_documents_dir())
    return folder if folder.is_dir() else Path.home()
