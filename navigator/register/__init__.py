"""The schools register: DfE's files into one SQLite file, and what may be asked of it.

    open_register() -> Register      the register in use, else the sample
    update_from(path) -> RegisterInfo    builds a new one and takes it into use

Both are imported when first used: only an update reads DfE's files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from navigator.register.opening import open_register as open_register
    from navigator.register.store import Register as Register
    from navigator.register.update import Progress as Progress
    from navigator.register.update import update_from as update_from

_HOME = {
    "Register": "store",
    "open_register": "opening",
    "Progress": "update",
    "update_from": "update",
}

__all__ = ["Progress", "Register", "open_register", "update_from"]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
