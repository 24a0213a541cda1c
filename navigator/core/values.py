"""The kinds of value that the head's record has: how each is read and written, in one table.

A value goes to and from four places: its file (as TOML has it, dates as text), a box of a form or
an option, a cell of the plan's table, and a page, where it is only read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, time
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from navigator.core import clock, dates, texts, wording
from navigator.core.errors import RefusedError
from navigator.core.fields import Field
from navigator.core.keys import Key
from navigator.core.patterns import late
from navigator.core.record import BodyRef

if TYPE_CHECKING:
    from decimal import Decimal

MOST_POUNDS = 10_000_000


class StaysError(ValueError):
    """A value that isn't what it should be and yet is used; `args[0]` is it."""


# --- from a file, as TOML has it; each raises ValueError or RefusedError ---


def _text(raw: Any, _field: Field) -> str:
    if isinstance(raw, str):
        return raw
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return str(raw)
    raise ValueError(raw)


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


def _urns(raw: Any, _field: Field) -> tuple[int, ...]:
    if isinstance(raw, list) and set(map(type, raw)) <= {int}:
        return tuple(raw)
    raise ValueError(raw)


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
        return dates.written(raw)


def _time(raw: Any, _field: Field) -> time | None:
    if isinstance(raw, time):  # TOML's own
        return raw.replace(second=0, microsecond=0, tzinfo=None)
    return clock_time(str(raw)) if raw != "" else None


def _amount(raw: Any, _field: Field) -> Decimal | None:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise ValueError(raw)
    return amount(str(raw)) if raw != "" else None


def _whole(raw: Any, field: Field) -> int:
    low, high = field.limits or (raw, raw)
    if isinstance(raw, int) and not isinstance(raw, bool) and low <= raw <= high:
        return raw
    raise ValueError(raw)


def _yes(raw: Any, _field: Field) -> bool:
    if isinstance(raw, bool):
        return raw
    raise ValueError(raw)


def _people(told: Iterable[str]) -> Any:
    from navigator.core.activity import attendees

    return attendees(";".join(told))


def _word(raw: Any, field: Field) -> str | None:
    text = _text(raw, field).casefold()
    return _among(text, field) if text else None


def _among(text: str, field: Field) -> str:
    for word in field.words:
        if word == text:
            return word
    raise ValueError(text)


# --- as typed by the head ---


_AN_AMOUNT = late(r"£? *(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?")


def amount(text: str, label: str = "") -> Decimal:
    """Pounds and pence, or days, as typed: "£1,200.50". Raises RefusedError for anything else.

    A comma stands only before three digits: "349,50" is 349.50 to some and 34,950 to others.
    """
    from decimal import Decimal

    shown = text.strip()
    before = f"{label}: " if label else ""
    found = _AN_AMOUNT.fullmatch(shown)
    value = Decimal(shown.lstrip("£ ").replace(",", "")) if found else None
    if value is not None and value < MOST_POUNDS and value == round(value, 2):
        return round(value, 2)
    if read := _two_readings(shown):
        raise RefusedError(f"{before}“{shown[:40]}” {read}.")
    raise RefusedError(
        f"{before}“{shown[:40]}” isn't an amount of 0 or more with at most two decimals, "
        "such as 120.50."
    )


def _two_readings(text: str) -> str:
    """How an amount whose comma doesn't stand before three digits may be read; "" for no such."""
    bare = text.removeprefix("£").strip()
    if not re.fullmatch(r"\d[\d,]*(\.\d{0,2})?", bare, re.ASCII) or "," not in bare:
        return ""
    whole, _, cents = bare.partition(",")
    if cents.isdigit() and len(cents) <= 2:
        point, joined = f"{whole}.{cents}", f"{int(whole + cents):,}"
        return (
            f"could be {point} or {joined}: a comma stands only before three digits. "
            f"Write {point} or {joined}"
        )
    return "has a comma that isn't before three digits: write it as 1,200.50"


_A_TIME = late(r"(\d{1,2})(?:[:.](\d{2})(?::[0-5]\d)?)? ?(am|pm)?", re.ASCII)
_EARLY = 7
"""The hour before which a time without am, pm or a nought before it may be meant for later."""


def clock_time(text: str) -> time:
    """A time of day as typed: 13:30, 13.30, 9:15, 1.30pm, 9am; seconds, which files have, are left
    out.

    Raises RefusedError for anything else, and for 1:30, which may be meant for 13:30.

    Not `time.fromisoformat`: it takes 15.45 for three o'clock, and 15:45Z for a time that no other
    can be compared with.
    """
    shown = text.strip()
    found = _A_TIME.fullmatch(shown.casefold().replace("a.m.", "am").replace("p.m.", "pm"))
    hours, minutes, half = found.groups() if found else ("", None, None)
    try:
        if minutes is None and half is None:
            raise ValueError(text)
        hour = int(hours)
        if half:
            hour = hour % 12 + 12 * (half == "pm") if 1 <= hour <= 12 else -1
        typed = time(hour, int(minutes or 0))
    except ValueError:
        raise RefusedError(f"“{shown[:40]}” isn't a time; write it as 13:30.") from None
    if not half and len(hours) == 1 and 0 < hour < _EARLY:
        one, other = f"{typed:%H:%M}", f"{hour + 12}:{typed:%M}"
        raise RefusedError(f"“{shown[:40]}” could be {one} or {other}: write {other} or {one}.")
    return typed


def typed_day(text: str, *, ahead: bool = True) -> date | None:
    """A date as typed, as seen from today (`dates.read`); None for nothing. Raises RefusedError."""
    return dates.read(text, clock.today(), ahead=ahead) if text.strip() else None


def typed_urns(text: str) -> tuple[int, ...]:
    """One URN a line, whatever stands behind it."""
    urns = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        urn = Key.of("school", line.split()[0]).urn
        if urn is None:
            raise RefusedError(f"“{line[:40]}” doesn't begin with a URN, a number of 6 digits.")
        urns.append(urn)
    return tuple(dict.fromkeys(urns))


def _typed_whole(text: str, field: Field) -> int | None:
    text = text.strip()
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) < 6 and int(text):
        return int(text)
    raise RefusedError(f"{field.called}: “{text[:20]}” isn't a whole number above 0.")


_ANSWERS = {"": None, "yes": True, "y": True, "no": False, "n": False}


def _typed_yes(text: str, _field: Field) -> bool | None:
    typed = text.strip().casefold()
    if typed not in _ANSWERS:
        raise RefusedError(f"“{text.strip()[:20]}” is neither yes nor no.")
    return _ANSWERS[typed]


def _typed_word(text: str, field: Field) -> str | None:
    typed = " ".join(text.casefold().split())
    if not typed and not field.required:
        return None
    try:
        return _among(typed, field)
    except ValueError:
        told = ", ".join(field.words)
        raise RefusedError(f"{field.called} must be one of {told}.") from None


def _typed_year(text: str, _field: Field) -> int | None:
    return dates.academic_year(text) if text.strip() else None


def _typed_people(text: str, _field: Field) -> Any:
    """People with ; between them. A comma alone may part two, or belong to one: it is asked."""
    from navigator.core.activity import attendees

    if "," in text and ";" not in text:
        raise RefusedError(
            f"“{' '.join(text.split())[:60]}” could be one person or several: write ; between "
            "several, or a ; at the end if it is one."
        )
    return attendees(text)


def _typed_shares(text: str, _field: Field) -> str:
    """The budgets that pay, as they were typed: only looked at."""
    from navigator.core import paying

    for share in paying.shares(text):
        if share.pounds is not None and share.pounds >= MOST_POUNDS:
            raise RefusedError(
                f"“{share.name[:40]}” would pay £{MOST_POUNDS:,} or more: mend the amount."
            )
    return text.strip()


def _typed_schools(text: str, _field: Field) -> tuple[int, ...]:
    from navigator.core import sharing

    return sharing.urns(text)


def _split(text: str, _field: Field) -> str:
    from navigator.core import sharing

    return sharing.split(text)


def _split_kept(raw: Any, field: Field) -> str:
    """One that can't be read stays: without it, fees would be shared equally, which is a guess."""
    text = _text(raw, field)
    try:
        return _split(text, field)
    except RefusedError:
        raise StaysError(text) from None


def _split_words(split: str) -> str:
    return {"": "", "pupils": "in proportion to pupils"}.get(split, f"by parts: {split}")


# --- from a cell of the table; each raises ValueError, KeyError or RefusedError ---


def _cell_day(text: str, _field: Field) -> date:
    """A day of our times, whole: a table is read on any day."""
    return dates.of_our_times(dates.written(text), text)


def _cell_time(text: str, _field: Field) -> time:
    """A time; also as Excel keeps one that was typed with a point: 13.30 as 13.3, 9.00 as 9."""
    if re.fullmatch(r"\d{1,2}\.[0-5]", text, re.ASCII):
        text += "0"
    elif re.fullmatch(r"\d{1,2}", text, re.ASCII):
        text += ":00"
    return clock_time(text)


def _cell_whole(text: str, field: Field) -> int | None:
    return _whole(_typed_whole(text, field), field)


def _cell_yes(text: str, _field: Field) -> bool | None:
    return {**_ANSWERS, "true": True, "false": False}[text.casefold()]


def _cell_word(text: str, field: Field) -> str:
    """Whatever stands between its words: "within school", "Under-way"."""
    letters = re.sub(r"[\s_-]+", "", text.casefold())
    for word in field.words:
        if re.sub(r"[\s_-]+", "", word) == letters:
            return word
    raise ValueError(text)


def _cell_prose(text: str, _field: Field) -> str:
    return texts.prose(text)


def _cell_list(text: str, _field: Field) -> tuple[str, ...]:
    """Texts, each on a line of its own; else with ; between them; else with commas."""
    between = next((sign for sign in "\n;" if sign in text), ",")
    return tuple(texts.each_once(map(texts.tidy, text.split(between))))


def _list_cell(value: tuple[str, ...]) -> str:
    """Texts as a cell that `_cell_list` reads back, whatever signs are in them."""
    if any(";" in text for text in value):
        return "".join(f"{text}\n" for text in value)
    told = "; ".join(value)
    return f"{told};" if len(value) == 1 and "," in told else told


# --- into a file ---


def _write_amount(value: Any, field: Field) -> float | int | None:
    if value is None:
        return None
    value = amount(str(value), field.called)
    return int(value) if value == value.to_integral_value() else float(value)


def _write_whole(value: Any, field: Field) -> Any:
    if value is not None and field.beyond:
        try:
            _whole(value, field)
        except ValueError:
            raise RefusedError(field.beyond) from None
    return value


def _write_people(people: Any, _field: Field) -> list[str]:
    """Attendees as their text reads back: the signs that part them become others."""
    told = []
    for person in people:
        role = texts.tidy(person.role.replace(";", ",").replace(":", ","))
        name = texts.tidy(person.name.replace(";", ","))
        if role or name:
            told.append(person._replace(role=role, name=name).text())
    return texts.each_once(told)


# --- the table ---


def _of(take: Callable[[Any], Any]) -> Callable[[Any, Field], Any]:
    """For what needs the value alone."""
    return lambda value, _field: take(value)


def _as_it_is(value: Any, _field: Field) -> Any:
    return value


def _shown(value: Any) -> str:
    return str(value or "")


def _shown_people(people: Any) -> str:
    """People as `_typed_people` reads them back; a ; after one whose text has a comma."""
    told = "; ".join(texts.each_once(person.text() for person in people))
    return f"{told};" if "," in told and ";" not in told else told


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _two_decimals(value: Decimal | None) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if value == value.to_integral_value() else f"{value:.2f}"


class Value(NamedTuple):
    """What one kind of value does; what isn't given is as for a text of one line.

    Args:
        read: From a file's value; None for nothing said. Raises ValueError or RefusedError.
        write: To a file's value; "", None or [] for nothing said. Raises RefusedError.
        shown: As a box shows it and `typed` reads it back.
        typed: From a box or an option. Raises RefusedError.
        cell: As a cell of the table has it and `of_cell` reads it back; None: as shown.
        of_cell: From a cell that isn't empty. Raises ValueError, KeyError or RefusedError. None: as
            typed.
        words: As a page says it; None: as shown.
        back: How what is typed is understood, beneath its box; None: nothing stands there.
        wanted: What a file's value is to be, as a sentence about one that isn't has it.
        cell_wanted: The same of a cell; "" where the refusal says it.
        tall: Whether its box has several lines.
    """

    read: Callable[[Any, Field], Any] = _text
    write: Callable[[Any, Field], Any] = _as_it_is
    shown: Callable[[Any], str] = _shown
    typed: Callable[[str, Field], Any] = _as_it_is
    cell: Callable[[Any], str] | None = None
    of_cell: Callable[[str, Field], Any] | None = None
    words: Callable[[Any], str] | None = None
    back: Callable[[Any], str] | None = None
    wanted: str = "text in quotes"
    cell_wanted: str = ""
    tall: bool = False


_LIST = Value(
    _texts,
    _of(lambda value: texts.each_once(map(texts.tidy, value))),
    ", ".join,
    lambda text, _field: tuple(texts.each_once(part.strip() for part in text.split(","))),
    wanted='a list such as ["one", "two"]',
)
_DAY = Value(
    _day,
    shown=lambda day: dates.plain(day) if day else "",
    typed=_of(typed_day),
    cell=_iso,
    of_cell=_cell_day,
    words=wording.day,
    back=dates.shown,
    wanted="a date such as 2026-11-22",
)
_AMOUNT = Value(
    _amount,
    _write_amount,
    lambda value: "" if value is None else f"{value:f}".removesuffix(".00"),
    lambda text, field: amount(text, field.called) if text.strip() else None,
    cell=_two_decimals,
    of_cell=lambda text, _field: amount(text),
    wanted="an amount such as 120.50",
)
_WHOLE = Value(
    _whole,
    _write_whole,
    typed=_typed_whole,
    of_cell=_cell_whole,
    wanted="a number",
)
_YES = Value(
    _yes,
    shown=lambda value: {True: "yes", False: "no", None: ""}[value],
    typed=_typed_yes,
    of_cell=_cell_yes,
    wanted="true or false",
    cell_wanted="to be yes or no",
)

VALUES = {
    "id": Value(),
    "line": Value(write=_of(texts.line)),
    "sign": Value(_of(lambda raw: raw[:1]), _of(lambda text: texts.line(text)[:1])),
    "plain": Value(write=_of(texts.tidy)),
    "shares": Value(write=_of(texts.tidy), typed=_typed_shares, of_cell=_typed_shares),
    "remark": Value(write=_of(texts.prose), of_cell=_cell_prose),
    "prose": Value(write=_of(texts.prose), of_cell=_cell_prose, tall=True),
    "note": Value(write=_of(texts.lines), tall=True),
    "texts": _LIST._replace(cell=_list_cell, of_cell=_cell_list),
    "tags": _LIST._replace(write=_of(texts.tagged)),
    "names": _LIST._replace(write=_of(lambda names: [texts.line(name) for name in names])),
    "ids": _LIST._replace(write=_of(lambda ids: list(ids) if any(ids) else [])),
    "body": Value(_key, wanted='a body such as "school:139217"'),
    "bodies": _LIST._replace(
        read=lambda raw, field: tuple(map(BodyRef.of, _texts(raw, field))),
        write=_of(lambda bodies: [BodyRef(b.key, texts.line(b.name)).text for b in bodies]),
        shown=lambda bodies: "\n".join(body.text for body in bodies),
        tall=True,
    ),
    "urns": Value(
        _urns,
        _of(lambda urns: sorted(set(urns))),
        lambda urns: "\n".join(map(str, urns)),
        _of(typed_urns),
        wanted="a list of numbers such as [100000, 100001]",
        tall=True,
    ),
    "schools": Value(
        lambda raw, field: tuple(dict.fromkeys(_urns(raw, field))),
        _of(lambda urns: list(dict.fromkeys(urns))),
        lambda urns: "; ".join(map(str, urns)),
        _typed_schools,
        wanted="a list of numbers such as [139217, 122771]",
    ),
    "split": Value(
        _split_kept,
        _split,
        typed=_split,
        words=_split_words,
        wanted='"pupils", or parts such as "139217 200; 122771 120"',
    ),
    "day": _DAY,
    "past": _DAY._replace(typed=lambda text, _field: typed_day(text, ahead=False)),
    "stamp": _DAY,
    "time": Value(
        _time,
        shown=lambda value: "" if value is None else f"{value:%H:%M}",
        typed=lambda text, _field: clock_time(text) if text.strip() else None,
        of_cell=_cell_time,
        wanted="a time such as 13:30",
    ),
    "amount": _AMOUNT,
    "pounds": _AMOUNT._replace(write=lambda value, field: float(amount(str(value), field.called))),
    "whole": _WHOLE,
    "year": _WHOLE._replace(typed=_typed_year, of_cell=_typed_year),
    "yes": _YES,
    "flag": _YES._replace(write=_of(lambda on: on or None), shown=lambda on: "yes" if on else ""),
    "word": Value(_word, _of(str), typed=_typed_word, of_cell=_cell_word),
    "people": _LIST._replace(
        read=lambda raw, field: _people(_texts(raw, field)),
        write=_write_people,
        shown=_shown_people,
        typed=_typed_people,
    ),
}
"""The kinds of value by name. Two more hold others, and are read where files are: "features" (the
words of a review, each under its feature's name) and "sessions" (a list of tables)."""


def wanted(field: Field) -> str:
    """What a field's value in a file is to be: "… isn't a date such as 2026-11-22"."""
    words = [f'"{word}"' for word in field.words]
    if field.wanted:
        return field.wanted
    if words and field.required:
        return f"{', '.join(words[:-1])} or {words[-1]}"
    if words:
        return f"one of {', '.join(words)}"
    if field.limits:
        return "a number from {} to {}".format(*field.limits)
    return VALUES[field.value].wanted


def cell_wanted(field: Field) -> str:
    """What a field's cell is: "to be yes or no"."""
    if field.words:
        return f"to be one of: {', '.join(field.words)}"
    if field.limits and field.value == "whole":
        return "to be a whole number from {} to {}".format(*field.limits)
    return VALUES[field.value].cell_wanted
