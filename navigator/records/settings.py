"""The head's settings: `settings.toml` in the config folder, made to be edited by hand.

A rewrite keeps comments and keys we don't know. A file that can't be read is never overwritten:
it is set aside under another name first, and the newest good version takes its place.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from navigator.core import paths
from navigator.core.errors import RefusedError
from navigator.core.wording import Units
from navigator.storage.folder import Folder, not_saved

FILE = "settings.toml"
DEFAULT_THEME = "navigator-dark"


@dataclass(frozen=True, slots=True)
class Settings:
    """`problem` is a sentence for the user where the file couldn't be used as it stands.

    `school` is the URN of the head's own school; `radius` how far "nearby" reaches, in `units`;
    `supply_rate` what a day of cover costs, in pounds. None where the head hasn't said.
    `register_url` is the folder an update fetches from, "" for DfE's.
    """

    theme: str = DEFAULT_THEME
    units: Units = "miles"
    school: int | None = None
    radius: float | None = None
    supply_rate: float | None = None
    register_url: str = ""
    problem: str = ""


def settings_file() -> Path:
    return paths.config_dir() / FILE


def load() -> Settings:
    """The settings; the defaults where there is no file or it can't be used (see `problem`)."""
    folder = Folder(paths.config_dir())
    file = folder.path / FILE
    broken = ""
    try:
        values = tomllib.loads((folder.read(FILE) or b"").decode("utf-8-sig"))
    except OSError as error:
        return Settings(problem=f"{file} can't be read ({error.strerror}); using the defaults.")
    except ValueError as error:  # bad TOML, or bytes that aren't UTF-8
        good = _newest_good(folder)
        used = "the newest good version is in use" if good else "the defaults are in use"
        broken = f"{file} can't be used ({error}); {used} until you mend it."
        values = tomllib.loads(good)
    theme = values.get("theme", DEFAULT_THEME)
    units = values.get("units", "miles")
    given = Settings(theme if isinstance(theme, str) else DEFAULT_THEME, problem=broken)
    if units in get_args(Units):
        given = replace(given, units=units)
    else:
        said = f'{file}: units is {units!r}, and may be "miles" or "km"; using miles.'
        given = replace(given, problem=said)
    school = _number(values, "school")
    said = next(
        (
            f"{file}: {key} is {values[key]!r}, and is to be a number above 0; it isn't used."
            for key in ("school", "radius", "supply_rate")
            if key in values and _number(values, key) is None
        ),
        given.problem,
    )
    return replace(
        given,
        school=int(school) if school else None,
        radius=_number(values, "radius"),
        supply_rate=_number(values, "supply_rate"),
        register_url=str(values.get("register_url", "")),
        problem=said,
    )


def _newest_good(folder: Folder) -> str:
    """The newest kept version that can be read, "" where there is none."""
    for version in folder.versions(FILE):
        with suppress(OSError, ValueError):
            text = version.read_text("utf-8-sig")
            tomllib.loads(text)
            return text
    return ""


def _number(values: Mapping[str, object], key: str) -> float | None:
    value = values.get(key)
    good = isinstance(value, int | float) and not isinstance(value, bool) and value > 0
    return float(value) if good and isinstance(value, int | float) else None


def number(label: str, text: str) -> float | None:
    """A number as typed into a form, None for none. Raises RefusedError for anything else."""
    text = text.strip().removeprefix("£")
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 10_000_000:
        raise RefusedError(f"{label}: “{text[:40]}” isn't a number above 0.")
    return value


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
            except (ParseError, UnicodeDecodeError):
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
