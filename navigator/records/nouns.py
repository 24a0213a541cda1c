"""Nouns out of a file's records, by the fields that the nouns declare.

The files are the head's: a value that isn't what it should be is said and passed over, never
rewritten or dropped. The way back is `written.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from navigator.core.errors import RefusedError
from navigator.core.fields import Field, fields_of
from navigator.core.read_values import READ, StaysError
from navigator.core.record import REVIEWED
from navigator.records.ids import id_of

if TYPE_CHECKING:
    from navigator.core.session import Session

RecordValues = Mapping[str, Any]
"""A record's keys and values, as TOML has them; None where nothing is said."""


class RecordReader:
    """Takes one record's values, and notes which aren't what they should be."""

    def __init__(self, record: RecordValues, problems: list[str], name: str) -> None:
        self._record, self._problems, self._name = record, problems, name
        self._wrong: set[str] = set()

    def noun(self, type_: Any) -> Any:
        """The record as a noun of a class; None where it lacks what one needs."""
        found = {field.attribute: self._value(field) for field in fields_of(type_)}
        if type_.__name__ == "Correction":
            found["hubs"] = (*found["hubs"], *("" for _ in found["names"]))[: len(found["names"])]
        elif type_.__name__ == "PlanDay":
            self._settle_day(found)
        for field in fields_of(type_):
            if field.required and found[field.attribute] in (None, ""):
                self._say(field.name, _wanted(field))
                return None
        return type_(**found)

    def _say(self, key: str, what: str) -> None:
        if key not in self._wrong:
            self._wrong.add(key)
            self._problems.append(
                f"{key} of {self._name} isn't {what}; it is left as it is and not used."
            )

    def _value(self, field: Field) -> Any:
        if field.value == "features":
            told = ((name, self._value(Field("line", name=name))) for name in REVIEWED)
            return tuple((name, text.strip()) for name, text in told if text and text.strip())
        raw = self._record.get(field.name)
        if raw is None:
            return field.default
        try:
            value = (
                self._sessions(raw) if field.value == "sessions" else READ[field.value](raw, field)
            )
        except (ValueError, RefusedError) as error:
            self._say(field.name, _wanted(field))
            value = error.args[0] if isinstance(error, StaysError) else None
        return field.default if value is None else value

    def _sessions(self, raw: Any) -> tuple[Session, ...]:
        from navigator.core.session import Session

        if not isinstance(raw, list) or not all(isinstance(row, dict) for row in raw):
            raise ValueError(raw)
        taken: set[str] = set()
        found: list[Session] = []
        for row in raw:
            name = id_of("session", row, taken)
            reader = RecordReader({**row, "id": name}, self._problems, f"a session of {self._name}")
            session: Session | None = reader.noun(Session)
            if session is not None:
                taken.add(name)
                found.append(session)
        return tuple(sorted(found, key=lambda session: session.order))

    def _settle_day(self, found: dict[str, Any]) -> None:
        """What days of one's own are where their file doesn't say."""
        if "kind" not in self._wrong:
            found["kind"] = found["kind"] or "holiday"
        first = found["first"]
        found["last"] = found["last"] or first
        if first and found["last"] < first:
            self._say("last", f"on or after {first}")
            found["last"] = None


def _wanted(field: Field) -> str:
    from navigator.core.values import wanted  # where all is as it should be nothing is said

    return wanted(field)
