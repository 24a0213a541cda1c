"""Exporting what is on the screen: a form for what to write, and where."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textual import on
from textual.widgets import Input

from navigator.core import clock, wording
from navigator.core.errors import NavigatorError, RefusedError
from navigator.core.model import Landscape
from navigator.export import forms
from navigator.export.sheet import PARTS, held_text, sheet
from navigator.storage import whole_file
from navigator.ui.forms.form import Field, FormScreen, Values

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from navigator.domain.overlaps import Overlap
    from navigator.ui.app import NavigatorApp
    from navigator.view.review import LocalReview
    from navigator.view.sections import Page

KINDS = "html (a page for governors), markdown, csv or json"
SAID = "Your notes and contacts stay out of it unless you name them here."
REVIEW_KINDS = "html (a page for a heads' meeting) or markdown"
REVIEW_SAID = "Your words are in it. " + SAID
TABLES = {"csv": ".csv", "json": ".json", "text": ".txt"}
TABLE_KINDS = "csv (a table), json or text"

Make = Callable[[str, Sequence[str]], tuple[bytes, str]]
"""The bytes of a file in a form, and what of the head's named parts it holds, in words."""


class Asked(NamedTuple):
    """What can be exported.

    `name` and `number` are those of a file that isn't named, `suffixes` how it ends by form, the
    usual form first; `kinds` are the forms in words; `parts` what of the head's own may be named.
    """

    title: str
    name: str
    number: str
    kinds: str
    said: str
    suffixes: Mapping[str, str]
    make: Make
    parts: tuple[str, ...] = PARTS

    def file_name(self, form: str) -> str:
        return whole_file.file_name(self.name, self.number, self.suffixes[form])


def ask(app: NavigatorApp, landscape: Landscape) -> None:
    """Ask in which form and where to write a landscape, and write it off the event loop."""
    school = landscape.school

    def make(form: str, parts: Sequence[str]) -> tuple[bytes, str]:
        radius = app.settings.radius
        one = sheet(landscape, app.units, radius=radius, parts=parts, today=clock.today())
        return forms.document(form, [one], app.service.find_school), held_text([one])

    title = "Export this landscape"
    open_form(app, Asked(title, school.name, str(school.urn), KINDS, SAID, forms.SUFFIXES, make))


def ask_review(app: NavigatorApp, shown: LocalReview) -> None:
    """As `ask`, for a school's review."""
    from navigator.export import review

    school = shown.landscape.school

    def make(form: str, parts: Sequence[str]) -> tuple[bytes, str]:
        found = app.review_of(school.urn, parts)
        return review.document(form, found, clock.today()), review.held_text(found)

    title, number = "Export this review", f"{school.urn} review"
    asked = Asked(title, school.name, number, REVIEW_KINDS, REVIEW_SAID, review.SUFFIXES, make)
    open_form(app, asked)


def ask_figures(app: NavigatorApp, page: Page, day: date) -> None:
    """As `ask`, for the figures of a place's page."""

    def make(form: str, _parts: Sequence[str]) -> tuple[bytes, str]:
        from navigator.export import locality

        profiles = app.service.profiles(page.key, day)
        if form == "csv":
            return locality.figures_csv(profiles), ""
        if form == "json":
            return "".join(f"{locality.profile_json(p)}\n" for p in profiles).encode(), ""
        return f"{locality.page_text(page)}\n".encode(), ""

    title = "Export these figures"
    open_form(app, Asked(title, page.title, "", TABLE_KINDS, "", TABLES, make, ()))


def ask_overlap(app: NavigatorApp, page: Page, overlap: Overlap) -> None:
    """As `ask`, for an overlap."""

    def make(form: str, _parts: Sequence[str]) -> tuple[bytes, str]:
        from navigator.export import locality

        if form == "csv":
            return locality.overlap_csv(overlap), ""
        if form == "json":
            return f"{locality.overlap_json(overlap)}\n".encode(), ""
        return f"{locality.page_text(page)}\n".encode(), ""

    title, number = "Export this overlap", f"{overlap.home.urn} overlap"
    open_form(app, Asked(title, page.title, number, TABLE_KINDS, "", TABLES, make, ()))


PLAN_FORMS = {"html": ".html", "markdown": ".md", "ics": ".ics", "csv": ".csv", "json": ".jsonl"}
PLAN_KINDS = "html (a page for governors), markdown, ics (a calendar), csv or json"
PLAN_SAID = "Names of people stay out of it unless you name them here."


def ask_plan(app: NavigatorApp, year: int) -> None:
    """As `ask`, for the plan: its page is of one academic year, the others of all."""
    from navigator.domain.plan import year as years

    def make(form: str, parts: Sequence[str]) -> tuple[bytes, str]:
        return _plan_document(app, form, None, year, parts)

    title, number = "Export the plan", years.name(year)
    asked = Asked(
        title,
        "Professional learning",
        number,
        PLAN_KINDS,
        PLAN_SAID,
        PLAN_FORMS,
        make,
        ("people",),
    )
    open_form(app, asked)


def ask_activity(app: NavigatorApp, activity: str, title: str) -> None:
    """As `ask`, for the dates of one activity."""

    def make(form: str, parts: Sequence[str]) -> tuple[bytes, str]:
        return _plan_document(app, form, activity, 0, parts)

    suffixes = {form: PLAN_FORMS[form] for form in ("ics", "json")}
    said = "Its sessions for Outlook, Google and others. " + PLAN_SAID
    kinds = "ics (a calendar) or json"
    asked = Asked("Export this activity", title, "", kinds, said, suffixes, make, ("people",))
    open_form(app, asked)


def _plan_document(
    app: NavigatorApp, form: str, activity: str | None, year: int, parts: Sequence[str]
) -> tuple[bytes, str]:
    from navigator.export import plan

    people = "people" in parts
    chosen = app.service.record().activities
    if activity is not None:
        chosen = tuple(a for a in chosen if a.id == activity)
    if not chosen:
        raise RefusedError("There is nothing in the plan to write.")
    data = plan.document(app.service, form, chosen, year, people=people, school=app.settings.school)
    held = "It holds names of people." if people and any(a.names_people for a in chosen) else ""
    return data, held


def open_form(app: NavigatorApp, asked: Asked) -> None:
    """Ask for form and file, and write it off the event loop; what is refused is said there."""
    usual = next(iter(asked.suffixes))
    default = str(_documents() / asked.file_name(usual))
    fields = [
        Field("form", f"Form: {asked.kinds}", usual, usual, offer=tuple(asked.suffixes)),
        Field("file", "File, or a folder", default),
    ]
    if asked.parts:
        label = f"Of yours: {', '.join(asked.parts)}"
        fields.append(Field("parts", label, "", "nothing of yours", offer=asked.parts))

    async def save(values: Values) -> str:
        try:
            file, held = await asyncio.to_thread(_write, asked, values, default)
        except NavigatorError as error:
            return str(error)
        told = f"Wrote {file}." + (f" {held} Think who should see it." if held else "")
        app.notify(told, timeout=12, markup=False)
        return ""

    form = ExportForm(asked.title, wording.plain(asked.name), fields, save, asked.said)
    form.names = _ours(asked, default)
    app.push_screen(form)


class ExportForm(FormScreen):
    """The end of the file's name goes with the form, as long as the name is ours."""

    names: Mapping[str, str]

    @on(Input.Changed, "#field-form")
    def _rename(self, event: Input.Changed) -> None:
        file = self.query_one("#field-file", Input)
        name = self.names.get(event.value.strip().casefold())
        if name and file.value in self.names.values():
            file.value = name


def _ours(asked: Asked, default: str) -> dict[str, str]:
    """By form, the file that is written where the head names no other."""
    return {form: str(Path(default).with_suffix(end)) for form, end in asked.suffixes.items()}


def _write(asked: Asked, values: Values, default: str) -> tuple[Path, str]:
    """(the file, what of the head's it holds). Raises RefusedError."""
    form = values["form"].strip().casefold()
    if form not in asked.suffixes:
        said = wording.plain(form)[:40] or "Nothing"
        raise RefusedError(f"{said!r} is no form. Give {asked.kinds}.")
    parts = values.get("parts", "").replace(",", " ").casefold().split()
    for part in parts:
        if part not in asked.parts:
            can = " and ".join(asked.parts)
            raise RefusedError(f"{wording.plain(part)[:40]!r} can't be put in: {can} can.")
    data, held = asked.make(form, parts)
    typed = values["file"].strip()
    if not typed:
        raise RefusedError("Give a file's name, or a folder.")
    target = Path(typed)
    ours = _ours(asked, default)
    if typed in ours.values():
        target = Path(ours[form])
    file = whole_file.place(target, asked.file_name(form))
    with whole_file.whole(file, force=None) as out:
        out.write(data)
    return file, held


def _documents() -> Path:
    """The user's folder for documents, else their home."""
    import platformdirs

    folder = Path(platformdirs.user_documents_dir())
    return folder if folder.is_dir() else Path.home()
