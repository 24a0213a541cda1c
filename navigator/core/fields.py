"""How a field of the head's record is declared: once, where its noun is.

    closes: Annotated[date | None, Field("day", "Recruitment closes", option="…")] = None

The files, the forms, the CSV of the plan, the command line and the pages are all made from it. What
the kinds of value do is in `values.py`.
"""

from collections.abc import Hashable
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, get_args

DATE_HINT = "31/1/27, next Tuesday, +14"
"""What an empty box for a day, and `--help`, say."""
A_DATE = "a date such as 2026-11-22"
"""What is wanted of a day in a file, in a sentence."""


class Field(NamedTuple):
    """One field of a noun.

    Args:
        value: The kind of its value, a name of `values.VALUES`.
        label: What stands over its box in a form; "" where no form has it.
        hint: What the empty box shows.
        offer: Words that the box completes.
        part: In which part of the record it is changed and shown, where it has several.
        group: Under which heading its box stands in a long form; "" stays under the one above.
        shown: What it is called where it is read, if not as over its box; "" where it isn't shown.
        column: Whether the table of the plan has a column of it; the command line then has an
            option.
        option: What `--help` says of that; one may have an option without a column.
        name: Its name in the file, if not the noun's own.
        needed: The sentence that refuses a record without it.
        wanted: What a file's value is to be, in a sentence, if not as for its kind.
        limits: The smallest and largest number.
        beyond: The sentence that refuses a number outside them.
        last: Whether it stands at the end of a form and of `--help`.
        default: What it is where nothing is said, if the noun's field has no default.

    The others come from the noun: `required` is a field without a default (a file's record without
    it isn't used), `words` are those of an enumeration, `called` is its name in a sentence.
    """

    value: str
    label: str = ""
    hint: str = ""
    offer: tuple[str, ...] = ()
    part: str = ""
    group: str = ""
    shown: str | None = None
    column: bool = False
    option: str | None = None
    name: str = ""
    needed: str = ""
    wanted: str = ""
    limits: tuple[int, int] | None = None
    beyond: str = ""
    last: bool = False
    default: Any = None
    attribute: str = ""
    required: bool = False
    words: tuple[str, ...] = ()
    called: str = ""


ID = Field("id")


@cache
def fields_of(noun: Hashable) -> tuple[Field, ...]:
    """The fields of a noun (a named tuple's class) that its file holds, in the noun's order."""
    class_: Any = noun
    return tuple(
        _bound(field, attribute, class_._field_defaults, type_.__origin__)
        for attribute, type_ in class_.__annotations__.items()
        for field in getattr(type_, "__metadata__", ())
        if isinstance(field, Field)
    )


def _bound(field: Field, attribute: str, defaults: dict[str, Any], type_: Any) -> Field:
    name = field.name or attribute
    return field._replace(
        attribute=attribute,
        name=name,
        shown=field.label if field.shown is None else field.shown,
        default=defaults.get(attribute, field.default),
        required=attribute not in defaults and field.default is None,
        words=_words(type_) if field.value == "word" else (),
        called=name.replace("_", " ").capitalize(),
    )


def _words(type_: Any) -> tuple[str, ...]:
    """The words of an enumeration, or of literals; "", which stands for none, left out."""
    if isinstance(type_, type) and issubclass(type_, StrEnum):
        return tuple(type_)
    parts = get_args(type_)
    return tuple(w for p in parts for w in ((p,) if isinstance(p, str) else _words(p)) if w)
