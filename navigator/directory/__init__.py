"""The directory of support: who may support a school, and where they say they do.

Reads the tables in `data/` (and, beside them, a folder of the user's own programmes) when they are
first asked for. Knows areas, districts and dates; makes no claims: `navigator.domain` does.
What tells about the facts themselves (`check`, `summary`) is imported from there, so that a
landscape needn't load it.
"""

from navigator.directory.covering import Coverage
from navigator.directory.facts import (
    Directory,
    UnknownProgrammeError,
    keep,
    open_directory,
)
from navigator.directory.faults import BrokenTableError
from navigator.directory.places import District, Former

__all__ = [
    "BrokenTableError",
    "Coverage",
    "Directory",
    "District",
    "Former",
    "UnknownProgrammeError",
    "keep",
    "open_directory",
]
