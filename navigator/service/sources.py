"""What the service asks: opened when first asked, and anew after an update."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from navigator.core import paths
from navigator.core.errors import NavigatorError
from navigator.core.model import RegisterInfo
from navigator.core.record import OwnRecord

if TYPE_CHECKING:
    from navigator.directory import BrokenTableError, Directory
    from navigator.directory.packs import FactsInUse
    from navigator.domain.changes import Changes
    from navigator.domain.questions import Questions
    from navigator.records import RecordStore
    from navigator.register import Register


P = ParamSpec("P")
S = TypeVar("S", bound="SourcesPart")
Given = TypeVar("Given")


def in_turn(
    ask: Callable[Concatenate[S, P], Given],
) -> Callable[Concatenate[S, P], Given]:
    """A question that is answered to the end, from one register, before the next one is."""

    @wraps(ask)
    def asked(self: S, /, *args: P.args, **kwargs: P.kwargs) -> Given:
        with self._lock:
            return ask(self, *args, **kwargs)

    return asked


class SourcesPart:
    """The register and the directory in use, and the head's record as far as they follow it."""

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
        self._facts_read: Path | None = None
        self._own_fault = ""
        self._questions: Questions | None = None
        self.unseen: Changes | None = None

    @property
    @in_turn
    def register(self) -> Register:
        if self._register is None:
            from navigator.register import open_register

            self._register = open_register(self._data_dir)
        return self._register

    @property
    @in_turn
    def directory(self) -> Directory:
        if self._directory is None:
            from navigator.directory import packs

            own = self._own_facts
            self._facts_read = None if self._facts else packs.in_use(self._data_dir).folder
            facts = self._facts or self._facts_read or paths.facts_dir()
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

    @in_turn
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

        return packs.facts_in_use(self._data_dir)

    @property
    @in_turn
    def questions(self) -> Questions:
        """All that can be asked of the two; for batches, which hold no other thread up."""
        if self._questions is None:
            from navigator.domain.questions import Questions
            from navigator.storage.kept import KeptAnswers

            answers = KeptAnswers(self._data_dir or paths.data_dir(), self._state)
            self._questions = Questions(self.register, self.directory, answers)
        return self._questions

    def _state(self) -> bytes:
        """The state of all that answers are made of: register, facts, code; "" where they aren't
        to be kept, of the sample and of faulty facts."""
        from navigator import domain, register
        from navigator.storage.kept import state_of, states_in

        used, facts = self.register.info.path, self.directory.state
        if not used or not facts or self._own_fault:
            return b""
        code = (line for of in (domain, register) for line in states_in(of.__path__[0]))
        with suppress(OSError):  # two updates later the file is gone; what is open still answers
            told = "\n".join((state_of(Path(used)), *sorted(code), ""))
            return facts + told.encode("utf-8", "surrogateescape")
        return b""

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

    @in_turn
    def read_ahead(self, day: date) -> None:
        """Be ready for thousands of landscapes of a day (`Register.read_ahead`)."""
        self.register.read_ahead(day)

    def _forget_facts(self) -> None:
        self._directory = self._questions = self._facts_read = None
        self._followed = None

    @in_turn
    def reload(self) -> None:
        """Answer from now on from the register that is in use on disk now."""
        if self._register is not None:
            self._register.close()
        self._register = self._questions = None
        self._followed = None

    @in_turn
    def follow_disk(self) -> None:
        """Answer from the register and the facts that are in use on disk, where another Navigator
        brought newer: for who stays open for days."""
        from navigator.directory import packs
        from navigator.register.opening import current_name

        used = self.info.path
        name = current_name(self._data_dir or paths.data_dir())
        if not self.register.problem and name != (Path(used).name if used else ""):
            self.reload()
        read = self._facts_read
        if read is not None and packs.in_use(self._data_dir).folder != read:
            self._forget_facts()

    def leave_damaged(self, *, daily: bool = False) -> bool:
        """Whether the register in use is damaged: then another, or the sample, answers from now on.

        It reads the whole file; with `daily` only where nobody has today.
        """
        from navigator.register.opening import is_damaged

        with self._lock:
            held = self._register
            if held is None or not held.info.path:
                return False
        if not is_damaged(self._data_dir, daily=daily):  # keys don't wait while it is read
            return False
        with self._lock:
            if self._register is held:
                self.reload()
        return True

    @in_turn
    def close(self) -> None:
        self.reload()
        self._directory = None
