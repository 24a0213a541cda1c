"""All that can be asked of one register and one directory; each part is made when first asked."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from navigator.core.remembered import remembered
from navigator.storage.kept import Days, KeptAnswers

if TYPE_CHECKING:
    from datetime import date

    from navigator.directory import Directory
    from navigator.directory.summary import TableSummary
    from navigator.domain.bodies import Bodies
    from navigator.domain.index import Index
    from navigator.domain.landscapes import Landscapes
    from navigator.domain.localities import Localities
    from navigator.domain.overlaps import Overlaps
    from navigator.domain.points import Points
    from navigator.domain.profiler import Profiler
    from navigator.register import Register


class Questions:
    """Not thread-safe: whoever holds it asks from one thread at a time."""

    def __init__(
        self, register: Register, directory: Directory, answers: KeptAnswers | None = None
    ) -> None:
        self.register = register
        self.directory = directory
        self._answers = answers or KeptAnswers()

    # Each is imported here: who opens a landscape needn't load what pages and maps are made of.

    @cached_property
    def landscapes(self) -> Landscapes:
        from navigator.domain.landscapes import Landscapes

        return Landscapes(self.register, self.directory)

    @cached_property
    def bodies(self) -> Bodies:
        from navigator.domain.bodies import Bodies

        return Bodies(self.landscapes)

    @cached_property
    def index(self) -> Index:
        from navigator.domain.index import Index

        return Index(self.landscapes, self.bodies, self.localities)

    @cached_property
    def points(self) -> Points:
        from navigator.domain.points import Points

        return Points(self.landscapes, self.bodies, self._answers)

    @cached_property
    def localities(self) -> Localities:
        from navigator.domain.localities import Localities

        return Localities(self.landscapes)

    @cached_property
    def profiles(self) -> Profiler:
        from navigator.domain.profiler import Profiler

        return Profiler(self.landscapes, self.localities, self._answers)

    @cached_property
    def overlaps(self) -> Overlaps:
        from navigator.domain.overlaps import Overlaps

        return Overlaps(self.landscapes)

    @remembered
    def summaries(self, day: date) -> list[TableSummary]:
        """How far each table of facts reaches; schools only where all of England is loaded."""
        from navigator.directory.summary import NOUNS, SchoolsAlike, summaries, unchanged

        if self.register.info.sample:
            return summaries(self.directory, None, day)
        if kept := self._answers.take("facts", day, list, NOUNS):
            return kept
        schools = [
            SchoolsAlike(place.la_code, place.district_name, place.region, *kind)
            for place, kind in self.register.census.alike_on(day)
        ]
        found = summaries(self.directory, schools, day)

        def days() -> Days:
            since, before = unchanged(self.directory, day)
            opened, after = self.register.census.unchanged(day)
            return max(since, opened), min(before, after)

        self._answers.keep("facts", days, found)
        return found
