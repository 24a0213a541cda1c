"""Which diocese a school is of, and which schools are of a diocese.

By the register alone: a diocese is never guessed from where a school lies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from navigator.core.church import Church, DioceseHere, diocese_key, diocese_named
from navigator.core.errors import NotFoundError
from navigator.core.keys import Key
from navigator.core.model import School
from navigator.core.remembered import remembered

if TYPE_CHECKING:
    from navigator.directory import Directory
    from navigator.register import Register


class Dioceses:
    """Answers from one register and one directory."""

    def __init__(self, register: Register, directory: Directory) -> None:
        self._register = register
        self._directory = directory

    @property
    def told(self) -> bool:
        """Whether the register in use names dioceses at all."""
        return bool(self._register.census.diocese_words())

    def of(self, school: School) -> DioceseHere | None:
        """A school's diocese, None for a school of no church."""
        return self._of(school.diocese, school.churches)

    @remembered
    def _of(self, diocese: str, ours: tuple[Church, ...] | None) -> DioceseHere | None:
        if ours is None:
            return DioceseHere((), "", None)
        told, name = diocese_named(diocese, ours)
        churches = (told,) if told else ours
        if not churches:
            return None
        boards = [b for c in churches if (b := self._directory.diocese(c, name))]
        # A joint school's "Diocese of Leeds" may be either church's: then it isn't known which.
        board = boards[0] if len(boards) == 1 else None
        return (
            DioceseHere((board.church,), board.name, board)
            if board
            else (DioceseHere(churches, name, None))
        )

    def called(self, key: Key) -> tuple[DioceseHere, list[School]]:
        """The diocese of a key, and its open schools by name.

        Raises:
            NotFoundError: neither our table nor the register has such a diocese.
        """
        board = next((d for d in self._directory.dioceses() if d.key == key), None)
        here = DioceseHere((board.church,), board.name, board) if board else None
        schools = []
        for school in self._register.census.in_dioceses(self._words_like(key)):
            found = self.of(school)
            if found and found.key == key:
                here = here or found
                schools.append(school)
        if here is None:
            raise NotFoundError(
                f"No diocese “{key.name[:40]}” is known: neither our table nor the register in use "
                "has it. In the app, d lists them all."
            )
        return here, schools

    def _words_like(self, key: Key) -> list[str]:
        """The register's words for the dioceses of a key's name, of either church."""
        return [
            words
            for words in self._register.census.diocese_words()
            if diocese_key("", diocese_named(words)[1]).ids[1:] == key.ids[1:]
        ]
