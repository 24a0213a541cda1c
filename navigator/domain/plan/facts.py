"""What an activity says, field by field: one list for its page and for what is printed of it."""

from __future__ import annotations

from navigator.core.activity import Activity
from navigator.core.fields import fields_of
from navigator.core.values import VALUES
from navigator.domain.plan import money, programmes


def facts(a: Activity, part: str | None = None) -> dict[str, tuple[str, str]]:
    """A label and words by each field's name, in the fields' order; "" for what isn't said.

    `part` is that of the form in which they are changed; None for all of them.
    """
    found = {}
    for field in fields_of(Activity):
        if field.shown and part in (None, field.part):
            value, kind = getattr(a, field.attribute), VALUES[field.value]
            say = money.pounds if field.value == "amount" else kind.words or kind.shown
            found[field.attribute] = (field.shown, say(value))
    told = {
        "provider": a.provider_name or a.provider,
        "programme": programmes.name_of(a.programme),
        "audience": ", ".join((*a.audience, *a.year_groups)),
        "release_days": money.release_told(a),
    }
    return {name: (label, told.get(name, words)) for name, (label, words) in found.items()}
