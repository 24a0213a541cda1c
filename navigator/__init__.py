"""Navigator: every body that could support a school in England, on one screen and offline."""

__version__ = "0.1.0"
