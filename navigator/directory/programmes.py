"""`programmes.toml`: which programmes there are, each entry blamed by file, line and field."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from navigator.core.model import Count, Programme
from navigator.directory.tables import (
    Blame,
    BrokenTableError,
    at_once,
    clean,
    day,
    read_text,
    vague,
)

RULES = ("area", "names-area", "region", "nearest")

T = TypeVar("T")


class Entry:
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

    def wrong(self, key: str, problem: str) -> None:
        """Blame a field. Where reading goes on, the field counts as if it weren't there."""
        start = 0
        if self.number is not None:
            heads = list(re.finditer(r"^\s*\[\[\s*programme\s*\]\]", self.source, re.MULTILINE))
            start = heads[self.number].end() if self.number < len(heads) else 0
        found = re.search(rf"^\s*{re.escape(key)}\s*=", self.source[start:], re.MULTILINE)
        following = re.search(r"^\s*\[\[", self.source[start:], re.MULTILINE)
        if found and not (following and following.start() < found.start()):
            start += found.end()
        line = self.source.count("\n", 0, start) + 1
        self.blame(BrokenTableError(self.path, problem, line, key))

    def _get(self, key: str, kind: type[T], what: str) -> T | None:
        value = self.item.get(key)
        if value is not None and (not isinstance(value, kind) or isinstance(value, bool)):
            self.wrong(key, f"must be {what}")
            return None
        return value

    def text(self, key: str) -> str:
        return clean(self._get(key, str, "text in quotes") or "")

    def need(self, key: str) -> str:
        text = self.text(key)
        if not text and not self.item.get(key):  # what isn't text was blamed as such
            self.wrong(key, "is missing")
        return text

    def link(self, key: str) -> str:
        text = self.text(key)
        if text and not text.startswith(("https://", "http://")):
            self.wrong(key, "must begin with https:// or http://")
            return ""
        return text

    def day(self, key: str, *, end: bool = False) -> date | None:
        value = self.item.get(key)
        if type(value) is date:
            return value
        text = self.text(key)
        try:
            return day(text, end)
        except ValueError:
            self.wrong(key, f"“{text}” is no date; write 2024-09-01, 2024-09 or 2024")
            return None

    def said(self, key: str) -> str:
        """A date as vaguely as the field tells it; see `tables.vague`."""
        value = self.item.get(key)
        return vague(clean(value)) if isinstance(value, str) else ""

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

    def inner(self, key: str, check: Callable[[Any], T]) -> T:
        try:
            return check(self.item.get(key))
        except (TypeError, ValueError, AttributeError, KeyError):
            self.wrong(key, "isn't as docs/adding-facts.md describes it")
            return check(None)


def entries(path: Path, blame: Blame) -> tuple[Entry, list[Entry]]:
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
    top = Entry(path, text, None, content, blame)
    listed = content.get("programme", [])
    if not isinstance(listed, list) or not all(isinstance(item, dict) for item in listed):
        top.wrong("programme", "must stand in double brackets: [[programme]]")
        listed = []
    return top, [Entry(path, text, number, item, blame) for number, item in enumerate(listed)]


def programme(entry: Entry, checked: date) -> Programme:
    """The programme of an entry; `checked` is the day of the whole registry."""
    rule = entry.need("rule")
    if rule and rule not in RULES:
        entry.wrong("rule", f"“{rule}” must be one of: {', '.join(RULES)}")
    ages = entry.each("needs_age", int, "two ages")
    if len(ages) not in (0, 2):
        entry.wrong("needs_age", "must list two ages, the lowest and the highest")
        ages = []
    name = entry.need("name")
    identity = entry.need("id")
    if identity and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", identity):
        entry.wrong("id", "may hold only small letters, digits and single hyphens")
        identity = ""
    valid_from, valid_to = entry.day("valid_from"), entry.day("valid_to", end=True)
    if valid_from and valid_to and valid_to < valid_from:
        entry.wrong("valid_to", "comes before valid_from; mend either")
    return Programme(
        id=identity,
        name=name,
        short=entry.text("short") or name[:10].strip(),
        mark=entry.text("mark"),
        purpose=entry.text("purpose"),
        rule=rule,  # type: ignore[arg-type]  # one of the words, checked above
        serves=frozenset(clean(phase) for phase in entry.each("serves", str, "phases")),
        needs_age=(ages[0], ages[1]) if ages else None,
        finder=entry.text("finder"),
        finder_url=entry.link("finder_url"),
        valid_from=valid_from,
        valid_to=valid_to,
        replaced_by=entry.text("replaced_by"),
        followed_by=entry.text("followed_by"),
        source=entry.text("source"),
        checked=entry.day("checked") or checked,
        note=entry.text("note"),
        counts=entry.inner("counts", _counts),
        region_pools=entry.inner("region_pools", _pools),
        from_said=entry.said("valid_from"),
        to_said=entry.said("valid_to"),
        areas_only=entry.yes("areas_only"),
    )


def _counts(value: Any) -> tuple[Count, ...]:
    found = []
    for item in value or []:
        when = day(clean(item["day"]))
        if when is None:
            raise ValueError(item)
        found.append(
            Count(
                when,
                int(item["hubs"]),
                clean(item["source"]),
                clean(item.get("also", "")),
                vague(clean(item["day"])),
            )
        )
    return tuple(sorted(found, key=lambda count: count.day))


def _pools(value: Any) -> dict[str, int]:
    return {clean(region): int(hubs) for region, hubs in (value or {}).items()}
