"""Errors a user can do something about: one clear sentence each, with the next step."""

from __future__ import annotations


class NavigatorError(Exception):
    """Base of all errors whose text is meant for the user; the command line exits 1 on it.

    `field` is the attribute that can't be as it was given, "" where it isn't one: a form puts the
    cursor there.
    """

    def __init__(self, *said: object, field: str = "") -> None:
        super().__init__(*said)
        self.field = field


class NotFoundError(NavigatorError):
    """What was asked for isn't in the register in use; the text says what to do next."""


class RefusedError(NavigatorError):
    """An input that can't be taken; nothing was changed."""


class RefusedTodayError(RefusedError):
    """A file that was fetched can't be used; `again` where that was found out earlier today, and
    it wasn't fetched again."""

    def __init__(self, sentence: str, *, again: bool = False) -> None:
        super().__init__(sentence)
        self.again = again


class SeveralError(NotFoundError):
    """A name fits several; the text names them, and what to write."""
