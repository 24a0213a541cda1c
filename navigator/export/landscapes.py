"""Landscapes for others: as pages, as a table (a row a line of the screen), as lines of JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from navigator.core import wording
from navigator.core.landscape import Landscape
from navigator.core.wording import Units
from navigator.export import markdown, text
from navigator.export.contract import Json, as_dict, landscape_json, line
from navigator.export.tables import csv_bytes
from navigator.view import documents, landscape_sections, record_sections
from navigator.view.documents import Document, Documents, LandscapeSheet
from navigator.view.record_sections import FindSchool
from navigator.view.sections import Column, Entry, Section

COLUMNS = (
    *("urn", "school", "reading", "section", "label", "name", "detail", "distance", "dated"),
    *("shares", "claim", "why", "confidence", "checked", "source", "website", "note"),
    *("as_at", "register"),
    *("reach", "telephone", "reach_of", "kind", "sureness"),
)
"""Of the table: docs/exports.md says what each holds. More may come, none goes or changes."""


class LandscapeExport(NamedTuple):
    """One or several sheets. `find` gives schools by URN, for the maps; `name` is what several are
    of ("Nottingham")."""

    sheets: Sequence[LandscapeSheet]
    find: FindSchool
    name: str = ""

    @property
    def held(self) -> str:
        return documents.held_words({part for one in self.sheets for part in one.held})

    @property
    def private(self) -> bool:
        return bool(self.held)

    def documents(self) -> Documents:
        made = [documents.of_sheet(one, self.find) for one in self.sheets]
        return Documents(made, "who could support it", self.held, self.name)

    def data(self, form: str) -> bytes:
        """The table, or a landscape a line of JSON as `navigator show --json` has it, with what is
        named of the head's."""
        if form == "csv":
            return csv_bytes([COLUMNS, *(row for one in self.sheets for row in _rows(one))])
        return b"".join(line(_told(one)) for one in self.sheets)


def _rows(one: LandscapeSheet) -> Iterator[tuple[str, ...]]:
    for column in one.columns:
        for section in column.sections:
            label = ""
            for entry in section.entries or (Entry(section.empty),):
                label = entry.label or label
                far = bool(section.legend) or column is one.columns[0]
                yield _row(one.landscape, column, section, entry._replace(label=label), far=far)


def _row(
    shown: Landscape, column: Column, section: Section, entry: Entry, *, far: bool
) -> tuple[str, ...]:
    """A line's cells; `far` where what stands at its right is a distance and not a day."""
    facts = dict(entry.card.facts) if entry.card else {}
    way = entry.card.reach if entry.card else None
    right = f"{entry.right} {section.unit}" if section.legend else entry.right
    told = ("Shares", "Claim", "Why", "Confidence", "Checked", "Source", "Website", "Note")
    facts["Checked"] = facts.get("Checked") or facts.get("Dated", "")
    return (
        *(str(shown.school.urn), shown.school.name, column.title, section.title),
        *(entry.label, entry.text, entry.detail),
        *((right, "") if far else ("", right)),
        *(facts.get(name, "") for name in told),
        *(shown.as_at.isoformat(), shown.register.day.isoformat()),
        *((way.website, way.telephone, way.of) if way else ("", "", "")),
        *(entry.card.kind if entry.card else "", entry.sureness),
    )


def _told(one: LandscapeSheet) -> Json:
    told = as_dict(one.landscape)
    record = one.landscape.record
    if "notes" in one.held:
        told["workspace"]["your_notes"] = [
            {"day": n.day.isoformat() if n.day else None, "tags": list(n.tags), "text": n.text}
            for n in record.notes_on(*one.landscape.keys)
        ]
    if "contacts" in one.held:
        told["workspace"]["your_contacts"] = [
            {
                "role": c.role,
                "name": c.name,
                "bodies": [{"key": body.key, "name": body.name} for body in c.bodies],
                "reach": c.reach,
                "note": c.note,
            }
            for c in record_sections.people_here(one.landscape)
        ]
    return told


# --- what `navigator show` prints ---


def landscape_text(landscape: Landscape, units: Units = "miles", *, why: bool = True) -> str:
    """A landscape as text, ending without a newline; without `why` a line a body."""
    register = landscape_sections.register_line(landscape)
    one = _printed(landscape, units, why=why)._replace(
        title=f"{landscape.school.name}, URN {landscape.school.urn}",
        lead=(
            " · ".join(landscape_sections.headline(landscape)),
            f"Register: {register}. As at {wording.day(landscape.as_at)}.",
            *((wording.SAMPLE_NOTICE,) if landscape.register.sample else ()),
        ),
        notices=landscape.notices,
    )
    return text.draw(Documents([one])).rstrip("\n")


def landscape_markdown(landscape: Landscape, units: Units = "miles", *, why: bool = True) -> str:
    """A landscape as CommonMark, ending without a newline; without `why` a line a body."""
    return markdown.draw(Documents([_printed(landscape, units, why=why)])).rstrip("\n")


def _printed(landscape: Landscape, units: Units, *, why: bool) -> Document:
    told = landscape_sections.columns if why else landscape_sections.briefly
    one = documents.of_sheet(LandscapeSheet(landscape, told(landscape, units), units))
    sample = (wording.SAMPLE_NOTICE,) if landscape.register.sample else ()
    more = f"Reasons, sources, dates: navigator show {landscape.school.urn} --why"
    one = one._replace(notices=(*sample, *landscape.notices))
    return one if why else one._replace(after=more, brief=True)


SHOWN: dict[str, Callable[[Units, bool], Callable[[Landscape], str]]] = {
    "text": lambda units, why: partial(landscape_text, units=units, why=why),
    "markdown": lambda units, why: partial(landscape_markdown, units=units, why=why),
    "json": lambda _units, _why: landscape_json,
}
"""What makes the texts of landscapes, one after another, by the forms of `forms.SHOWN`."""
