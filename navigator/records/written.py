"""A noun of the record as its file has it, by the fields that it declares: only for a change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from navigator.core import texts, wording
from navigator.core.errors import RefusedError
from navigator.core.fields import fields_of
from navigator.core.record import REVIEWED
from navigator.core.values import VALUES
from navigator.records.ids import new_id
from navigator.records.nouns import RecordValues

if TYPE_CHECKING:
    from navigator.core.session import Session

NOT_WRITTEN = ("id", "stamp")
"""The kinds of value that are set where a record is made, not given with it."""


def values_of(given: Any, before: Any = None) -> dict[str, Any]:
    """What a file's record says of a noun; None for what it doesn't say.

    Args:
        given: A noun, of which the id and the day it was made are left out.
        before: The noun as the file has it: then only what differs is given, so that whatever the
            head wrote in their own way elsewhere in the record stays.

    Raises:
        RefusedError: it lacks what one needs, or something in it can't be kept.
    """
    found: dict[str, Any] = {}
    rows: dict[str, Any] = {}  # at the end of the record, as a list of tables reads best
    noun: Any = type(given)
    for field in fields_of(noun):
        value = getattr(given, field.attribute)
        if field.value in NOT_WRITTEN or (before and value == getattr(before, field.attribute)):
            continue
        if field.value == "sessions":
            rows[field.name] = _rows(value) or None
            continue
        if field.value == "features":
            held, told = dict(before.words if before else ()), dict(value)
            changed = [name for name in REVIEWED if told.get(name) != held.get(name)]
            found |= {name: texts.words(told.get(name, "")) or None for name in changed}
            continue
        try:
            written = VALUES[field.value].write(value, field)
            empty = written is None or written in ("", [])
            if empty and field.needed:
                raise RefusedError(field.needed)
        except RefusedError as error:
            error.field = field.attribute
            raise
        found[field.name] = None if empty else written
    _check(given)
    return {**found, **rows}


def said(values: RecordValues) -> dict[str, Any]:
    """The values that say something."""
    return {key: value for key, value in values.items() if value is not None}


def _rows(sessions: Iterable[Session]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    taken: set[str] = set()
    for session in sorted(sessions, key=lambda session: session.order):
        new = not session.id or session.id in taken
        name = new_id("session", taken) if new else session.id
        taken.add(name)
        rows.append({"id": name, **said(values_of(session))})
    return rows


def _check_split(a: Any) -> None:
    """Refuse parts that aren't of the activity's schools, a part each."""
    from navigator.core import typed_schools

    try:
        parts = typed_schools.typed_parts(a.split)
    except RefusedError:  # as the file has had it; what is given anew is refused before
        return
    if parts and not a.schools:
        raise RefusedError(
            "Parts of a fee need the schools that pay them: give those too, or leave them out.",
            field="split",
        )
    lacking = [urn for urn in a.schools if parts and urn not in parts]
    odd = [urn for urn in parts if urn not in a.schools]
    if lacking or odd:
        said = f"{lacking[0]} has none" if lacking else f"{odd[0]} is none of its schools"
        raise RefusedError(
            f"Give a part of the fee for each of its schools: {said}.", field="split"
        )


def _check(given: Any) -> None:
    """Refuse a noun of which two values can't be at once."""
    noun = type(given).__name__
    if noun == "Activity" and given.opens and given.closes and given.closes < given.opens:
        title = texts.tidy(given.title)
        raise RefusedError(f"Recruitment to “{title}” can't close before it opens.", field="closes")
    if noun == "Activity" and given.split:
        _check_split(given)
    if noun == "Activity" and given.midyear_on and given.end_on and given.end_on < given.midyear_on:
        title = texts.tidy(given.title)
        raise RefusedError(
            f"The end of “{title}” can't be looked at before mid-year.", field="end_on"
        )
    if noun == "PlanDay" and given.last < given.first:
        raise RefusedError(
            f"“{texts.tidy(given.title) or given.kind}” can't end on {wording.day(given.last)}, "
            f"before it begins on {wording.day(given.first)}.",
            field="last",
        )
