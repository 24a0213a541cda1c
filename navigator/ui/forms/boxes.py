"""The boxes of a form out of the fields of what it is about, and what is typed read back by them.

Labels, hints and kinds of value are declared once, with the nouns in `core`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from navigator.core.errors import NavigatorError, RefusedError
from navigator.core.fields import Field, fields_of
from navigator.core.values import VALUES
from navigator.ui.forms.form import Box, Values

YES_NO = ("yes", "no")


@contextmanager
def told_of(box: str) -> Iterator[None]:
    """What is refused in here is of the box of a form: the cursor goes there."""
    try:
        yield
    except NavigatorError as error:
        error.field = error.field or box
        raise


def refusal(box: str, sentence: str) -> RefusedError:
    """A refusal that is of a box."""
    return RefusedError(sentence, field=box)


def fields_in(noun: Any, *, part: str = "", names: Iterable[str] = ()) -> list[Field]:
    """The fields of a noun that a form has: those of a part of it, or those named."""
    found = {field.attribute: field for field in fields_of(noun) if field.label}
    if names:
        return [found[name] for name in names]
    return sorted((f for f in found.values() if f.part == part), key=lambda field: field.last)


def boxes(fields: Iterable[Field], held: Any = None) -> list[Box]:
    """A box for each field with what is held there; with its default where nothing is."""
    return [_box(field, held) for field in fields]


def _box(field: Field, held: Any) -> Box:
    label, offer = field.label, field.offer
    if field.words:
        label, offer = f"{label}: {', '.join(field.words)}", field.words
    elif field.value in ("yes", "flag"):
        label, offer = f"{label}: yes or no", YES_NO
    value = VALUES[field.value]
    back = _back(field) if value.back else None
    return Box(
        field.attribute,
        label,
        _shown(field, held),
        field.hint,
        value.tall,
        offer,
        back,
        field.group,
        anew=value.anew,
    )


def _back(field: Field) -> Callable[[str], str]:
    """What says how a field's text is understood; "" where it says nothing."""
    value = VALUES[field.value]

    def said(text: str) -> str:
        found = value.typed(text, field)
        return value.back(found) if value.back and found is not None else ""

    return said


def _shown(field: Field, held: Any) -> str:
    value = field.default if held is None else getattr(held, field.attribute)
    return VALUES[field.value].shown(value)


def read(fields: Iterable[Field], values: Values, held: Any = None) -> dict[str, Any]:
    """What was typed, by attribute; what was left alone is what is held.

    Raises:
        RefusedError: something typed can't be; the text says what.
    """
    found: dict[str, Any] = {}
    for field in fields:
        text = values[field.attribute]
        if held is not None and text == _shown(field, held):
            found[field.attribute] = getattr(held, field.attribute)
        else:
            with told_of(field.attribute):
                value = VALUES[field.value].typed(text, field)
            found[field.attribute] = field.default if value is None else value
    return found
