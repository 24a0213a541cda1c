"""What can go wrong in reading a .zip, in one place for all that read one."""

from __future__ import annotations

import zipfile
import zlib

try:
    from lzma import LZMAError
except ImportError:  # a Python that was built without it can't unpack such a file, either

    class LZMAError(Exception):  # type: ignore[no-redef]
        """Stands in for the real one; nothing raises it."""


BAD_ZIP = (
    *(zipfile.BadZipFile, zlib.error, LZMAError, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError, OverflowError, MemoryError),
)
"""What a file that is damaged, locked, no .zip, or made to do harm brings Python's reader to raise.

OSError is of bz2 within it (and of the disk); the library packs and unpacks in several ways.
A file that lacks a part which is asked for brings KeyError: who asks says what that means.
"""


def is_of_disk(error: BaseException) -> bool:
    """Whether it is the disk, not what is in the file, that an error is of."""
    return isinstance(error, OSError) and error.errno is not None
