"""What is said of a school, a body or a place: pages, figures, maps."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from navigator.core import paths
from navigator.core.errors import NavigatorError, NotFoundError
from navigator.core.keys import Key
from navigator.core.landscape import Landscape
from navigator.core.wording import Units
from navigator.service.plan import PlanPart
from navigator.service.sources import in_turn

if TYPE_CHECKING:
    from navigator.directory.packs import FactsInUse
    from navigator.directory.summary import Checked, TableSummary
    from navigator.domain.around import Scope
    from navigator.domain.overlaps import Overlap, SharedBody
    from navigator.domain.profiles import Profile
    from navigator.domain.reach_counts import Ways
    from navigator.view.grounds import Ground
    from navigator.view.review import LocalReview
    from navigator.view.sections import Card, Page


class PagesPart(PlanPart):
    """All that is made of landscapes and of places."""

    @in_turn
    def review(
        self,
        urn: int,
        today: date,
        units: Units,
        *,
        radius: float | None = None,
        parts: Sequence[str] = ("notes", "contacts"),
    ) -> LocalReview:
        """A school's review as it stands today, of the head's own in full what `parts` names.

        Raises:
            NotFoundError: as `landscape`.
        """
        from navigator.domain import around
        from navigator.view import plan_pages, review

        now = around.with_nearby_within(self.landscape(urn, today), radius, units)
        then, changes = None, None
        with suppress(NotFoundError):
            then = self.landscape(now.school.urn, review.since(now, today))
        with suppress(NotFoundError):
            changes = self.changes(now.school.urn, today)
        return review.review(
            now,
            today,
            units,
            then=then,
            changes=changes,
            parts=parts,
            activities=plan_pages.of_year(self.record(), today),
        )

    @in_turn
    def page(self, key: str, home: Landscape | None, day: date, units: Units) -> Page:
        """The page of a body by its key ("hub:maths-hub/central", "trust:2905", "la:892").

        `home` is the landscape walked from: distances and shares are told from its school.

        Raises:
            NotFoundError: no such body; the text says so.
        """
        from navigator.view import pages

        return pages.page(
            pages.PageAsked(
                *(Key(key), home, day, units),
                *(self.questions, self.record()),
                rate=self.supply_rate,
                most_out=self.most_out,
                schools=self.plan_schools,
                summaries=self.summaries,
                facts=self._facts_checked,
            )
        )

    def _facts_checked(self) -> tuple[FactsInUse, Checked]:
        from navigator.directory import summary

        return self.facts_in_use, summary.checked(self.directory)

    @in_turn
    def profiles(self, key: str, day: date) -> list[Profile]:
        """The profiles that a page is made of: of one place ("place:la:892"), of an authority and
        those alike ("alike:892"), of two places ("compare:la:892|la:866").

        Raises:
            NotFoundError: one of the places isn't there.
        """
        return self.questions.profiles.of_page(Key(key), day, self.record())

    @in_turn
    def place_page(self, place: str, day: date, units: Units, order: int = 0) -> Page:
        """The profile of a place by its key, its trusts in one of `place_pages.TRUST_ORDERS`."""
        from navigator.view import place_pages

        (profile,) = self.profiles(Key.of("place", place), day)
        return place_pages.profile_page(profile, self.info, units, order)

    @in_turn
    def overlap(self, home: Landscape, scope: Scope) -> Overlap:
        """What the school of a landscape shares with the schools around it.

        Raises:
            NotFoundError: the head's network that the scope names is no longer there.
        """
        return self.questions.overlaps.of(home, scope)

    @in_turn
    def shared_bodies(self, one: Landscape, other: Landscape) -> tuple[SharedBody, ...]:
        """Kind by kind, which bodies two schools share, which they don't, and what isn't sure."""
        return self.questions.overlaps.pair(one, other)

    @in_turn
    def ground(self, key: str, home: Landscape | None, day: date) -> Ground:
        """What a map of a body shows, by its key; of "school:…" the school of `home`.

        Raises:
            NotFoundError: no such body, or no map of it; the text says so.
        """
        from navigator.view import grounds

        return grounds.ground(self.questions, Key(key), home, day, self.record())

    @in_turn
    def summaries(self, day: date) -> list[TableSummary]:
        """How far each table of facts reaches; schools only where all of England is loaded."""
        return self.questions.summaries(day)

    @in_turn
    def ways(self, day: date) -> dict[str, Ways]:
        """How the hubs of each programme can be reached on a day, by the programme's id."""
        from navigator.domain.reach_counts import ways

        claims, directory = self.questions.landscapes.claims, self.directory
        return {p.id: ways(claims, p, directory.hubs(p.id), day) for p in directory.programmes}

    def suggestion(self, card: Card, landscape: Landscape) -> tuple[str, str]:
        """A message to whoever keeps a list, about a line by its card; and the file that it lies
        in, too, "" where none could be written."""
        from navigator.storage import disk, whole_file
        from navigator.view import suggestion

        text = suggestion.message(card, landscape, self.facts_in_use.version)
        file = paths.config_dir() / suggestion.FILE
        with suppress(NavigatorError, OSError):
            disk.private_folder(file.parent)
            with whole_file.whole(file, force=True, private=True) as out:
                out.write(text.encode("utf-8"))
            return text, str(file)
        return text, ""
