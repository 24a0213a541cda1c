"""`programmes.toml`: which programmes there are, each entry blamed by file, line and field."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from navigator.core.cleaning import one_line
from navigator.core.model import PHASES, Count, Programme
from navigator.directory.faults import Blame, BrokenTableError, at_once
from navigator.directory.tables import Cells, day, read_text, vague

RULES = ("area", "names-area", "region", "nearest")

NEED_WIDTH = 18
"""The room of a need in its row, in characters."""

ORDER = "order"
"""The registry's table of needs: for each phase ids of programmes, in the order of display."""

OLD_YEARS = "old_years"
"""A field of the registry, for all programmes, or of one."""

T = TypeVar("T")


class ProgrammeEntry(Cells):
    """A TOML table that blames by file, line and field.

    `start` is where it begins in the text: behind its heading, 0 for what has none.
    """

    def __init__(
        self,
        path: Path,
        text: str,
        start: int,
        item: dict[str, Any],
        blame: Blame = at_once,
    ) -> None:
        self.path, self.source, self.start, self.item = path, text, start, item
        self.blame = blame

    def wrong(self, name: str, problem: str) -> None:
        start = self.start
        field = rf"^\s*([\"']?){re.escape(name)}\1\s*="
        found = re.search(field, self.source[start:], re.MULTILINE)
        following = re.search(r"^\s*\[\[?\s*[a-z]", self.source[start:], re.MULTILINE)
        if found and not (following and following.start() < found.start()):
            start += found.end()
        line = self.source.count("\n", 0, start) + 1
        self.blame(BrokenTableError(self.path, problem, line, name))

    def _get(self, key: str, kind: type[T], what: str) -> T | None:
        value = self.item.get(key)
        if value is not None and (not isinstance(value, kind) or isinstance(value, bool)):
            self.wrong(key, f"must be {what}")
            return None
        return value

    def text(self, name: str) -> str:
        return one_line(self._get(name, str, "text in quotes") or "")

    def written_day(self, name: str) -> str:
        value = self.item.get(name)
        return value.isoformat() if type(value) is date else self.text(name)

    def need(self, key: str) -> str:
        text = self.text(key)
        if not text and not self.item.get(key):  # what isn't text was blamed as such
            self.wrong(key, "is missing")
        return text

    def yes(self, key: str) -> bool:
        value = self.item.get(key, False)
        if not isinstance(value, bool):
            self.wrong(key, "must be true or false, without quotes")
            return False
        return value

    def each(self, key: str, kind: type[T], what: str) -> list[T]:
        values = self._get(key, list, "a list in square brackets") or []
        if not all(isinstance(v, kind) and not isinstance(v, bool) for v in values):
            self.wrong(key, f"must list {what}")
            return []
        return values

    def inner(self, key: str, read: Callable[[Any], T]) -> T:
        try:
            return read(self.item.get(key))
        except (TypeError, ValueError, AttributeError, KeyError):
            self.wrong(key, "isn't as docs/adding-facts.md describes it")
            return read(None)


def entries(
    path: Path, blame: Blame
) -> tuple[ProgrammeEntry, ProgrammeEntry, list[ProgrammeEntry]]:
    """The registry's own fields, its order of needs, and an entry a programme."""
    import tomllib

    # A registry that can't be read isn't blamed for its fields as well.
    text = ""
    content: dict[str, Any] = {"checked": date.min}
    try:
        text = read_text(path)
        content = tomllib.loads(text)
    except BrokenTableError as error:
        blame(error)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        problem = str(error).split(" (at ")[0]
        line, column = (int(place[1]), place[2]) if place else (None, "")
        blame(BrokenTableError(path, problem, line, column))
    top = ProgrammeEntry(path, text, 0, content, blame)
    listed = content.get("programme", [])
    if not isinstance(listed, list) or not all(isinstance(item, dict) for item in listed):
        top.wrong("programme", "must stand in double brackets: [[programme]]")
        listed = []
    named = content.get(ORDER, {})
    if not isinstance(named, dict):
        top.wrong(ORDER, f"must be a table: [{ORDER}], and a line a phase below it")
        named = {}
    heads = [*_behind(rf"\[\s*{ORDER}\s*\]", text), 0]
    order = ProgrammeEntry(path, text, heads[0], named, blame)
    heads = _behind(r"\[\[\s*programme\s*\]\]", text)
    heads += [0] * (len(listed) - len(heads))
    return (
        top,
        order,
        [
            ProgrammeEntry(path, text, start, item, blame)
            for start, item in zip(heads, listed, strict=False)
        ],
    )


def _behind(heading: str, text: str) -> list[int]:
    return [found.end() for found in re.finditer(rf"^\s*{heading}", text, re.MULTILINE)]


def order_of_needs(entry: ProgrammeEntry, known: Collection[str]) -> dict[str, tuple[str, ...]]:
    """For each phase the ids of `known` programmes in the order in which their needs are shown.

    Those that a phase doesn't name come last, as they stand in `known`.
    """
    phases = [phase for phase in PHASES if phase]
    for phase in map(one_line, entry.item):
        if phase not in phases:
            entry.wrong(phase, f"“{phase}” is no phase; write one of: {', '.join(phases)}")
    found = {}
    for phase in phases:
        listed = [one_line(id) for id in entry.each(phase, str, "ids of programmes")]
        named = dict.fromkeys(listed)
        if len(named) < len(listed):
            entry.wrong(phase, "names a programme twice; leave one of the two out")
        for id in named:
            if id not in known:
                entry.wrong(phase, f"“{id}” is no programme; write the id of one")
        found[phase] = tuple(dict.fromkeys([id for id in named if id in known] + list(known)))
    return found


def programme(entry: ProgrammeEntry, checked: date, old_years: int) -> Programme:
    """The programme of an entry; `checked` and `old_years` are those of the whole registry."""
    given = {field: read(entry, field) for field, read in FIELDS.items()}
    given["short"] = given["short"] or given["name"][:10].strip()
    given["need"] = given["need"] or given["short"]
    given["checked"] = given["checked"] or checked
    if OLD_YEARS not in entry.item:
        given[OLD_YEARS] = old_years
    given["valid_from"], given["valid_to"] = entry.period("valid_from", "valid_to")
    given["from_said"], given["to_said"] = entry.said("valid_from"), entry.said("valid_to")
    return Programme(**given)


def _id(entry: ProgrammeEntry, key: str) -> str:
    text = entry.need(key)
    if text and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text):
        entry.wrong(key, "may hold only small letters, digits and single hyphens")
        return ""
    return text


def _rule(entry: ProgrammeEntry, key: str) -> str:
    text = entry.need(key)
    if text and text not in RULES:
        entry.wrong(key, f"“{text}” must be one of: {', '.join(RULES)}")
    return text


def _need(entry: ProgrammeEntry, key: str) -> str:
    text = entry.text(key)
    if len(text) > NEED_WIDTH:
        entry.wrong(key, f"“{text}” is too long for its row; use at most {NEED_WIDTH} characters")
    return text[:NEED_WIDTH].strip()


def _phases(entry: ProgrammeEntry, key: str) -> frozenset[str]:
    return frozenset(one_line(phase) for phase in entry.each(key, str, "phases"))


def _ages(entry: ProgrammeEntry, key: str) -> tuple[int, int] | None:
    ages = entry.each(key, int, "two ages")
    if len(ages) not in (0, 2):
        entry.wrong(key, "must list two ages, the lowest and the highest")
    return (ages[0], ages[1]) if len(ages) == 2 else None


def years(entry: ProgrammeEntry, key: str) -> int:
    """A number of years, 0 where none is said."""
    number = entry._get(key, int, "a number of years, without quotes") or 0
    if not 0 <= number <= 50:
        entry.wrong(key, f"“{number}” must be a number of years; 0 for no limit")
        return 0
    return number


def _counts(value: Any) -> tuple[Count, ...]:
    found = []
    for item in value or []:
        when = day(one_line(item["day"]))
        if when is None:
            raise ValueError(item)
        found.append(
            Count(
                when,
                int(item["hubs"]),
                one_line(item["source"]),
                one_line(item.get("also", "")),
                vague(one_line(item["day"])),
            )
        )
    return tuple(sorted(found, key=lambda count: count.day))


def _pools(value: Any) -> dict[str, int]:
    return {one_line(region): int(hubs) for region, hubs in (value or {}).items()}


FIELDS: dict[str, Callable[[ProgrammeEntry, str], Any]] = {
    "id": _id,
    "name": ProgrammeEntry.need,
    "short": ProgrammeEntry.text,
    "mark": ProgrammeEntry.text,
    "need": _need,
    "purpose": ProgrammeEntry.text,
    "offers": ProgrammeEntry.text,
    "rule": _rule,
    "serves": _phases,
    "needs_age": _ages,
    "finder": ProgrammeEntry.text,
    "finder_url": ProgrammeEntry.link,
    "finder_source": ProgrammeEntry.text,
    "valid_from": ProgrammeEntry.day,
    "valid_to": ProgrammeEntry.day,
    "first_seen": ProgrammeEntry.day,
    "replaced_by": ProgrammeEntry.text,
    "followed_by": ProgrammeEntry.text,
    "source": ProgrammeEntry.text,
    "checked": ProgrammeEntry.day,
    "note": ProgrammeEntry.text,
    "counts": lambda entry, key: entry.inner(key, _counts),
    "region_pools": lambda entry, key: entry.inner(key, _pools),
    "areas_only": ProgrammeEntry.yes,
    OLD_YEARS: years,
}
"""The fields of an entry that make its `Programme`, and how each is read."""

TABLE, COVERS = "table", "covers"
"""Fields of an entry beside those: its table's file, and what the check asks of its areas."""
