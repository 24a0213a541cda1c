"""The facts themselves: packs, published lists, lead schools."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from navigator.core import paths
from navigator.core.errors import NotFoundError
from navigator.service.pages import PagesPart
from navigator.service.sources import in_turn

if TYPE_CHECKING:
    from navigator.directory import Directory
    from navigator.directory.leads import LeadFault, LeadFound
    from navigator.domain.published.understood import UnderstoodList


class FactsNews(NamedTuple):
    """Other facts than `before`: their version and day, and what they change, a line each: for the
    head's school (None where there is none), and in the tables."""

    version: str
    day: date
    before: str
    school: str
    for_school: list[str] | None
    tables: list[str]


class FactsPart(PagesPart):
    """What changes the facts in use, and what is wrong with them."""

    @in_turn
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

    @in_turn
    def lead_faults(self, day: date) -> list[LeadFault]:
        """The rows of facts whose lead school the register in use has closed, otherwise or not."""
        from navigator.directory.leads import faults

        return list(faults(self.directory, self.lead_known, self.info.name, day))

    @in_turn
    def take_facts(self, file: Path, school: int | None, day: date, *, take: bool) -> FactsNews:
        """Take a pack of facts into use, whole or not at all; or only look at what it changes.

        Raises:
            NavigatorError: it can't be taken; nothing was changed, and the text says why.
        """
        from navigator.core.errors import RefusedError
        from navigator.directory import packs, taking

        data_dir = self._data_dir or paths.data_dir()
        with taking.unpacked(file, data_dir) as pack:
            using = packs.facts_in_use(data_dir)
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

    @in_turn
    def undo_facts(self, school: int | None, day: date) -> FactsNews:
        """Go back to the facts before; the same again goes forth.

        Raises:
            NavigatorError: it can't be done; nothing was changed, and the text says why.
        """
        from navigator.directory import packs, taking

        data_dir = self._data_dir or paths.data_dir()
        with taking.turning_back(data_dir) as then:
            before = packs.facts_in_use(data_dir).version
            after, _ = self._opened(then.folder)
            news = self._news(after, then.version, before, school, day)
        self._forget_facts()
        return news

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

    @in_turn
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

    @in_turn
    def keep_list(self, found: UnderstoodList) -> None:
        """Keep a list as facts of the head's own. Raises NotSavedError: nothing was changed."""
        from navigator.directory import lists
        from navigator.domain.published import hub_rows

        lists.keep(found.programme.id, hub_rows.rows(found))
        self._forget_facts()

    @in_turn
    def undo_list(self, programme: str) -> tuple[bool, str]:
        """Go back to the list before, or to ours; the same again goes forth. Gives whether a list
        is in use then, and the programme's name. Raises NavigatorError: nothing was changed."""
        from navigator.directory import lists

        told = self.directory.programme(programme)
        listed = lists.undo(told.id)
        self._forget_facts()
        return listed, told.name
