"""Navigator: every body that could support a school in England, on one screen and offline."""

__version__ = "0.1.0"

PROGRAM = "school-navigator"
"""By which the start knows that this is ours: other distributions install a `navigator`, too."""
