"""The schools register: DfE's files into one SQLite file, and what may be asked of it.

    open_register() -> Register      the register in use, else the sample
    update_from(path) -> RegisterInfo    builds a new one and takes it into use
    update_over_network() -> Outcome     fetches DfE's files first
    newest() -> Newest                   what could be fetched
    undo() -> RegisterInfo               goes back to the one before

All are imported when first used: only an update reads DfE's files or knows of a network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from navigator.register.fetch import Newest as Newest
    from navigator.register.fetch import Outcome as Outcome
    from navigator.register.fetch import newest as newest
    from navigator.register.fetch import update_over_network as update_over_network
    from navigator.register.found import FoundSchools as FoundSchools
    from navigator.register.opening import open_register as open_register
    from navigator.register.store import Register as Register
    from navigator.register.update import Progress as Progress
    from navigator.register.update import undo as undo
    from navigator.register.update import update_from as update_from

_HOME = {
    "FoundSchools": "found",
    "Register": "store",
    "open_register": "opening",
    "Progress": "update",
    "update_from": "update",
    "undo": "update",
    "Newest": "fetch",
    "Outcome": "fetch",
    "newest": "fetch",
    "update_over_network": "fetch",
}

__all__ = [
    "FoundSchools",
    "Newest",
    "Outcome",
    "Progress",
    "Register",
    "newest",
    "open_register",
    "undo",
    "update_from",
    "update_over_network",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
