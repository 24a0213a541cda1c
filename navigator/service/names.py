"""Which school, body or place a text, number or key means, and what it is called."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from navigator.core import cleaning
from navigator.core.keys import Key
from navigator.core.landscape import Landscape
from navigator.core.model import Hub, Network, Partnership, School, SchoolLink
from navigator.core.record import BodyRef, OwnRecord
from navigator.service.record import RecordPart
from navigator.service.sources import in_turn

if TYPE_CHECKING:
    from navigator.core.postcodes import Centre
    from navigator.domain.index import FoundBodies, Listed
    from navigator.domain.landscapes import Sketch
    from navigator.domain.localities import Locality
    from navigator.domain.matching.matcher import Matcher
    from navigator.register import FoundSchools
    from navigator.view.search_results import SearchResults
    from navigator.view.sections import Section


class NamesPart(RecordPart):
    """Schools, bodies and places by what they are called, and the landscape of a school."""

    @in_turn
    def find_school(self, urn: int) -> School | None:
        """The school of a URN as the register has it, None where it has none."""
        return self.register.get(urn)

    def name_of(self, urn: int) -> str:
        """A school's name, "" where the register doesn't know it."""
        school = self.find_school(urn)
        return school.name if school else ""

    @in_turn
    def school(self, urn: int, day: date) -> tuple[School, tuple[str, ...]]:
        """The school that a URN means on a day, and what to say of it (a successor, a closure).

        Raises:
            NotFoundError: the register doesn't hold the URN; the text says what to do next.
        """
        return self.questions.landscapes.resolve(urn, day)

    @in_turn
    def school_meant(self, text: str) -> School:
        """The one school that a name or number means. Raises NotFoundError for none, or several."""
        from navigator.domain import meaning

        return meaning.school(self.search, text)

    @in_turn
    def meant(self, text: str, day: date, kinds: Collection[str] = ()) -> School | Listed:
        """What a name, code or key means: a school, or a body of some kinds of key or of any.

        Raises:
            NotFoundError: there is none, or several; the text names them, or the nearest.
        """
        from navigator.domain import meaning

        return meaning.of(self.search, self.questions.index, text, day, self.record(), kinds=kinds)

    @in_turn
    def search(self, text: str, limit: int = 50) -> FoundSchools:
        """Schools that match what was typed, best first; for an old URN, who followed it."""
        # The sample has three areas: what is nearest in it may be 100 miles away
        centre_of = None if self.info.sample else self._centre_of
        return self.register.search(text, limit, centre_of)

    def _centre_of(self, outward_code: str) -> Centre | None:
        return self.directory.centre(outward_code)  # which is opened for such a postcode only

    def knows_nothing_like(self, text: str, day: date) -> bool:
        """Whether neither a school nor a body has anything of a text."""
        return not self.search(text, 1) and not self.bodies(text, day, nearly=True).kinds

    @in_turn
    def kept_as(self, urn: int) -> set[int]:
        """A school's URN and those before it: the head's files may hold any of them."""
        held = {urn}
        ahead = [urn]
        while ahead:
            for link in self.register.links(ahead.pop())[1]:
                if link.urn not in held:
                    held.add(link.urn)
                    ahead.append(link.urn)
        return held

    @in_turn
    def links(self, urn: int) -> tuple[tuple[SchoolLink, ...], tuple[SchoolLink, ...]]:
        """(successors, predecessors) of a school."""
        return self.register.links(urn)

    @in_turn
    def bodies(self, text: str, day: date, *, nearly: bool) -> FoundBodies:
        """The bodies and places of a day that a text finds, by kind; `nearly` as of
        `naming.NameIndex.find`."""
        return self.questions.index.find(text, day, self.record(), nearly=nearly)

    @in_turn
    def found(self, text: str, day: date, limit: int = 50) -> SearchResults:
        """All that a text finds: schools, and the bodies and places of a day. Bodies one letter
        away count where no school has all words."""
        from navigator.view.search_results import SearchResults

        schools = self.search(text, limit)
        nearly = (schools.nearest or not schools) and not schools.near_to
        return SearchResults(text, schools, self.bodies(text, day, nearly=nearly), limit)

    @in_turn
    def body_name(self, key: Key, day: date) -> str:
        """A body's name, as far as the index has it; else its key, "" for none."""
        listed = self.questions.index.on(day, self.record()) if key else ()
        return next((b.name for b in listed if b.key == key), str(key))

    @in_turn
    def body_called(self, name: str, day: date) -> BodyRef | None:
        """The one body of the index that has a name, None for none or several."""
        wanted = cleaning.for_comparing(name)
        listed = self.questions.index.on(day, self.record())
        found = [b for b in listed if b.name.casefold() == wanted]
        return BodyRef.to(found[0]) if len(found) == 1 else None

    @in_turn
    def body_meant(self, text: str, day: date, kinds: Collection[str] = ()) -> Listed:
        """The body that a name, code or key means, of some kinds of key or of any.

        Raises:
            NotFoundError: there is none; the text names the nearest. SeveralError: as it says.
        """
        return self.questions.index.called(text, day, self.record(), kinds)

    @in_turn
    def urns_of(self, body: Listed, day: date) -> tuple[int, ...]:
        """The URNs of a body's open schools (`Index.schools`), in its order."""
        return tuple(s.urn for s in self.questions.index.schools(body, self.record(), day))

    @in_turn
    def network_or_partnership(self, key: str) -> Network | Partnership:
        """One of the directory's, by its key. Raises NotFoundError for none."""
        return self.questions.bodies.named(Key(key))

    @in_turn
    def hubs(self, programme: str, day: date) -> tuple[Hub, ...]:
        """The hubs of a programme that we can name on a day, by name."""
        hubs = self.questions.bodies.programme(programme, day).hubs
        return tuple(sorted(hubs, key=lambda hub: hub.name.casefold()))

    @in_turn
    def place(self, text: str, miles: float | None = None) -> Locality:
        """The place that a text means: an authority, district or region by name or code, england,
        a URN with miles around it, or a network of the head's own by its name.

        Raises:
            NavigatorError: there is none, or several; or the radius can't be; the text says so.
        """
        return self.questions.localities.called(text, miles, self.record())

    @in_turn
    def became(self, text: str) -> str:
        """A sentence on what the area that is no more which a text names became; "" for none."""
        return self.questions.localities.became(text)

    @in_turn
    def matcher(self) -> Matcher:
        """Matches the rows of a list with the register in use."""
        from navigator.domain.matching.matcher import Matcher

        return Matcher(self.register, self.directory)

    @in_turn
    def index(self, day: date, text: str, *, by_size: bool) -> tuple[Section, ...]:
        """Every body that a text finds, all for none, as sections."""
        from navigator.view import list_pages

        index, record = self.questions.index, self.record()
        if text.strip():
            found = index.find(text, day, record, nearly=True)
            return list_pages.index_sections(found.kinds, by_size=by_size, near=found.near)
        kinds: dict[str, list[Listed]] = {}
        for body in index.on(day, record):
            kinds.setdefault(body.kind, []).append(body)
        return list_pages.index_sections(kinds, by_size=by_size)

    @in_turn
    def landscape(self, urn: int, day: date, record: OwnRecord | None = None) -> Landscape:
        """The landscape of a school on a day. Who asks for thousands gives the head's `record`,
        else its files are looked at for each.

        Raises:
            NotFoundError: the register doesn't hold the URN; the text says what to do next.
        """
        own = self.record() if record is None else record
        return self.questions.landscapes.landscape(urn, day, own)

    @in_turn
    def sketch(self, urn: int, day: date, record: OwnRecord) -> Sketch:
        """As `landscape`, for whoever writes thousands."""
        return self.questions.landscapes.sketch(urn, day, record)
