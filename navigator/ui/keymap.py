"""The names of keys, and the keys that a head sets in settings.toml in place of ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual.binding import Binding
from textual.keys import Keys, format_key, key_to_character

from navigator.ui.commands import COMMANDS, PLACES, commands_of

NAMES = {
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "space": "Space",
    "delete": "Del",
    "backspace": "Backspace",
    "insert": "Ins",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}
"""Keys whose names Textual writes otherwise."""

SIGNS = {"plus": "+", "minus": "-", "slash": "/", "at": "@", "backslash": "\\", "underscore": "_"}
"""Keys of whose sign Textual doesn't know that it is typed."""

READ = {name.casefold(): key for key, name in NAMES.items()}
SENT_AS = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+j": "enter", "ctrl+h": "backspace"}
"""What a terminal sends for these: they can't be told from it."""


def key_name(key: str) -> str:
    """A key as help, palette and docs write it: "Ctrl+S", "F1", "/", "←"."""
    *modifiers, last = key.split("+")
    upper = _is_function_key(last) or (modifiers and len(last) == 1)
    name = NAMES.get(last) or SIGNS.get(last) or (last.upper() if upper else format_key(last))
    return "+".join([*(modifier.title() for modifier in modifiers), name])


def first_key(own: Mapping[str, str], command: str) -> str:
    """The name of the first key of a command: the head's own, if they set one."""
    return key_name(own.get(command, COMMANDS[command].keys).split(",")[0])


class KeyNames:
    """The names of keys by command: {note} in a text that `format_map` completes.

    Args:
        own: The head's own keys by command.
    """

    def __init__(self, own: Mapping[str, str]) -> None:
        self._own = own

    def __getitem__(self, command: str) -> str:
        return first_key(self._own, command)


def sign_of(key: str) -> str | None:
    """The sign that a key types, None for one that types none."""
    return key_to_character(key) or SIGNS.get(key)


def foot_name(key: str) -> str:
    """A key as the foot of a screen writes it, where room is short: "^s"."""
    return f"^{key[5:]}" if key.startswith("ctrl+") else key_name(key)


def _is_function_key(key: str) -> bool:
    return key[0] == "f" and key[1:].isdigit() and 0 < int(key[1:]) <= 24


# --- the head's own keys ---


def own_keys(given: Mapping[str, object]) -> tuple[dict[str, str], list[str]]:
    """The table [keys] of the settings: what of it can be used, as Textual takes it (keys by the id
    of their command), and a sentence for each that can't be: there the default stays."""
    good: dict[str, str] = {}
    problems: list[str] = []
    for name, value in given.items():
        if name not in COMMANDS or not COMMANDS[name].keys:
            problems.append(f"no command is called “{name[:40]}”{_like(name)}.")
            continue
        keys = [_read(text) for text in str(value).split(",")] if isinstance(value, str) else [""]
        if not all(keys):
            problems.append(f"“{str(value)[:40]}” is no key for {name}; {_default(name)} stays.")
        elif ",".join(keys) != COMMANDS[name].keys:
            good[name] = ",".join(keys)
    while problem := next(filter(None, (_clash(name, good) for name in reversed(good))), None):
        name, said = problem
        problems.append(f"{name} can't be {said}; {_default(name)} stays.")
        del good[name]
    return good, [f"[keys] in settings.toml: {problem}" for problem in problems]


def _like(name: str) -> str:
    import difflib

    found = difflib.get_close_matches(name, [c.id for c in COMMANDS.values() if c.keys], 1)
    return f"; did you mean {found[0]}?" if found else ": docs/settings.md lists them"


def _default(name: str) -> str:
    return key_name(COMMANDS[name].keys.split(",", maxsplit=1)[0])


def _read(text: str) -> str:
    """A key as a head writes it ("F4", "Ctrl+S", "/"), as Textual names it; "" for none."""
    text = text.strip()
    if len(text) == 1:
        (binding,) = Binding.make_bindings([Binding(text, "")])
        return binding.key
    *modifiers, last = text.casefold().split("+")
    last = READ.get(last, last)
    known = last in set(Keys) or _is_function_key(last) or sign_of(last) is not None
    if not known or not set(modifiers) <= {"ctrl", "shift", "alt"}:
        return ""
    key = "+".join([*modifiers, last])
    return SENT_AS.get(key, key)


def _clash(name: str, own: Mapping[str, str]) -> tuple[str, str] | None:
    """(name, why its own keys can't be) where they can't."""
    keys = own[name].split(",")
    parts = {"everywhere", *(part for place in PLACES.values() for part in place.parts)}
    for place in (place for place in PLACES if place not in parts):
        used = dict(_used(place, own))
        if name not in used:
            continue
        typing = PLACES[place].typing
        if typing and name in _declared(place) and all(map(_is_typed, keys)):
            return name, f"{key_name(keys[0])}: in {PLACES[place].name} it is typed into the box"
        for key in keys:
            others = [o for o, theirs in used.items() if o != name and key in theirs.split(",")]
            if others and not (typing and _is_typed(key)):
                return name, f"{key_name(key)}: in {PLACES[place].name} that is {others[0]}"
            if typing and key in _box_keys(many=place == "form"):
                return name, f"{key_name(key)}: in {PLACES[place].name} the box itself uses it"
    return None


def _declared(place: str) -> list[str]:
    """The ids of what works in a place itself, and in its widgets."""
    parts = (c for part in PLACES[place].parts for c in commands_of(part))
    return [c.id for c in (*commands_of(place), *parts)]


def _used(place: str, own: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(the id of a command, its keys) of all that works in a place."""
    ids = [*_declared(place), "commands"]
    if not PLACES[place].modal:
        ids += [c.id for c in commands_of("everywhere")]
    for id_ in dict.fromkeys(ids):
        yield id_, own.get(id_, COMMANDS[id_].keys)


def _is_typed(key: str) -> bool:
    """Whether a key puts a sign into a box."""
    sign = sign_of(key)
    return sign is not None and sign.isprintable()


def _box_keys(*, many: bool) -> set[str]:
    """The keys with which Textual's boxes, of a line or of `many`, move, select and cut."""
    from textual.widgets import Input, TextArea

    bindings = (*Input.BINDINGS, *(TextArea.BINDINGS if many else ()))
    return {binding.key for binding in Binding.make_bindings(bindings)} - {"enter"}
