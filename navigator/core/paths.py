"""Where every file lies: the shipped facts, the register, and what the head keeps.

`NAVIGATOR_DATA_DIR` and `NAVIGATOR_CONFIG_DIR` override the two folders of the user's.
"""

from __future__ import annotations

import os
from pathlib import Path

APP = "navigator"


def facts_dir() -> Path:
    """The shipped facts: inside the package when installed, beside it in a checkout."""
    package = Path(__file__).parents[1]
    packaged = package / "_data"
    return packaged if packaged.is_dir() else package.parent / "data"


def data_dir() -> Path:
    """The user's data folder, where the register lies. It may not exist yet."""
    given = os.environ.get("NAVIGATOR_DATA_DIR")
    if given:
        return Path(given).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def config_dir() -> Path:
    """The user's config folder, where settings lie. It may not exist yet."""
    given = os.environ.get("NAVIGATOR_CONFIG_DIR")
    if given:
        return Path(given).expanduser()
    import platformdirs

    return Path(platformdirs.user_config_dir(APP, appauthor=False))


def own_facts_dir() -> Path:
    """Where users keep programmes and tables of their own, in the format of `data/`."""
    return config_dir() / "facts"


def typed_path(text: str) -> Path:
    """A file as typed or pasted: in quotes, as Windows' "Copy as path" has it; a file:// link.

    Raises ValueError for what no file can be called.
    """
    name = text.strip()
    for left, right in ('""', "''", "“”"):
        if len(name) > 1 and name.startswith(left) and name.endswith(right):
            name = name[1:-1].strip()
    if name.casefold().startswith("file:"):
        from urllib.parse import unquote, urlsplit

        name = unquote(urlsplit(name).path)
        if name[2:3] == ":":  # "/C:/…"
            name = name[1:]
    return Path(name).expanduser()
