"""Exporting what is on the screen: a form for what to write, and where."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from navigator import clock, wording
from navigator.errors import NavigatorError, RefusedError
from navigator.export import files, forms
from navigator.export.sheet import PARTS, held_text, sheet
from navigator.model import Landscape, School
from navigator.ui.screens.form import Field, FormScreen, Values

if TYPE_CHECKING:
    from navigator.review import LocalReview
    from navigator.ui.app import NavigatorApp

KINDS = "html (a page for governors), markdown, csv or json"
SAID = "Your notes and contacts stay out of it unless you name them here."
REVIEW_KINDS = "html (a page for a heads' meeting) or markdown"
REVIEW_SAID = "Your words are in it. " + SAID

Make = Callable[[str, Sequence[str]], tuple[bytes, str]]
"""The bytes of a file in a form, and what of the head's named parts it holds, in words."""


class Asked(NamedTuple):
    """What can be exported: of which school, how its files' names end by form, how it is made."""

    title: str
    school: School
    kinds: str
    said: str
    suffixes: Mapping[str, str]
    make: Make
    word: str = ""


def ask(app: NavigatorApp, landscape: Landscape) -> None:
    """Ask in which form and where to write a landscape, and write it off the event loop."""

    def make(form: str, parts: Sequence[str]) -> tuple[bytes, str]:
        radius = app.settings.radius
        one = sheet(landscape, app.units, radius=radius, parts=parts, today=clock.today())
        return forms.document(form, [one], app.atlas.find_school), held_text([one])

    title = "Export this landscape"
    _ask(app, Asked(title, landscape.school, KINDS, SAID, forms.SUFFIXES, make))


def ask_review(app: NavigatorApp, shown: LocalReview) -> None:
    """As `ask`, for a school's review."""
    from navigator.export import review

    school = shown.landscape.school

    def make(form: str, parts: Sequence[str]) -> tuple[bytes, str]:
        found = app.review_of(school.urn, parts)
        return review.document(form, found, clock.today()), review.held_text(found)

    title = "Export this review"
    asked = Asked(title, school, REVIEW_KINDS, REVIEW_SAID, review.SUFFIXES, make, "review")
    _ask(app, asked)


def _ask(app: NavigatorApp, asked: Asked) -> None:
    name = wording.plain(asked.school.name)
    default = str(_documents() / _file_name(asked, "html"))
    fields = (
        Field("form", f"Form: {asked.kinds}", "html", "html", offer=tuple(asked.suffixes)),
        Field("file", "File, or a folder", default),
        Field("parts", "Of yours: notes, contacts", "", "nothing of yours", offer=PARTS),
    )

    async def save(values: Values) -> str:
        try:
            file, held = await asyncio.to_thread(_write, asked, values, default)
        except NavigatorError as error:
            return str(error)
        told = f"Wrote {file}." + (f" {held} Think who should see it." if held else "")
        app.notify(told, timeout=12, markup=False)
        return ""

    app.push_screen(FormScreen(asked.title, name, fields, save, asked.said))


def _file_name(asked: Asked, form: str) -> str:
    number = f"{asked.school.urn} {asked.word}".strip()
    return files.file_name(asked.school.name, number, asked.suffixes[form])


def _write(asked: Asked, values: Values, default: str) -> tuple[Path, str]:
    """(the file, what of the head's it holds). Raises RefusedError."""
    form = values["form"].strip().casefold()
    if form not in asked.suffixes:
        said = wording.plain(form)[:40] or "Nothing"
        raise RefusedError(f"{said!r} is no form. Give {asked.kinds}.")
    parts = values["parts"].replace(",", " ").casefold().split()
    for part in parts:
        if part not in PARTS:
            raise RefusedError(
                f"{wording.plain(part)[:40]!r} can't be put in: notes and contacts can."
            )
    data, held = asked.make(form, parts)
    typed = values["file"].strip()
    if not typed:
        raise RefusedError("Give a file's name, or a folder.")
    target = Path(typed)
    if typed == default:  # the name was ours: its end goes with the form
        target = target.with_suffix(asked.suffixes[form])
    file = files.place(target, _file_name(asked, form))
    with files.whole(file, force=None) as out:
        out.write(data)
    return file, held


def _documents() -> Path:
    """The user's folder for documents, else their home."""
    import platformdirs

    folder = Path(platformdirs.user_documents_dir())
    return folder if folder.is_dir() else Path.home()
