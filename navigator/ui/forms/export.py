"""Exporting what is on the screen: a form for what to write, and where."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textual import on
from textual.widgets import Input

from navigator.core import cleaning, clock
from navigator.core.errors import RefusedError
from navigator.export import forms
from navigator.storage import whole_file
from navigator.ui.base_app import BaseApp
from navigator.ui.forms.boxes import refusal, told_of
from navigator.ui.forms.form import Box, FormScreen, Values

if TYPE_CHECKING:
    from datetime import date

    from navigator.core.keys import Key
    from navigator.core.landscape import Landscape
    from navigator.domain.overlaps import Overlap
    from navigator.export.forms import Exported, Subject
    from navigator.view.review import LocalReview
    from navigator.view.sections import Page

SMALL_WORDS = frozenset({"and", "my", "our", "the", "of", "mine"})
"""What may stand around the names of parts."""
NOTHING = frozenset({"no", "none", "nothing"})
"""What stands for none of them; beside a name it is refused, not passed over."""


class Asked(NamedTuple):
    """What is asked for: what of the table of forms, what gathers it with the head's named parts,
    the name and number of a file that isn't named, what it is of where those don't tell, and words
    of which one says how much of it (it is among the parts)."""

    subject: Subject
    gather: Callable[[Sequence[str]], Exported]
    name: str
    number: str = ""
    of: str = ""
    which: tuple[str, ...] = ()

    def file_name(self, form: str) -> str:
        return whole_file.file_name(self.name, self.number, self.subject.files[form].suffix)


def ask(app: BaseApp, landscape: Landscape) -> None:
    """Ask in which form and where to write a landscape, and write it off the event loop."""

    def gather(parts: Sequence[str]) -> Exported:
        from navigator.export.landscapes import LandscapeExport
        from navigator.view.documents import sheet

        radius, today = app.settings.radius, clock.today()
        one = sheet(landscape, app.units, radius=radius, parts=parts, today=today)
        return LandscapeExport([one], app.service.find_school)

    school = landscape.school
    open_form(app, Asked(forms.LANDSCAPE, gather, school.name, str(school.urn)))


def ask_schools(app: BaseApp, key: Key, name: str) -> None:
    """As `ask`, for the landscapes of all open schools of a body."""

    def gather(parts: Sequence[str]) -> Exported:
        from navigator.export.landscapes import LandscapeExport
        from navigator.view.documents import sheet

        service, day, today = app.service, app.day, clock.today()
        radius, record = app.settings.radius, service.record()
        urns = service.urns_of(service.body_meant(key, day), day)
        if not urns:
            raise RefusedError("No open state-funded school of it is in the register in use.")
        around = (service.landscape(urn, day, record) for urn in urns)
        sheets = [sheet(one, app.units, radius=radius, parts=parts, today=today) for one in around]
        return LandscapeExport(sheets, service.find_school, name)

    subject = forms.LANDSCAPE._replace(title="Export the landscapes of its schools")
    open_form(app, Asked(subject, gather, name, of=key))


def ask_review(app: BaseApp, shown: LocalReview) -> None:
    """As `ask`, for a school's review."""
    school = shown.landscape.school

    def gather(parts: Sequence[str]) -> Exported:
        from navigator.export.review import ReviewExport

        return ReviewExport(app.review_of(school.urn, parts))

    open_form(app, Asked(forms.REVIEW, gather, school.name, f"{school.urn} review"))


def ask_figures(app: BaseApp, page: Page, day: date) -> None:
    """As `ask`, for the figures of a place's page."""

    def gather(_parts: Sequence[str]) -> Exported:
        from navigator.export.locality import FiguresExport

        return FiguresExport(app.service.profiles(page.key, day), app.service.info, lambda: page)

    open_form(app, Asked(forms.FIGURES, gather, page.title, of=page.key))


def ask_overlap(app: BaseApp, page: Page, overlap: Overlap) -> None:
    """As `ask`, for an overlap."""

    def gather(_parts: Sequence[str]) -> Exported:
        from navigator.export.locality import OverlapExport

        return OverlapExport(overlap, app.service.info, lambda: page)

    open_form(app, Asked(forms.OVERLAP, gather, page.title, f"{overlap.home.urn} overlap"))


def ask_plan(app: BaseApp, year: int, seen: Sequence[Key] = ()) -> None:
    """As `ask`, for the plan: its page is of one academic year, the others of all; of the schools
    and trusts `seen`, none for all."""
    from navigator.domain.plan import year as years

    asked = Asked(
        forms.PLAN, _of_plan(app, year, seen=seen), "Professional learning", years.name(year)
    )
    open_form(app, asked)


def ask_activity(app: BaseApp, activity: str, title: str) -> None:
    """As `ask`, for the dates of one activity."""
    open_form(app, Asked(forms.ACTIVITY, _of_plan(app, 0, activity), title, of=activity))


def ask_cover(app: BaseApp, year: int, week: date | None, seen: Sequence[Key] = ()) -> None:
    """As `ask`, for cover sheets: of the week under the cursor, or of others of its year; of the
    school looked at."""
    from navigator.domain.plan import year as years

    which = (*(("week",) if week else ()), "term", "year")

    def gather(parts: Sequence[str]) -> Exported:
        from navigator.export import cover

        schools = app.service.plan_schools(seen)
        if week and "week" in parts:
            weeks = cover.of_week(app.service, week, schools)
        elif "term" in parts:
            among = years.terms(year, app.service.record().days)
            term = years.term_of(week or clock.today(), among)
            weeks = cover.of_term(app.service, year, term, schools)
        else:
            weeks = cover.of_year(app.service, year, schools)
        school = schools.one() or app.settings.school
        return cover.CoverExport(app.service, weeks, "people" in parts, school)

    number = week.isoformat() if week else years.name(year)
    open_form(app, Asked(forms.COVER, gather, "Cover", number, which=which))


def _of_plan(
    app: BaseApp, year: int, activity: str = "", seen: Sequence[Key] = ()
) -> Callable[[Sequence[str]], Exported]:
    def gather(parts: Sequence[str]) -> Exported:
        from navigator.export.plan import PlanExport

        schools = app.service.plan_schools(seen)
        every = schools.narrowed(app.service.record()).activities
        chosen = [a for a in every if a.id == activity] if activity else every
        if not chosen:
            raise RefusedError("There is nothing in the plan to write.")
        people, notes, told = (part in parts for part in ("people", "notes", "reflections"))
        school = app.settings.school
        return PlanExport(app.service, chosen, year, people, school, notes, told, schools)

    return gather


def open_form(app: BaseApp, asked: Asked) -> None:
    """Ask for form and file, and write it off the event loop; what is refused is said there."""
    subject, files = asked.subject, asked.subject.files
    usual = next(iter(files))
    default = _documents() / asked.file_name(usual)
    ours = {form.id: str(default.with_suffix(form.suffix)) for form in files.values()}
    fields = [
        Box("form", f"Form: {subject.kinds}", usual, usual, offer=tuple(files)),
        Box("file", "File, or a folder", ours[usual], anew=True),  # its folders may hold blanks
    ]
    if subject.parts:
        label = f"Of yours: {', '.join(subject.parts)}"
        fields.append(Box("parts", label, "", "nothing of yours", offer=subject.parts))

    if asked.which:
        how_much = f"How much: {', '.join(asked.which)}"
        fields.append(Box("which", how_much, asked.which[0], offer=asked.which))

    async def save(values: Values) -> None:
        file, held = await asyncio.to_thread(_write, asked, values, ours)
        told = f"Wrote {file}." + (f" {held} Think who should see it." if held else "")
        app.notify(told, timeout=12, markup=False)

    title, of = cleaning.plain(asked.name), f"{asked.name} {asked.number} {asked.of}"
    form = ExportForm(subject.title, title, fields, save, subject.said, about=of)
    form.names = ours
    app.push_screen(form)


class ExportForm(FormScreen):
    """The end of the file's name goes with the form, as long as the name is ours."""

    names: Mapping[str, str]
    """By form, the file that is written where the head names no other."""

    @on(Input.Changed, "#field-form")
    def _rename(self, event: Input.Changed) -> None:
        file = self.query_one("#field-file", Input)
        name = self.names.get(event.value.strip().casefold())
        if name and file.value in self.names.values():
            file.value = name


def _write(asked: Asked, values: Values, ours: Mapping[str, str]) -> tuple[Path, str]:
    """(the file, what of the head's it holds). Raises RefusedError."""
    subject = asked.subject
    form = values["form"].strip().casefold()
    if form not in subject.files:
        said = cleaning.plain(form)[:40] or "Nothing"
        raise refusal("form", f"{said!r} is no form. Give {subject.kinds}.")
    parts = _parts(values.get("parts", ""), subject.parts)
    if asked.which:
        which = values["which"].strip().casefold()
        if which not in asked.which:
            said = cleaning.plain(which)[:40] or "Nothing"
            raise refusal("which", f"{said!r} is none of {', '.join(asked.which)}.")
        parts.append(which)
    typed = values["file"].strip()
    if not typed:
        raise refusal("file", "Give a file's name, or a folder.")
    of = asked.gather(parts)
    with told_of("form"):
        data = forms.make(subject.files[form], of)
    target = ours[form] if typed in ours.values() else typed
    name, private = asked.file_name(form), of.private
    with told_of("file"):
        file = whole_file.write(target, name, data, force=None, private=private)
    forms.once_written(subject.files[form], of)
    return file, of.held


def _parts(text: str, known: Sequence[str]) -> list[str]:
    """The parts that are named: "notes", "my notes and contacts"; none for "nothing". Raises
    RefusedError."""
    words = text.replace(",", " ").replace("&", " ").casefold().split()
    named = [word for word in words if word not in SMALL_WORDS]
    if NOTHING.issuperset(named):
        return []
    for word in named:
        if word not in known:
            told = f"{cleaning.plain(word)[:40]!r} can't be put in: {' and '.join(known)} can."
            raise refusal("parts", told)
    return named


def _documents() -> Path:
    """The user's folder for documents, else their home."""
    import platformdirs

    folder = Path(platformdirs.user_documents_dir())
    return folder if folder.is_dir() else Path.home()
