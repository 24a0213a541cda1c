"""What a search gives."""

from __future__ import annotations

from collections.abc import Iterable

from navigator.core import grid
from navigator.core.model import School
from navigator.core.postcodes import NearTo


class FoundSchools(list[School]):
    """Schools that a text finds.

    Attributes:
        nearest: where none of them has all its words.
        near_to: for the nearest to a postcode that no school has: where that was taken to be.
    """

    def __init__(
        self,
        schools: Iterable[School] = (),
        *,
        nearest: bool = False,
        near_to: NearTo | None = None,
    ) -> None:
        super().__init__(schools)
        self.nearest, self.near_to = nearest, near_to

    def away(self, school: School) -> float | None:
        """Kilometres of a school from `near_to`; None where there is none."""
        return grid.between(self.near_to, school) if self.near_to else None
