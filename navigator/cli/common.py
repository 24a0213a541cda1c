"""What every command needs: arguments read with care, sentences on standard error."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn, Self

from navigator.cli.program_name import as_typed
from navigator.core.errors import NotFoundError, RefusedError, SeveralError
from navigator.core.keys import Key, is_urn

if TYPE_CHECKING:
    from navigator.service import Service


class Parser(argparse.ArgumentParser):
    """argparse, with errors as one sentence and the next step."""

    def _check_value(self, action: argparse.Action, value: object) -> None:
        """As argparse does; a word close to one that it takes is told, instead of all of them."""
        known = [str(choice) for choice in action.choices or ()]
        if known and str(value) not in known and (meant := near(str(value), known)):
            message = f"{str(value)[:40]!r} isn't known: did you mean {meant}?"
            raise argparse.ArgumentError(action if action.option_strings else None, message)
        super()._check_value(action, value)

    # The names and types are argparse's own
    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse does; an option that there isn't is told by the command that was asked for,
        with the one it is close to."""
        known, left = super().parse_known_args(args, namespace)
        if odd := next((word for word in left if word.startswith("--")), ""):
            option = odd.partition("=")[0]
            meant = near(option, self._option_string_actions)
            hint = f": did you mean {meant}?" if meant else ""
            self.error(f"there is no option {odd[:40]}{hint}")
        return known, left

    def _print_message(self, message: str, file: Any = None) -> None:
        super()._print_message(as_typed(message), file)

    def error(self, message: str) -> NoReturn:
        end = "" if message.endswith("?") else "."
        warn(f"{message}{end} For help, run: {self.prog} --help")
        sys.exit(2)


def inner(of: argparse.ArgumentParser) -> dict[str, Parser]:
    """The parsers of the words that may follow, by word."""
    for action in of._actions:  # argparse has no public way to list them
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def near(word: str, known: Iterable[str]) -> str:
    """The known word that a mistyped one is close to; "" if there is none."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word.casefold(), list(known), n=1)), "")


def warn(*sentences: str) -> None:
    """Say something beside the output; an empty sentence is none."""
    from navigator.core import cleaning

    for sentence in sentences:
        if sentence:
            print(f"navigator: {cleaning.plain(as_typed(sentence))}", file=sys.stderr)


def standard_input(most: int = -1) -> str:
    """What is piped in, of it at most so many characters.

    Raises:
        RefusedError: it isn't text, can't be read, or nothing came: a command that failed before
            the pipe mustn't take away what is kept.
    """
    from navigator.cli.streams import GIVEN

    try:
        if hasattr(sys.stdin, "reconfigure"):
            named = os.environ.get(GIVEN, "").partition(":")[0]
            sys.stdin.reconfigure(encoding=named or "utf-8-sig", errors="strict")
        text = sys.stdin.read(most)
    except UnicodeDecodeError:
        raise RefusedError(
            "Standard input isn't UTF-8 text, so nothing was done. Save it as UTF-8 first."
        ) from None
    except OSError as error:
        raise RefusedError(
            f"Standard input can't be read ({error.strerror}), so nothing was done."
        ) from None
    if not text.strip():
        raise RefusedError("Nothing came on standard input, so nothing was done.")
    return text


@contextmanager
def open_service() -> Iterator[Service]:
    """The service; at the end, whatever happens, what was wrong with the record's files is said."""
    from navigator.service import Service

    service = Service()
    try:
        yield service
    finally:
        warn(*service.record_problems())
        service.close()


# --- arguments ---


def describe(command: Parser, text: str) -> None:
    """Begin a command's help with a text, whose lines stay as they are."""
    command.description = text
    command.formatter_class = argparse.RawDescriptionHelpFormatter


def add_as_at(command: Parser, said: str) -> None:
    command.add_argument("--as-at", type=a_past_date, metavar="DATE", help=f"{said}, as 25/5/22")


def add_json(command: argparse._ActionsContainer) -> None:
    command.add_argument("--json", action="store_true", help="one JSON object a line")


def a_urn(text: str) -> int:
    if is_urn(text):
        return int(text)
    raise argparse.ArgumentTypeError(
        f"{text[:40]!r} isn't a URN, which is a number of 6 digits; "
        f"to search by name, run: navigator find {text[:40]}"
    )


def the_urn(service: Service, text: str) -> int:
    """A URN, or that of the one school of a name. Raises NotFoundError for none or several."""
    if is_urn(text):
        return int(text)
    with _how_to_find():
        return service.school_meant(text).urn


def the_body(service: Service, text: str) -> Key:
    """A body's key: as it stands ("la:892"), else that of the school of a URN or name.

    Raises:
        NotFoundError: no school is called so, or several are; the text says what to do.
    """
    return Key(text) if ":" in text else Key.school(the_urn(service, text))


def the_plan_body(service: Service, text: str, kinds: Collection[str] = ("school",)) -> Key:
    """As `Service.plan_body`, with the next step where nothing is called so."""
    from navigator.core import clock

    with _how_to_find():
        return service.plan_body(text, clock.today(), kinds)


FIND = "To search, run: navigator find WORDS"


@contextmanager
def _how_to_find() -> Iterator[None]:
    """Has what wasn't found say how to search, where it doesn't yet."""
    try:
        yield
    except SeveralError:
        raise
    except NotFoundError as error:
        step = "" if "navigator find" in str(error) else f" {FIND}"
        raise NotFoundError(f"{error}{step}") from None


def a_date(text: str, *, ahead: bool = True) -> date:
    """A day as people write it, the next to come; said back where it isn't written in full."""
    from navigator.core import clock, dates

    try:
        day = dates.read(text, clock.today(), ahead=ahead)
    except RefusedError as error:
        raise argparse.ArgumentTypeError(str(error).removesuffix(".")) from None
    if text != day.isoformat():
        warn(f"“{text}” is {dates.shown(day)}.")
    return day


def a_past_date(text: str) -> date:
    """The same of a day that may have gone by: without its year it is asked."""
    return a_date(text, ahead=False)


def a_limit(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 1000:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text[:40]!r} isn't a number from 1 to 1000")


def a_body(text: str) -> Key:
    """A body's key: "school:139217" for a URN; any other body's as it stands ("la:892")."""
    return Key(text) if ":" in text else Key.school(a_urn(text))


# --- progress ---


class Bar:
    """One line of progress on standard error, where that is a terminal."""

    PAUSE = 0.1
    """Seconds between two drawings."""

    def __init__(self, stage: str, total: int, things: str) -> None:
        self._stage, self._total, self._things = stage, total, things
        self._begun = self._drawn = time.monotonic()
        self._on = sys.stderr.isatty() and total > 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        if self._on:
            wipe()

    def show(self, done: int) -> None:
        """Say how many are done, with the time left once it can be told."""
        now = time.monotonic()
        if not self._on or now - self._drawn < self.PAUSE:
            return
        self._drawn = now
        share = min(done / self._total, 1.0)
        left = ""
        if share > 0.02:
            seconds = (now - self._begun) * (1 - share) / share
            left = f", {max(1, round(seconds))} s left"
        draw(self._stage, share, f"{done:,} of {self._total:,} {self._things}{left}")


BAR_WIDTH = 20


def draw(stage: str, share: float, said: str) -> None:
    """Draw one line of progress on standard error, over the one before."""
    import shutil

    from navigator.core import cleaning

    filled = round(share * BAR_WIDTH)
    room = shutil.get_terminal_size().columns - 1  # a line that wraps couldn't be taken back
    line = f"{stage}  [{'#' * filled}{'.' * (BAR_WIDTH - filled)}] {said}"[:room]
    _on_the_line(f"\r\x1b[K{cleaning.plain(line)}")


def wipe() -> None:
    """Take the line of progress away."""
    _on_the_line("\r\x1b[K")


def _on_the_line(text: str) -> None:
    getattr(sys.stderr, "write_raw", sys.stderr.write)(text)
    sys.stderr.flush()
