"""The kinds of value that the head's record has: how each is typed, shown, written; in one table.

A value goes to and from four places: its file (as TOML has it, dates as text), a box of a form or
an option, a cell of the plan's table, and a page, where it is only read. How it is read from its
file is in `read_values.py`: that alone is what each start needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from typing import TYPE_CHECKING, Any, NamedTuple

from navigator.core import cleaning, clock, dates, texts, wording
from navigator.core.errors import RefusedError
from navigator.core.fields import Field
from navigator.core.keys import Key
from navigator.core.read_values import among, whole
from navigator.core.record import BodyRef
from navigator.core.typed import MOST_POUNDS, amount, clock_time

if TYPE_CHECKING:
    from decimal import Decimal

# --- as typed by the head ---


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
    typed = cleaning.for_comparing(text)
    if not typed and not field.required:
        return None
    try:
        return among(typed, field)
    except ValueError:
        told = ", ".join(field.words)
        raise RefusedError(f"{field.called} must be one of {told}.") from None


def _typed_year(text: str, _field: Field) -> int | None:
    return dates.academic_year(text) if text.strip() else None


def _typed_people(text: str, _field: Field) -> Any:
    """People with ; between them. A comma alone may part two, or belong to one: it is asked."""
    from navigator.core.session import attendees

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
    from navigator.core import typed_schools

    return typed_schools.urns(text)


def _split(text: str, _field: Field) -> str:
    from navigator.core import typed_schools

    return typed_schools.split(text)


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
    return whole(_typed_whole(text, field), field)


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
            whole(value, field)
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
    """A function of a value as one of a value and its field."""
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
        anew: Whether it is typed anew rather than mended, as a number is: whoever comes to its box
            finds it marked, so that a key takes its place.
    """

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
    anew: bool = False


_LIST = Value(
    _of(lambda value: texts.each_once(map(texts.tidy, value))),
    ", ".join,
    lambda text, _field: tuple(texts.each_once(part.strip() for part in text.split(","))),
    wanted='a list such as ["one", "two"]',
)
_DAY = Value(
    shown=lambda day: dates.in_words(day) if day else "",
    typed=_of(typed_day),
    cell=_iso,
    of_cell=_cell_day,
    words=wording.day,
    back=dates.shown,
    wanted="a date such as 2026-11-22",
    anew=True,
)
_AMOUNT = Value(
    _write_amount,
    lambda value: "" if value is None else f"{value:f}".removesuffix(".00"),
    lambda text, field: amount(text, field.called) if text.strip() else None,
    cell=_two_decimals,
    of_cell=lambda text, _field: amount(text),
    wanted="an amount such as 120.50",
    anew=True,
)
_WHOLE = Value(
    _write_whole,
    typed=_typed_whole,
    of_cell=_cell_whole,
    wanted="a number",
    anew=True,
)
_YES = Value(
    shown=lambda value: {True: "yes", False: "no", None: ""}[value],
    typed=_typed_yes,
    of_cell=_cell_yes,
    wanted="true or false",
    cell_wanted="to be yes or no",
    anew=True,
)

VALUES = {
    "id": Value(),
    "line": Value(write=_of(texts.line)),
    "sign": Value(_of(lambda text: texts.line(text)[:1])),
    "plain": Value(write=_of(texts.tidy)),
    "shares": Value(write=_of(texts.tidy), typed=_typed_shares, of_cell=_typed_shares),
    "remark": Value(write=_of(texts.prose), of_cell=_cell_prose),
    "prose": Value(write=_of(texts.prose), of_cell=_cell_prose, tall=True),
    "note": Value(write=_of(texts.lines), tall=True),
    "texts": _LIST._replace(cell=_list_cell, of_cell=_cell_list),
    "tags": _LIST._replace(write=_of(texts.tagged)),
    "names": _LIST._replace(write=_of(lambda names: [texts.line(name) for name in names])),
    "ids": _LIST._replace(write=_of(lambda ids: list(ids) if any(ids) else [])),
    "body": Value(wanted='a body such as "school:139217"'),
    "bodies": _LIST._replace(
        write=_of(lambda bodies: [BodyRef(b.key, texts.line(b.name)).text for b in bodies]),
        shown=lambda bodies: "\n".join(body.text for body in bodies),
        tall=True,
    ),
    "urns": Value(
        _of(lambda urns: sorted(set(urns))),
        lambda urns: "\n".join(map(str, urns)),
        _of(typed_urns),
        wanted="a list of numbers such as [100000, 100001]",
        tall=True,
    ),
    "schools": Value(
        _of(lambda urns: list(dict.fromkeys(urns))),
        lambda urns: "; ".join(map(str, urns)),
        _typed_schools,
        wanted="a list of numbers such as [139217, 122771]",
    ),
    "split": Value(
        _split,
        typed=_split,
        words=_split_words,
        wanted='"pupils", or parts such as "139217 200; 122771 120"',
    ),
    "day": _DAY,
    "past": _DAY._replace(typed=lambda text, _field: typed_day(text, ahead=False)),
    "stamp": _DAY,
    "time": Value(
        shown=lambda value: "" if value is None else f"{value:%H:%M}",
        typed=lambda text, _field: clock_time(text) if text.strip() else None,
        of_cell=_cell_time,
        wanted="a time such as 13:30",
        anew=True,
    ),
    "amount": _AMOUNT,
    "pounds": _AMOUNT._replace(write=lambda value, field: float(amount(str(value), field.called))),
    "whole": _WHOLE,
    "year": _WHOLE._replace(typed=_typed_year, of_cell=_typed_year),
    "yes": _YES,
    "flag": _YES._replace(write=_of(lambda on: on or None), shown=lambda on: "yes" if on else ""),
    "word": Value(_of(str), typed=_typed_word, of_cell=_cell_word, anew=True),
    "people": _LIST._replace(
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
        return wording.listed(words, "or")
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
