"""The head's settings: `settings.toml` in the config folder, made to be edited by hand.

Each key is declared once, as a field of `Settings`: reading, the form of the app and
docs/settings.md follow from it. A rewrite keeps comments and keys we don't know. A file that can't
be read is never overwritten: it is set aside under another name first, and the newest good version
takes its place.

Named tuples, with annotations that aren't postponed, as in `core.model`: each start makes them.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, NamedTuple, cast, get_args

from navigator.core import paths
from navigator.core.errors import RefusedError
from navigator.core.wording import Units
from navigator.storage.disk import not_saved
from navigator.storage.folder import Folder

FILE = "settings.toml"
DEFAULT_THEME = "navigator-dark"
MOST = 10_000_000
"""No number among the settings is as high."""


class Setting(NamedTuple):
    """What there is to know of one key.

    `read` makes the value of what the file holds, and raises ValueError for what can't be used;
    `wanted` then tells what is wanted and what is done instead. `label` and `hint` are the form's,
    with "{unit}" for the unit of distances; a key without a label isn't in the form.
    """

    read: Callable[[Any], Any]
    wanted: str = ""
    label: str = ""
    hint: str = ""


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value


def _units(value: Any) -> Units:
    if value not in get_args(Units):
        raise ValueError
    return cast(Units, value)


def _signs(value: Any) -> str:
    if value not in ("auto", "full", "plain"):
        raise ValueError
    return str(value)


def _number(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value < MOST:
        raise ValueError
    return float(value)


def _whole(value: object) -> int:
    return int(_number(value))


def _yes(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _table(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise ValueError
    return value


ABOVE_0 = "is to be a number above 0; it isn't used"


class Settings(NamedTuple):
    """What the file says, None where the head hasn't said.

    `problem` is a sentence for the user where the file couldn't be used as it stands.
    """

    theme: Annotated[
        str, Setting(_text, f"is to be the name of a theme; using {DEFAULT_THEME}")
    ] = DEFAULT_THEME
    units: Annotated[Units, Setting(_units, 'may be "miles" or "km"; using miles')] = "miles"
    school: Annotated[
        int | None, Setting(_whole, ABOVE_0, "Your school's URN", "Navigator opens on it")
    ] = None
    # Whether to ask, of a school that is looked up, if it is the head's; False once it was asked
    ask_school: Annotated[bool, Setting(_yes, "may be true or false; using true")] = True
    # In `units`; without it, "nearby" reaches to the twenty nearest schools
    radius: Annotated[
        float | None, Setting(_number, ABOVE_0, "Nearby reaches how far, in {unit}", "any")
    ] = None
    supply_rate: Annotated[
        float | None, Setting(_number, ABOVE_0, "A day of cover costs, in pounds")
    ] = None
    out_at_once: Annotated[
        int | None, Setting(_whole, ABOVE_0, "How many may be out of class at once")
    ] = None
    # The folder on the web that an update fetches from, and the address of newer facts. An update
    # looks at them, and refuses one that it can't use
    register_url: Annotated[str, Setting(str)] = ""
    facts_url: Annotated[str, Setting(str)] = ""
    # The head's own keys, by the names of commands
    keys: Annotated[Mapping[str, object], Setting(_table, "is to be a table; it isn't used")] = (
        MappingProxyType({})
    )
    # Plain ones for old fonts of Windows
    signs: Annotated[str, Setting(_signs, "may be auto, full or plain; using auto")] = "auto"
    problem: str = ""


SETTINGS: dict[str, Setting] = {
    key: setting
    for key, type_ in Settings.__annotations__.items()
    for setting in getattr(type_, "__metadata__", ())
}
"""Every key that the file may hold, in the order of the form."""


ADDRESSES = ("register_url", "facts_url")
"""Where updates come from: who could set them for the head could give them any register."""


def settings_file() -> Path:
    return paths.config_dir() / FILE


def load() -> Settings:
    """The settings; the defaults where there is no file or it can't be used (see `problem`)."""
    folder = Folder(paths.config_dir())
    file = folder.path / FILE
    problem = ""
    try:
        values = tomllib.loads((folder.read(FILE) or b"").decode("utf-8-sig"))
    except OSError as error:
        return Settings(problem=f"{file} can't be read ({error.strerror}); using the defaults.")
    except (ValueError, RecursionError) as error:  # bad TOML, or bytes that aren't UTF-8
        good = _newest_good(folder)
        used = "the newest good version is in use" if good else "the defaults are in use"
        why = "it lies too deep in itself" if isinstance(error, RecursionError) else error
        problem = f"{file} can't be used ({why}); {used} until you mend it."
        values = tomllib.loads(good)
    held: dict[str, Any] = {}
    for key, setting in SETTINGS.items():
        if key in values:
            try:
                held[key] = setting.read(values[key])
            except ValueError:
                problem = problem or f"{file}: {key} is {values[key]!r}, and {setting.wanted}."
    return Settings(**held, problem=problem)


def _newest_good(folder: Folder) -> str:
    """The newest kept version that can be read, "" where there is none."""
    for version in folder.versions(FILE):
        with suppress(OSError, ValueError, RecursionError):
            text = version.read_text("utf-8-sig")
            tomllib.loads(text)
            return text
    return ""


def brought(data: bytes) -> dict[str, Any]:
    """What a good file of settings says, by our keys."""
    told = tomllib.loads(data.decode("utf-8-sig"))
    return {key: told[key] for key in SETTINGS if key in told}


def without(data: bytes, keys: Iterable[str], held: Mapping[str, Any]) -> bytes:
    """A good file of settings with some keys as they are `held`, or without them."""
    import tomlkit

    document = tomlkit.parse(data.decode("utf-8-sig"))
    for key in keys:
        if key in held:
            document[key] = held[key]
        else:
            document.pop(key, None)
    return tomlkit.dumps(document).encode("utf-8")


def typed(key: str, label: str, text: str) -> Any:
    """The value of a number as typed into the form, None for an empty box.

    Raises:
        RefusedError: it is none that may be set; the text names `label`.
    """
    text = text.strip().removeprefix("£")
    try:
        return SETTINGS[key].read(float(text)) if text else None
    except ValueError:
        example = {"supply_rate": 210, "out_at_once": 3}.get(key, 5)
        raise RefusedError(
            f"{label}: “{text[:40]}” isn't a number above 0, such as {example}."
        ) from None


def save(**values: str | float | None) -> None:
    """Write the given settings, keeping all else that the file holds; None takes one away.

    Raises:
        NavigatorError: the file can't be written; the text says where and why.
    """
    # tomlkit and not tomli-w: it keeps the head's comments and order. Imported on the first write.
    import tomlkit
    from tomlkit.exceptions import ParseError

    folder = Folder(paths.config_dir())
    try:
        with folder.locked():
            held = folder.read(FILE)
            try:
                document = tomlkit.parse((held or b"").decode("utf-8-sig"))
            except (ParseError, UnicodeDecodeError, RecursionError):
                folder.set_aside(FILE, held or b"")
                held = _newest_good(folder).encode("utf-8") or None
                document = tomlkit.parse(held or b"")
            if held is None:
                document.add(tomlkit.comment("Navigator's settings. Yours to edit."))
            for key, value in values.items():
                if value is None:
                    document.pop(key, None)
                else:
                    document[key] = value
            folder.write(FILE, tomlkit.dumps(document).encode("utf-8"))
    except OSError as error:
        raise not_saved(folder.path, error) from error
