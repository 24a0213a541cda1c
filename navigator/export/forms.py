"""What can be exported, and in which forms: one table.

The options of the command line, the form on the screen and the list in docs/exports.md follow from
it. Nothing heavy is imported here before a file is made: every start of the command line reads it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from navigator.export.plan import PlanExport
    from navigator.view.documents import Documents


class Form(NamedTuple):
    """A form of a subject. `id` names it in every place, `suffix` ends its files' names.

    `help` is the option's on the command line ("" for what needs no option), `words` stand behind
    it on the screen. What `prints` has no file there, and without a suffix it is in no other place.
    `draw` makes it of documents; without it the subject makes it itself. `after` is done with the
    subject once the file was written whole. `takes` is what the option names.
    """

    id: str
    suffix: str
    help: str = ""
    words: str = ""
    draw: Callable[[Documents], str] | None = None
    after: Callable[[Any], None] | None = None
    prints: bool = False
    takes: str = "FILE"


class Subject(NamedTuple):
    """What can be exported, and the `command` that does; `title` heads the form on the screen,
    `said` stands under it.

    The first of the `forms` is the usual one. `parts` are what of the head's own may be named.
    """

    what: str
    command: str
    title: str
    forms: tuple[Form, ...]
    said: str = ""
    parts: tuple[str, ...] = ()

    @property
    def files(self) -> dict[str, Form]:
        """The forms that the screen writes, by id."""
        return {form.id: form for form in self.forms if form.suffix}

    @property
    def kinds(self) -> str:
        """ "html (a page for governors), markdown, csv or json"."""
        *most, last = (f"{f.id} ({f.words})" if f.words else f.id for f in self.files.values())
        return f"{', '.join(most)} or {last}" if most else last


class Exported(Protocol):
    """One thing of a subject, to be made in one of its forms."""

    @property
    def held(self) -> str:
        """What of the head's own it holds ("Holds your notes."), "" for nothing."""

    @property
    def private(self) -> bool:
        """Whether what the head wrote is in it: then its file is for their eyes only at first."""

    def documents(self) -> Documents:
        """What is drawn as pages or lines."""

    def data(self, form: str) -> bytes:
        """The forms that aren't drawn."""


def make(form: Form, of: Exported) -> bytes:
    """The bytes of a file, or of what is printed: that is for the head and needs no warning."""
    if form.draw is None:
        return of.data(form.id)
    documents = of.documents()
    shown = documents._replace(held="") if form.prints else documents
    return form.draw(shown).encode("utf-8", errors="replace")


def once_written(form: Form, of: Exported) -> None:
    """What is to be remembered of a file once it was written, or printed, whole; never before."""
    if form.after is not None:
        form.after(of)


def _sent(of: PlanExport) -> None:
    of.remember_sent()


def _html(documents: Documents) -> str:
    from navigator.core import clock
    from navigator.export import page

    return page.draw(documents, clock.today())


def _markdown(documents: Documents) -> str:
    from navigator.export import markdown

    return markdown.draw(documents)


def _text(documents: Documents) -> str:
    from navigator.export import text

    return text.draw(documents)


OWN = ("notes", "contacts")
NOTHING_OF_YOURS = "Your notes and contacts stay out of it unless you name them here."
NO_NAMES = "Names of people stay out of it unless you name them here."
GOVERNORS = "one page for governors"
TABULAR = (
    Form("csv", ".csv", "a table", "a table"),
    Form("json", ".json", "one JSON object a line", prints=True),
    Form("text", ".txt", draw=_text, prints=True),
)

LANDSCAPE = Subject(
    "landscapes of one or several schools",
    "export",
    "Export this landscape",
    (
        Form("html", ".html", GOVERNORS, "a page for governors", _html),
        Form("markdown", ".md", "Markdown", draw=_markdown),
        Form("csv", ".csv", "a table"),
        Form("json", ".json", "one JSON object a line, as navigator show --json"),
        Form("site", "", "a folder of pages: an index with a map, a page a school", takes="FOLDER"),
    ),
    NOTHING_OF_YOURS,
    OWN,
)
ENGLAND = Subject(
    "all of England",
    "export england",
    "",
    (  # written row by row: export/england.py
        Form("csv", ".csv", "a table"),
        Form("json-lines", ".jsonl", "of england: one JSON object a line"),
        Form("parquet", ".parquet", "of england: Parquet"),
    ),
)
REVIEW = Subject(
    "a school's review",
    "review",
    "Export this review",
    (
        Form(
            "html", ".html", "one page for a heads' meeting", "a page for a heads' meeting", _html
        ),
        Form("markdown", ".md", "Markdown", draw=_markdown),
        Form("json", "", "one JSON object", prints=True),
        Form("text", "", draw=_text, prints=True),
    ),
    f"Your words are in it. {NOTHING_OF_YOURS}",
    OWN,
)
FIGURES = Subject("figures of places", "locality", "Export these figures", TABULAR)
OVERLAP = Subject("an overlap", "overlap", "Export this overlap", TABULAR)
PAIR = Subject("two schools beside each other", "overlap --with", "", TABULAR[1:])
PLAN = Subject(
    "the plan",
    "plan export",
    "Export the plan",
    (
        Form("html", ".html", f"{GOVERNORS}, to print or send", "a page for governors", _html),
        Form("markdown", ".md", GOVERNORS, draw=_markdown),
        Form("ics", ".ics", "a calendar for Outlook, Google and others", "a calendar", after=_sent),
        Form("csv", ".csv", "the table that navigator plan import takes"),
        Form("json", ".jsonl", "one JSON object a line"),
    ),
    NO_NAMES,
    ("people", "notes", "reflections"),
)
COVER = Subject(
    "cover, week by week",
    "plan cover",
    "Export the cover sheet",
    (
        Form("html", ".html", "a page a week, one side of A4", "a page to print", _html),
        Form("markdown", ".md", "Markdown", draw=_markdown),
        Form("csv", ".csv", "a row for each who is out, half day by half day", "a table"),
        Form("text", "", draw=_text, prints=True),
    ),
    NO_NAMES,
    ("people",),
)
ACTIVITY = Subject(
    "an activity",
    "plan export ACTIVITY",
    "Export this activity",
    tuple(form for form in PLAN.forms if form.id in ("ics", "json")),
    f"Its sessions for Outlook, Google and others. {NO_NAMES}",
    ("people",),
)
SHOWN = Subject(
    "a landscape on the screen",
    "show",
    "",
    (
        Form("json", "", "one JSON object a line", prints=True),
        Form("markdown", "", "Markdown", prints=True),
        Form("text", "", prints=True),
    ),
)

SUBJECTS = (LANDSCAPE, ENGLAND, REVIEW, FIGURES, OVERLAP, PAIR, PLAN, COVER, ACTIVITY, SHOWN)
