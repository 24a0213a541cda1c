"""How each kind of value is read from a file of the head's record, as TOML has it, dates as text.

What else the kinds do is in `values.py`, which a start that only reads doesn't need. Each of these
raises ValueError or RefusedError for what isn't a value of its kind.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from navigator.core.errors import RefusedError
from navigator.core.fields import Field
from navigator.core.keys import Key
from navigator.core.record import BodyRef

if TYPE_CHECKING:
    from decimal import Decimal

    from navigator.core.session import Attendee


class StaysError(ValueError):
    """A value that isn't what it should be and yet is used; `args[0]` is it."""


def _text(raw: Any, _field: Field) -> str:
    if isinstance(raw, str):
        return raw
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return str(raw)
    raise ValueError(raw)


def _sign(raw: Any, field: Field) -> str:
    return _text(raw, field)[:1]


def _texts(raw: Any, _field: Field) -> tuple[str, ...]:
    given = [raw] if isinstance(raw, str) else raw
    if isinstance(given, list) and set(map(type, given)) <= {str}:
        return tuple(given)
    raise ValueError(raw)


def _key(raw: Any, field: Field) -> Key:
    """A body's key; a number alone is a school's URN."""
    key = Key(_text(raw, field))
    school = Key.of("school", key)
    if school.urn is not None:
        return school
    if key and not key.is_body:
        raise StaysError(key)
    return key


def _bodies(raw: Any, field: Field) -> tuple[BodyRef, ...]:
    return tuple(map(BodyRef.of, _texts(raw, field)))


def _urns(raw: Any, _field: Field) -> tuple[int, ...]:
    if isinstance(raw, list) and set(map(type, raw)) <= {int}:
        return tuple(raw)
    raise ValueError(raw)


def _schools(raw: Any, field: Field) -> tuple[int, ...]:
    return tuple(dict.fromkeys(_urns(raw, field)))


def _day(raw: Any, _field: Field) -> date | None:
    if not isinstance(raw, str):
        raw = raw.isoformat() if hasattr(raw, "isoformat") else str(raw)
    return _date(raw) if raw else None


@lru_cache(4096)  # many notes share few days
def _date(raw: str) -> date:
    """As we write it (of a moment its day), or as a hand may have."""
    try:
        return date.fromisoformat(raw[:10])
    except ValueError:
        from navigator.core import dates

        return dates.written(raw)


def _time(raw: Any, _field: Field) -> time | None:
    if isinstance(raw, time):  # TOML's own
        return raw.replace(second=0, microsecond=0, tzinfo=None)
    if raw == "":
        return None
    from navigator.core.typed import clock_time

    return clock_time(str(raw))


def _amount(raw: Any, _field: Field) -> Decimal | None:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise ValueError(raw)
    if raw == "":
        return None
    from navigator.core.typed import amount

    return amount(str(raw))


def whole(raw: Any, field: Field) -> int:
    """A whole number within the field's limits."""
    low, high = field.limits or (raw, raw)
    if isinstance(raw, int) and not isinstance(raw, bool) and low <= raw <= high:
        return raw
    raise ValueError(raw)


def _yes(raw: Any, _field: Field) -> bool:
    if isinstance(raw, bool):
        return raw
    raise ValueError(raw)


def _people(raw: Any, field: Field) -> tuple[Attendee, ...]:
    from navigator.core.session import attendees

    return attendees(";".join(_texts(raw, field)))


def _word(raw: Any, field: Field) -> str | None:
    text = _text(raw, field).casefold()
    return among(text, field) if text else None


def among(text: str, field: Field) -> str:
    """A text that must be one of the field's words."""
    for word in field.words:
        if word == text:
            return word
    raise ValueError(text)


def _split(raw: Any, field: Field) -> str:
    """One that can't be read stays: without it, fees would be shared equally, which is a guess."""
    from navigator.core import typed_schools

    text = _text(raw, field)
    try:
        return typed_schools.split(text)
    except RefusedError:
        raise StaysError(text) from None


READ: dict[str, Callable[[Any, Field], Any]] = {
    **dict.fromkeys(("id", "line", "plain", "shares", "remark", "prose", "note"), _text),
    **dict.fromkeys(("texts", "tags", "names", "ids"), _texts),
    **dict.fromkeys(("day", "past", "stamp"), _day),
    **dict.fromkeys(("amount", "pounds"), _amount),
    **dict.fromkeys(("whole", "year"), whole),
    **dict.fromkeys(("yes", "flag"), _yes),
    "sign": _sign,
    "body": _key,
    "bodies": _bodies,
    "urns": _urns,
    "schools": _schools,
    "split": _split,
    "time": _time,
    "word": _word,
    "people": _people,
}
"""By the kinds of `values.VALUES`; None for nothing said."""
