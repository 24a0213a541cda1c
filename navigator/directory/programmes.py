"""`programmes.toml`: which programmes there are, each entry blamed by file, line and field."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from navigator.core.cleaning import one_line
from navigator.core.model import Count, Programme
from navigator.directory.tables import (
    Blame,
    BrokenTableError,
    Cells,
    at_once,
    day,
    read_text,
    vague,
)

RULES = ("area", "names-area", "region", "nearest")

T = TypeVar("T")


class ProgrammeEntry(Cells):
    """A TOML table that blames by file, line and field."""

    def __init__(
        self,
        path: Path,
        text: str,
        number: int | None,
        item: dict[str, Any],
        blame: Blame = at_once,
    ) -> None:
        self.path, self.source, self.number, self.item = path, text, number, item
        self.blame = blame

    def wrong(self, name: str, problem: str) -> None:
        start = 0
        if self.number is not None:
            heads = list(re.finditer(r"^\s*\[\[\s*programme\s*\]\]", self.source, re.MULTILINE))
            start = heads[self.number].end() if self.number < len(heads) else 0
        found = re.search(rf"^\s*{re.escape(name)}\s*=", self.source[start:], re.MULTILINE)
        following = re.search(r"^\s*\[\[", self.source[start:], re.MULTILINE)
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


def entries(path: Path, blame: Blame) -> tuple[ProgrammeEntry, list[ProgrammeEntry]]:
    """The registry's own fields, and an entry a programme."""
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
    top = ProgrammeEntry(path, text, None, content, blame)
    listed = content.get("programme", [])
    if not isinstance(listed, list) or not all(isinstance(item, dict) for item in listed):
        top.wrong("programme", "must stand in double brackets: [[programme]]")
        listed = []
    return top, [
        ProgrammeEntry(path, text, number, item, blame) for number, item in enumerate(listed)
    ]


def programme(entry: ProgrammeEntry, checked: date) -> Programme:
    """The programme of an entry; `checked` is the day of the whole registry."""
    given = {field: read(entry, field) for field, read in FIELDS.items()}
    given["short"] = given["short"] or given["name"][:10].strip()
    given["checked"] = given["checked"] or checked
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


def _phases(entry: ProgrammeEntry, key: str) -> frozenset[str]:
    return frozenset(one_line(phase) for phase in entry.each(key, str, "phases"))


def _ages(entry: ProgrammeEntry, key: str) -> tuple[int, int] | None:
    ages = entry.each(key, int, "two ages")
    if len(ages) not in (0, 2):
        entry.wrong(key, "must list two ages, the lowest and the highest")
    return (ages[0], ages[1]) if len(ages) == 2 else None


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
    "purpose": ProgrammeEntry.text,
    "rule": _rule,
    "serves": _phases,
    "needs_age": _ages,
    "finder": ProgrammeEntry.text,
    "finder_url": ProgrammeEntry.link,
    "valid_from": ProgrammeEntry.day,
    "valid_to": ProgrammeEntry.day,
    "replaced_by": ProgrammeEntry.text,
    "followed_by": ProgrammeEntry.text,
    "source": ProgrammeEntry.text,
    "checked": ProgrammeEntry.day,
    "note": ProgrammeEntry.text,
    "counts": lambda entry, key: entry.inner(key, _counts),
    "region_pools": lambda entry, key: entry.inner(key, _pools),
    "areas_only": ProgrammeEntry.yes,
}
"""The fields of an entry that make its `Programme`, and how each is read."""

TABLE, COVERS = "table", "covers"
"""Fields of an entry beside those: its table's file, and what the check asks of its areas."""
