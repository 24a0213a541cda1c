"""The head's settings: `settings.toml` in the config folder, made to be edited by hand.

A rewrite keeps comments and keys we don't know. A file that can't be read is never overwritten:
it is set aside under another name first.
"""

from __future__ import annotations

import os
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from navigator import paths
from navigator.errors import NavigatorError
from navigator.wording import Units

FILE = "settings.toml"
DEFAULT_THEME = "navigator-dark"


@dataclass(frozen=True, slots=True)
class Settings:
    """`problem` is a sentence for the user where the file couldn't be used as it stands."""

    theme: str = DEFAULT_THEME
    units: Units = "miles"
    problem: str = ""


def settings_file() -> Path:
    return paths.config_dir() / FILE


def load() -> Settings:
    """The settings; the defaults where there is no file or it can't be used (see `problem`)."""
    file = settings_file()
    try:
        values = tomllib.loads(file.read_text("utf-8-sig"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:  # ValueError: bad TOML, or bytes that aren't UTF-8
        return Settings(problem=f"{file} can't be read ({error}); using the defaults.")
    theme = values.get("theme", DEFAULT_THEME)
    units = values.get("units", "miles")
    if not isinstance(theme, str):
        theme = DEFAULT_THEME
    if units not in get_args(Units):
        return Settings(
            theme, problem=f'{file}: units is {units!r}, and may be "miles" or "km"; using miles.'
        )
    return Settings(theme, units)


def save(**values: str) -> None:
    """Write the given settings, keeping all else that the file holds.

    Raises:
        NavigatorError: the file can't be written; the text says where and why.
    """
    # tomlkit and not tomli-w: it keeps the head's comments and order. Imported on the first write.
    import tomlkit
    from tomlkit.exceptions import ParseError

    file = settings_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            document = tomlkit.parse(file.read_text("utf-8-sig"))
        except FileNotFoundError:
            document = tomlkit.document()
            document.add(tomlkit.comment("Navigator's settings. Yours to edit."))
        except (ParseError, UnicodeDecodeError):
            file.replace(_aside(file))
            document = tomlkit.document()
        for key, value in values.items():
            document[key] = value
        _write(file, tomlkit.dumps(document))
    except OSError as error:
        raise NavigatorError(
            f"Your settings can't be saved in {file.parent}: {error.strerror or error}. "
            "Set NAVIGATOR_CONFIG_DIR to a folder you may write to."
        ) from error


def _aside(file: Path) -> Path:
    number = 1
    while (other := file.with_suffix(f".broken-{number}.toml")).exists():
        number += 1
    return other


def _write(file: Path, text: str) -> None:
    """Write whole or not at all: a temporary file beside it, flushed to disk, then renamed."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=file.name, suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
