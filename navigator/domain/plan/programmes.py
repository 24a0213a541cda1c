"""The common programmes, and what an activity of one begins with.

A template holds only what is public and doesn't date: no cost, no date, no number of days. Those
change from year to year and from hub to hub, and are the head's to fill in.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from navigator.core import cleaning, wording
from navigator.core.activity import Activity, Kind
from navigator.core.errors import RefusedError
from navigator.directory import planning
from navigator.directory.tables import TableRow

TRIAL = (
    "Under trial: a trial may place the school in its control group, which doesn't get the "
    "programme for a year or longer. Ask before you count on it."
)
"""What is said of an activity whose programme is under trial."""


class Template(NamedTuple):
    """A programme as a planner has it. `about` is a sentence."""

    id: str
    name: str
    kind: Kind
    about: str
    audience: tuple[str, ...] = ()
    year_groups: tuple[str, ...] = ()
    prerequisites: str = ""
    look: str = ""


@cache
def templates() -> Mapping[str, Template]:
    """The templates of the facts by id, in the order of a list to choose from."""
    return MappingProxyType({row["id"]: _template(row) for row in planning.template_rows()})


def _template(row: TableRow) -> Template:
    return Template(
        row["id"],
        row["name"],
        Kind(row["kind"]),
        row["about"],
        tuple(filter(None, map(str.strip, row["audience"].split(";")))),
        tuple(filter(None, map(str.strip, row["year_groups"].split(";")))),
        row["prerequisites"],
        row["look"],
    )


def name_of(programme: str) -> str:
    """A programme's name; one that isn't ours stands as the head wrote it."""
    template = templates().get(programme)
    return template.name if template else programme


def id_of(text: str) -> str:
    """The id of a programme by its id or name; one that isn't ours stands as it was written."""
    try:
        return find(text).id
    except RefusedError:
        return text


def find(text: str) -> Template:
    """The template of an id or a name, or of words of its name that no other has.

    Raises:
        RefusedError: there is none, or several; the text names them.
    """
    wanted = cleaning.for_comparing(text)
    if wanted in templates():
        return templates()[wanted]
    words = wanted.split()
    whole = [t for t in templates().values() if t.name.casefold() == wanted]
    found = whole or [
        t for t in templates().values() if words and all(w in t.name.casefold() for w in words)
    ]
    if len(found) == 1:
        return found[0]
    raise RefusedError(
        f"{'Several templates fit' if found else 'There is no template'} “{text.strip()[:60]}”. "
        f"Give one of: {', '.join(t.name for t in found or templates().values())}."
    )


def start(template: str) -> Activity:
    """An activity begun from a template, with no id yet. Raises RefusedError."""
    held = find(template)
    return Activity(
        id="",
        title=held.name,
        kind=held.kind,
        programme=held.id,
        audience=held.audience,
        year_groups=held.year_groups,
        prerequisites=held.prerequisites,
        source=held.look,
    )


def warnings(activity: Activity) -> tuple[str, ...]:
    """What is to be said beside an activity: that its programme is under trial, and of which trials
    the facts know."""
    of = (row for row in planning.trial_rows() if row["programme"] == activity.programme)
    known = tuple(map(_trial_words, of)) if activity.programme else ()
    return (TRIAL, *known) if activity.trial else known


_RECRUITS = {
    "yes": "it recruits schools",
    "no": "it no longer recruits schools",
    "unknown": "whether it recruits schools isn't known",
}


def _trial_words(row: TableRow) -> str:
    """A trial in a sentence, with where that is written and when it was looked at."""
    first, last, seen = row.day("first"), row.day("last", end=True), row.day("as_of")
    when = f", {first:%B %Y} to {last:%B %Y}" if first and last else ""
    control = f"; {row['control']}" if row["control"] else ""
    looked = f", seen {wording.day(seen)}" if seen else ""
    return (
        f"Trial of {row['of']} ({row['by']}{when}): {_RECRUITS[row['recruits'] or 'unknown']}"
        f"{control} ({row['source']}{looked})."
    )
