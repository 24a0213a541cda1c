"""What the command line and the screens ask: one door to register, directory and landscapes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, NamedTuple, ParamSpec, TypeVar

from navigator.core import paths
from navigator.core.errors import NavigatorError, NotFoundError
from navigator.core.keys import Key
from navigator.core.model import (
    Hub,
    Landscape,
    Network,
    Partnership,
    RegisterInfo,
    School,
    SchoolLink,
)
from navigator.core.record import BodyRef, OwnRecord
from navigator.core.wording import Units

if TYPE_CHECKING:
    from decimal import Decimal

    from navigator.core.postcodes import Centre
    from navigator.directory import BrokenTableError, Directory
    from navigator.directory.leads import LeadFault, LeadFound
    from navigator.directory.packs import FactsInUse
    from navigator.directory.summary import TableSummary
    from navigator.domain.around import Scope
    from navigator.domain.changes import Changes
    from navigator.domain.index import FoundBodies, Listed
    from navigator.domain.localities import Locality
    from navigator.domain.matching.matcher import Matcher
    from navigator.domain.overlaps import Overlap, SharedBody
    from navigator.domain.profiles import Profile
    from navigator.domain.published.understood import UnderstoodList
    from navigator.domain.questions import Questions
    from navigator.domain.reaches import Ways
    from navigator.records import Change, RecordStore
    from navigator.register import FoundSchools, Outcome, Progress, Register
    from navigator.view.grounds import Ground
    from navigator.view.plan_pages import PlanView
    from navigator.view.review import LocalReview
    from navigator.view.sections import Card, Page, Section

    MakeChange = Callable[[RecordStore], Change | list[Change]]
    """Makes a change to the record, or several of one kind at once."""

P = ParamSpec("P")
Given = TypeVar("Given")


def _in_turn(
    ask: Callable[Concatenate[Service, P], Given],
) -> Callable[Concatenate[Service, P], Given]:
    """A question that is answered to the end, from one register, before the next one is."""

    @wraps(ask)
    def asked(self: Service, /, *args: P.args, **kwargs: P.kwargs) -> Given:
        with self._lock:
            return ask(self, *args, **kwargs)

    return asked


class FactsNews(NamedTuple):
    """Other facts than `before`: their version and day, and what they change, a line each: for the
    head's school (None where there is none), and in the tables."""

    version: str
    day: date
    before: str
    school: str
    for_school: list[str] | None
    tables: list[str]


class Service:
    """The register and the directory in use. Safe to ask from any thread, one at a time.

    Opening is put off until the first question, so that an app can paint before it. `unseen` is
    what changed and the head hasn't seen, once `look_for_unseen` was asked.
    """

    def __init__(
        self,
        data_dir: Path | None = None,
        facts: Path | None = None,
        records: Path | None = None,
    ) -> None:
        self._data_dir = data_dir
        self._records_dir = records
        self._records: RecordStore | None = None
        self._followed: tuple[OwnRecord, OwnRecord] | None = None
        self._facts = facts
        self._lock = threading.RLock()
        self._records_lock = threading.Lock()
        self._register: Register | None = None
        self._directory: Directory | None = None
        self._own_fault = ""
        self._questions: Questions | None = None
        self.unseen: Changes | None = None

    @property
    def folders(self) -> tuple[Path | None, Path | None]:
        """(data folder, facts) as given: an service of the same asks the same sources."""
        return self._data_dir, self._facts

    @property
    @_in_turn
    def register(self) -> Register:
        if self._register is None:
            from navigator.register import open_register

            self._register = open_register(self._data_dir)
        return self._register

    @property
    @_in_turn
    def directory(self) -> Directory:
        if self._directory is None:
            from navigator.directory import packs

            own = self._own_facts
            facts = self._facts or packs.in_use(self._data_dir).folder
            self._directory, faults = self._opened(facts, self._data_dir or paths.data_dir())
            more = f" {len(faults) - 1} more are like it." if len(faults) > 1 else ""
            self._own_fault = (
                f"{faults[0]}. The rest of your facts is in use.{more} "
                f"For each, run: navigator check-facts {own}"
                if faults
                else ""
            )
        return self._directory

    def _opened(
        self, facts: Path, kept_in: Path | None = None
    ) -> tuple[Directory, list[BrokenTableError]]:
        """A folder of facts with the head's own beside it, and the faults of those: the rest of
        them is in use."""
        from navigator.directory import open_directory

        own = self._own_facts
        faults: list[BrokenTableError] = []

        def blame(fault: BrokenTableError) -> None:
            if own is None or not fault.path.is_relative_to(own):
                raise fault
            faults.append(fault)

        return open_directory(facts, own, kept_in, blame), faults

    @property
    def _own_facts(self) -> Path | None:
        own = paths.own_facts_dir()
        return own if own.is_dir() else None

    @_in_turn
    def keep_facts(self) -> None:
        """Keep what was read of the facts for the next start, where there is a data folder yet."""
        from navigator.directory import keep

        kept_in = self._data_dir or paths.data_dir()
        if kept_in.is_dir() and not self._own_fault:
            keep(self.directory, kept_in)

    @property
    def facts_in_use(self) -> FactsInUse:
        """Which facts those are: ours, or a newer pack that was taken."""
        from navigator.directory import packs

        return packs.told(self._data_dir)

    @property
    @_in_turn
    def questions(self) -> Questions:
        """All that can be asked of the two; for batches, which hold no other thread up."""
        if self._questions is None:
            from navigator.domain.questions import Questions

            self._questions = Questions(self.register, self.directory)
        return self._questions

    @property
    def records(self) -> RecordStore:
        """The head's own record, in its files."""
        with self._records_lock:  # a lock of its own: a screen asks, and must not wait for a page
            if self._records is None:
                from navigator.records import RecordStore

                self._records = RecordStore(self._records_dir)
            return self._records

    @_in_turn
    def record(self) -> OwnRecord:
        """The head's record; what was marked on a school that has closed follows its successor."""
        record = self.kept
        if self._followed is None or self._followed[0] is not record:
            from navigator.domain.succession import follow

            changed = self.unseen.keys if self.unseen else frozenset()
            after = follow(record, self.register)._replace(changed=changed)
            self._followed = (record, after)
        return self._followed[1]

    @property
    def kept(self) -> OwnRecord:
        """The head's record as its files have it: a form shows, and writes, what stands there."""
        return self.records.record

    def record_problems(self) -> list[str]:
        """What went wrong with the record's files since this was asked last, a sentence each."""
        return self.records.problems()

    def change(self, make: MakeChange) -> list[Change]:
        """Make a change to the record; each part of it can be turned back.

        Raises:
            NavigatorError: nothing was changed; the text says why.
        """
        made = make(self.records)
        return made if isinstance(made, list) else [made]

    def turn_back(self, changes: Sequence[Change]) -> list[Change]:
        """Turn changes back, the last first; gives what turns that back again.

        Raises:
            NavigatorError: as `change`.
        """
        return self.records.apply(*(change.reverse for change in reversed(changes)))

    def looked_at(self, urn: int, name: str) -> None:
        """Remember that the head looked at a school, where anything can be remembered."""
        with suppress(NavigatorError):  # where nothing can be written, the head is told elsewhere
            self.records.looked_at(urn, name)

    def changes(self, school: int | None, today: date) -> Changes:
        """What changed around the head since the register before the one in use.

        `school` is the URN of their own, None for none.

        Raises:
            NotFoundError: no register from before is kept, or it is the newer one; the text says
                what to do.
        """
        with self._lock, self._before() as before:
            return self._changes(before, school, today)

    @_in_turn
    def look_for_unseen(self, school: int | None, today: date) -> Changes | None:
        """What changed and hasn't been seen, None for nothing; `record` marks it from then on."""
        found: Changes | None = None
        with suppress(NotFoundError), self._before() as before:
            if not self.records.has_seen(before.info.day, self.info.day):
                found = self._changes(before, school, today)
        if found and not found.differences:
            found = None
        self._mark_unseen(found)
        return found

    @contextmanager
    def _before(self) -> Iterator[Register]:
        """The register before the one in use, which is newer. Raises NotFoundError."""
        from navigator.register.opening import open_before

        before = open_before(self._data_dir)
        try:
            if self.info.sample or before.info.day > self.info.day:
                raise NotFoundError(
                    "The register in use isn't newer than the one before it. To compare any "
                    "two, run: navigator changes --from OLD --to NEW"
                )
            yield before
        finally:
            before.close()

    def _changes(self, before: Register, school: int | None, today: date) -> Changes:
        from navigator.domain.changes import for_head

        record = self.kept
        return for_head(
            before, self.register, self.directory, record=record, school=school, today=today
        )

    def saw(self, changes: Changes) -> None:
        """The head has seen what changed: marks go. Raises NotSavedError; they go all the same."""
        with self._lock:
            self._mark_unseen(None)
        self.records.saw(changes.since, changes.until)

    def _mark_unseen(self, unseen: Changes | None) -> None:
        if unseen != self.unseen:
            self.unseen, self._followed = unseen, None

    @_in_turn
    def find_school(self, urn: int) -> School | None:
        """The school of a URN as the register has it, None where it has none."""
        return self.register.get(urn)

    def name_of(self, urn: int) -> str:
        """A school's name, "" where the register doesn't know it."""
        school = self.find_school(urn)
        return school.name if school else ""

    @_in_turn
    def body_name(self, key: Key, day: date) -> str:
        """A body's name, as far as the index has it; else its key, "" for none."""
        listed = self.questions.index.on(day, self.record()) if key else ()
        return next((b.name for b in listed if b.key == key), str(key))

    @_in_turn
    def body_called(self, name: str, day: date) -> BodyRef | None:
        """The one body of the index that has a name, None for none or several."""
        wanted = " ".join(name.casefold().split())
        listed = self.questions.index.on(day, self.record())
        found = [b for b in listed if b.name.casefold() == wanted]
        return BodyRef.to(found[0]) if len(found) == 1 else None

    @_in_turn
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

    @_in_turn
    def hubs(self, programme: str, day: date) -> tuple[Hub, ...]:
        """The hubs of a programme that we can name on a day, by name."""
        hubs = self.questions.bodies.programme(programme, day).hubs
        return tuple(sorted(hubs, key=lambda hub: hub.name.casefold()))

    @_in_turn
    def school(self, urn: int, day: date) -> tuple[School, tuple[str, ...]]:
        """The school that a URN means on a day, and what to say of it (a successor, a closure).

        Raises:
            NotFoundError: the register doesn't hold the URN; the text says what to do next.
        """
        return self.questions.landscapes.resolve(urn, day)

    @property
    def info(self) -> RegisterInfo:
        return self.register.info

    @property
    def problem(self) -> str:
        """A sentence where the register on disk couldn't be used and the sample serves, else ""."""
        return " ".join(said for said in (self.register.problem, self.own_fault) if said)

    @property
    def own_fault(self) -> str:
        """What is wrong with facts of the head's own, "" for nothing."""

        if self._directory is None and paths.own_facts_dir().is_dir():
            with suppress(NavigatorError):
                self.directory  # noqa: B018 - opened for what is wrong with it
        return self._own_fault

    @_in_turn
    def read_ahead(self, day: date) -> None:
        """Be ready for thousands of landscapes of a day (`Register.read_ahead`)."""
        self.register.read_ahead(day)

    @_in_turn
    def landscape(self, urn: int, day: date) -> Landscape:
        """The landscape of a school on a day.

        Raises:
            NotFoundError: the register doesn't hold the URN; the text says what to do next.
        """
        return self.questions.landscapes.landscape(urn, day, self.record())

    @_in_turn
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

        now = around.within(self.landscape(urn, today), radius, units)
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

    @_in_turn
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
                summaries=self.summaries,
            )
        )

    @_in_turn
    def plan(self, tab: int, view: PlanView, school: int | None) -> tuple[Section, ...]:
        """What a tab of the plan shows, beside gaps who near the head's own school might be asked.

        `school` is its URN, None where the head hasn't said; `view.landscape` is filled in here.
        """
        from navigator.view import plan_pages

        home = None
        if school is not None:
            with suppress(NotFoundError):
                home = self.landscape(school, view.today)
        rate, most_out = self.supply_rate(), self.most_out()
        view = view._replace(rate=rate, most_out=most_out, landscape=home)
        return plan_pages.sections(tab, self.record(), view)

    @staticmethod
    def most_out() -> int | None:
        """How many may be out of class at once, by the head's settings."""
        from navigator.records import settings

        return settings.load().out_at_once

    @staticmethod
    def supply_rate() -> Decimal | None:
        """What a day of cover costs, by the head's settings."""
        from decimal import Decimal

        from navigator.records import settings

        rate = settings.load().supply_rate
        return None if rate is None else Decimal(str(rate))

    # --- what local means ---

    @_in_turn
    def place(self, text: str, miles: float | None = None) -> Locality:
        """The place that a text means: an authority, district or region by name or code, england,
        a URN with miles around it, or a network of the head's own by its name.

        Raises:
            NavigatorError: there is none, or several; or the radius can't be; the text says so.
        """
        return self.questions.localities.called(text, miles, self.record())

    @_in_turn
    def became(self, text: str) -> str:
        """A sentence on what the area that is no more which a text names became; "" for none."""
        return self.questions.localities.became(text)

    @_in_turn
    def profiles(self, key: str, day: date) -> list[Profile]:
        """The profiles that a page is made of: of one place ("place:la:892"), of an authority and
        those alike ("alike:892"), of two places ("compare:la:892|la:866").

        Raises:
            NotFoundError: one of the places isn't there.
        """
        return self.questions.profiles.of_page(Key(key), day, self.record())

    @_in_turn
    def place_page(self, place: str, day: date, units: Units, order: int = 0) -> Page:
        """The profile of a place by its key, its trusts in one of `place_pages.TRUST_ORDERS`."""
        from navigator.view import place_pages

        (profile,) = self.profiles(Key.of("place", place), day)
        return place_pages.profile_page(profile, self.info, units, order)

    @_in_turn
    def overlap(self, home: Landscape, scope: Scope) -> Overlap:
        """What the school of a landscape shares with the schools around it.

        Raises:
            NotFoundError: the head's network that the scope names is no longer there.
        """
        return self.questions.overlaps.of(home, scope)

    @_in_turn
    def shared_bodies(self, one: Landscape, other: Landscape) -> tuple[SharedBody, ...]:
        """Kind by kind, which bodies two schools share, which they don't, and what isn't sure."""
        return self.questions.overlaps.pair(one, other)

    @_in_turn
    def ground(self, key: str, home: Landscape | None, day: date) -> Ground:
        """What a map of a body shows, by its key; of "school:…" the school of `home`.

        Raises:
            NotFoundError: no such body, or no map of it; the text says so.
        """
        from navigator.view import grounds

        return grounds.ground(self.questions, Key(key), home, day, self.record())

    @_in_turn
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

    @_in_turn
    def bodies(self, text: str, day: date, *, nearly: bool) -> FoundBodies:
        """The bodies and places of a day that a text finds, by kind; `nearly` as of
        `naming.NameIndex.find`."""
        return self.questions.index.find(text, day, self.record(), nearly=nearly)

    @_in_turn
    def body_meant(self, text: str, day: date, kinds: Collection[str] = ()) -> Listed:
        """The body that a name, code or key means, of some kinds of key or of any.

        Raises:
            NotFoundError: there is none; the text names the nearest. SeveralError: as it says.
        """
        return self.questions.index.called(text, day, self.record(), kinds)

    @_in_turn
    def urns_of(self, body: Listed, day: date) -> tuple[int, ...]:
        """The URNs of a body's open schools (`Index.schools`), in its order."""
        return tuple(s.urn for s in self.questions.index.schools(body, self.record(), day))

    @_in_turn
    def school_meant(self, text: str) -> School:
        """The one school that a name or number means. Raises NotFoundError for none, or several."""
        from navigator.domain import meaning

        return meaning.school(self.search, text)

    @_in_turn
    def meant(self, text: str, day: date, kinds: Collection[str] = ()) -> School | Listed:
        """What a name, code or key means: a school, or a body of some kinds of key or of any.

        Raises:
            NotFoundError: there is none, or several; the text names them, or the nearest.
        """
        from navigator.domain import meaning

        return meaning.of(self.search, self.questions.index, text, day, self.record(), kinds=kinds)

    def knows_nothing_like(self, text: str, day: date) -> bool:
        """Whether neither a school nor a body has anything of a text."""
        return not self.search(text, 1) and not self.bodies(text, day, nearly=True).kinds

    @_in_turn
    def summaries(self, day: date) -> list[TableSummary]:
        """How far each table of facts reaches; schools only where all of England is loaded."""
        from navigator.directory.summary import summaries

        schools = None
        if not self.info.sample:
            register = self.register
            schools = [s for urn in register.open_urns() if (s := register.get(urn))]
        return summaries(self.directory, schools, day)

    @_in_turn
    def ways(self, day: date) -> dict[str, Ways]:
        """How the hubs of each programme can be reached on a day, by the programme's id."""
        from navigator.domain.reaches import ways

        claims, directory = self.questions.landscapes.claims, self.directory
        return {p.id: ways(claims, p, directory.hubs(p.id), day) for p in directory.programmes}

    @_in_turn
    def search(self, text: str, limit: int = 50) -> FoundSchools:
        """Schools that match what was typed, best first; for an old URN, who followed it."""
        # The sample has three areas: what is nearest in it may be 100 miles away
        centre_of = None if self.info.sample else self._centre_of
        return self.register.search(text, limit, centre_of)

    @_in_turn
    def matcher(self) -> Matcher:
        """Matches the rows of a list with the register in use."""
        from navigator.domain.matching.matcher import Matcher

        return Matcher(self.register, self.directory)

    def _centre_of(self, outward_code: str) -> Centre | None:
        return self.directory.centre(outward_code)  # which is opened for such a postcode only

    @_in_turn
    def links(self, urn: int) -> tuple[tuple[SchoolLink, ...], tuple[SchoolLink, ...]]:
        """(successors, predecessors) of a school."""
        return self.register.links(urn)

    @_in_turn
    def network_or_partnership(self, key: str) -> Network | Partnership:
        """One of the directory's, by its key. Raises NotFoundError for none."""
        return self.questions.bodies.named(Key(key))

    @_in_turn
    def lead_known(self, urn: int) -> LeadFound | None:
        """A lead school as the register has it, None where it doesn't know it."""
        from navigator.directory.leads import LeadFound

        school, register = self.register.get(urn), self.register
        followers = [] if school and school.is_open else register.successor(urn)
        if school is None and not followers:  # the register may be older than the URN
            before = register.stand_in(urn)
            return LeadFound((before.name,), before.is_open) if before else None
        names = [school.name if school else register.old_name(urn), *(s.name for s in followers)]
        told = tuple((s.urn, s.name) for s in followers)
        return LeadFound(tuple(filter(None, names)), school is not None and school.is_open, told)

    @_in_turn
    def lead_faults(self, day: date) -> list[LeadFault]:
        """The rows of facts whose lead school the register in use has closed, otherwise or not."""
        from navigator.directory.leads import faults

        return list(faults(self.directory, self.lead_known, self.info.name, day))

    @_in_turn
    def take_facts(self, file: Path, school: int | None, day: date, *, take: bool) -> FactsNews:
        """Take a pack of facts into use, whole or not at all; or only look at what it changes.

        Raises:
            NavigatorError: it can't be taken; nothing was changed, and the text says why.
        """
        from navigator.core.errors import RefusedError
        from navigator.directory import packs, taking

        data_dir = self._data_dir or paths.data_dir()
        with taking.unpacked(file, data_dir) as pack:
            using = packs.told(data_dir)
            after, faults = self._opened(pack.folder)
            known = set(map(str, self._opened(using.folder)[1]))
            new = [fault for fault in map(str, faults) if fault not in known]
            if new:
                raise RefusedError(
                    f"With these facts your own couldn't all be read ({new[0]}): nothing was taken."
                )
            news = self._news(after, pack.version, using.version, school, day)
            if take:
                taking.take(pack, data_dir)
        if take:
            self._forget_facts()
        return news

    @_in_turn
    def undo_facts(self, school: int | None, day: date) -> FactsNews:
        """Go back to the facts before; the same again goes forth.

        Raises:
            NavigatorError: it can't be done; nothing was changed, and the text says why.
        """
        from navigator.directory import packs, taking

        data_dir = self._data_dir or paths.data_dir()
        with taking.turning_back(data_dir) as then:
            before = packs.told(data_dir).version
            after, _ = self._opened(then.folder)
            news = self._news(after, then.version, before, school, day)
        self._forget_facts()
        return news

    @_in_turn
    def understand_list(
        self,
        given: Path | str,
        programme: str,
        *,
        source: str,
        sheet: str,
        columns: Mapping[str, str],
        day: date,
    ) -> UnderstoodList:
        """A published list of a programme's hubs as it is understood; nothing is kept yet.

        `given` is a file, or the text that was pasted. `source` may be "": a saved page says its
        address, a file its name.

        Raises:
            NavigatorError: it can't be read or understood; the text says why.
        """
        from navigator.core import cleaning
        from navigator.domain.published.understood import understand
        from navigator.storage import saved_page, spreadsheet

        told = self.directory.programme(programme)
        if isinstance(given, str):
            shown, name = "What was pasted", "a list that was pasted"
            lines = spreadsheet.from_bytes(given.encode("utf-8", "replace"), shown)
        else:
            shown, name = cleaning.plain(given.name), f"the file {cleaning.plain(given.name)}"
            lines = spreadsheet.read(given, sheet)
        rows = lines.rows
        if max(map(len, rows), default=0) <= 1:
            rows = saved_page.records([row[0] if row else "" for row in rows], shown)
        source = cleaning.plain(source) or lines.address or name
        ours = self.directory.without_lists
        return understand(
            *(rows, told, self.register, ours), source=source, day=day, columns=columns
        )

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

    @_in_turn
    def keep_list(self, found: UnderstoodList) -> None:
        """Keep a list as facts of the head's own. Raises NotSavedError: nothing was changed."""
        from navigator.directory import lists
        from navigator.domain.published import kept

        lists.keep(found.programme.id, kept.rows(found))
        self._forget_facts()

    @_in_turn
    def undo_list(self, programme: str) -> tuple[bool, str]:
        """Go back to the list before, or to ours; the same again goes forth. Gives whether a list
        is in use then, and the programme's name. Raises NavigatorError: nothing was changed."""
        from navigator.directory import lists

        told = self.directory.programme(programme)
        listed = lists.undo(told.id)
        self._forget_facts()
        return listed, told.name

    def _forget_facts(self) -> None:
        self._directory = self._questions = None
        self._followed = None

    def _news(
        self, after: Directory, version: str, before: str, school: int | None, day: date
    ) -> FactsNews:
        """What other facts change, for the head's own school and in all."""
        from navigator.domain.questions import Questions
        from navigator.view import fact_changes

        name, lines = "", None
        if school is not None:
            with suppress(NotFoundError):
                was = self.landscape(school, day)
                then = Questions(self.register, after).landscapes
                now = then.landscape(school, day, self.record())
                name, lines = now.school.name, fact_changes.for_school(was, now)
        tables = fact_changes.by_table(self.directory, after, day)
        made = date.fromisoformat(version[:10]) if version else after.checked
        return FactsNews(version, made, before, name, lines, tables)

    def update(
        self,
        setting: str,
        progress: Callable[[Progress], None],
        stop: threading.Event,
        *,
        again: bool = False,
    ) -> Outcome:
        """Fetch the newest register and take it into use; what is asked meanwhile is answered
        from the old one.

        Args:
            setting: `register_url` of the settings.
            progress: told about ten times a second, in this thread.
            stop: set from another thread, it ends the update with nothing changed.
            again: fetch also what was refused earlier today.

        Raises:
            RefusedTodayError: what came can't be used; or it was refused earlier today, and
                wasn't fetched again.
            NavigatorError: it can't be had, in one sentence with the next step.
        """
        from navigator.register import update_over_network

        outcome = update_over_network(setting, self._data_dir, progress, stop, again=again)
        if outcome.taken:
            with self._lock:
                self.reload()
                self.register.info  # noqa: B018 - opened here, so that no screen waits for it
        return outcome

    def update_server(self, setting: str) -> str:
        """The name of the server that an update would ask.

        Raises:
            RefusedError: the address set is none.
        """
        from navigator.register.fetch import server

        return server(setting)

    @_in_turn
    def reload(self) -> None:
        """Answer from now on from the register that is in use on disk now."""
        if self._register is not None:
            self._register.close()
        self._register = self._questions = None
        self._followed = None

    def leave_damaged(self, *, daily: bool = False) -> bool:
        """Whether the register in use is damaged: then another, or the sample, answers from now on.

        It reads the whole file; with `daily` only where nobody has today.
        """
        from navigator.register.opening import is_damaged

        with self._lock:
            if self._register is None or not self.register.info.path:
                return False
            if not is_damaged(self._data_dir, daily=daily):
                return False
            self.reload()
        return True

    @_in_turn
    def close(self) -> None:
        self.reload()
        self._directory = None
