"""What the head keeps on a body: bookmark, note, contact, group; and the forms of each."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Protocol, TypeVar

from navigator.core import cleaning, wording
from navigator.core.errors import RefusedError
from navigator.core.keys import Key
from navigator.core.landscape import Landscape
from navigator.core.record import BodyRef, Bookmark, Contact, Note, OwnNetwork, OwnRecord
from navigator.core.values import typed_urns
from navigator.records.drafts import form_about
from navigator.records.store import CONTACT_FORM
from navigator.ui.base_app import BaseApp
from navigator.ui.forms.boxes import boxes, fields_in, read, refusal, told_of
from navigator.ui.forms.corrections import CorrectionForms
from navigator.ui.forms.form import Box, SaidChange, Values, push_form
from navigator.ui.forms.pick import Choice, PickScreen, Typed
from navigator.view import record_sections
from navigator.view.sections import Card

if TYPE_CHECKING:
    from navigator.view.review import LocalReview, Part

NO_BODY = "This line names no body: move to one that does."
EARLIER = 400
"""Characters of last year's words that stand over the box for this year's."""
NEW = "new"
REMOVED = {
    "bookmark": "Bookmark removed",
    "note": "Note removed",
    "contact": "Contact removed, from the kept versions too",
    "network": "Network removed",
    "correction": "Correction taken back",
}


class Kept(Protocol):
    """A record that has an id."""

    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=Kept)


class RecordForms:
    """Asks the head what to keep, and keeps it."""

    def __init__(self, app: BaseApp) -> None:
        self._app = app

    def keep(self, what: str, card: Card, home: Landscape | None) -> None:
        """Bookmark a body, or write a note on it, add a contact in it, group it or set it."""
        if what == "group":
            self.group(card, home)
        elif what == "set":
            CorrectionForms(self._app).set(card, home)
        elif body := self._body(card):
            {"bookmark": self.bookmark, "note": self.note_form, "contact": self.contact}[what](body)

    def edit(self, kind: str, name: str) -> None:
        """Open the form of a record by its id; a correction has none."""
        forms: dict[str, Callable[[str], None]] = {
            "note": self.edit_note,
            "contact": self.edit_contact,
            "bookmark": self.edit_bookmark,
            "network": self.edit_network,
        }
        if kind in forms:
            forms[kind](name)

    def remove(self, kind: str, name: str) -> None:
        """Remove a record; a person from the kept versions of the file, too."""
        self._app.change(lambda w: w.remove(kind, name), REMOVED[kind])

    def move(self, kind: str, name: str, by: int) -> None:
        self._app.change(lambda w: w.move(kind, name, by), "Moved")

    @property
    def _kept(self) -> OwnRecord:
        """The record as its files have it: what a form shows of a closed school, it writes."""
        return self._app.service.kept

    def _body(self, card: Card) -> BodyRef | None:
        """The body that a line names, or that the note on it is about."""
        key = card.key
        if key.kind == "note":
            note = _by_id(self._app.record.notes, key.name)
            return BodyRef(note.about, note.name) if note else None
        if not key.is_body:
            self._app.say(NO_BODY, wrong=True)
            return None
        about = key.kept_on
        return BodyRef(about, cleaning.plain(card.title if about == key else card.kind))

    # --- bookmarks ---

    def bookmark(self, body: BodyRef) -> None:
        """Bookmark a body, or take its bookmark away."""
        name = cleaning.plain(body.name)
        held = next((b for b in self._app.record.bookmarks if b.about == body.key), None)
        if held is None:
            given = Bookmark(about=body.key, name=name)
            self._app.change(lambda w: w.add(given), f"Bookmarked {name}")
        else:
            said = f"Bookmark of {name} removed"
            self._app.change(lambda w: w.remove("bookmark", held.id), said)

    def edit_bookmark(self, name: str) -> None:
        """A bookmark's sign and tags."""
        held = _by_id(self._kept.bookmarks, name)
        if held is None:
            return

        fields = fields_in(Bookmark)

        def make(values: Values) -> SaidChange:
            given = held._replace(**read(fields, values, held))
            return (lambda w: w.change(given)), f"Changed the bookmark of {held.name}"

        push_form(
            self._app, ("Bookmark", held.name, ""), form_about(name), boxes(fields, held), make
        )

    # --- notes ---

    def edit_note(self, name: str) -> None:
        note = _by_id(self._kept.notes, name)
        if note is None:
            self._app.say("That note is no longer there.", wrong=True)
        else:
            self.note_form(BodyRef(note.about, note.name), note)

    def note_form(self, body: BodyRef, note: Note | None = None) -> None:
        """Write a note on a body, or change one."""
        begun = note or Note(about=body.key, name=body.name)
        fields = fields_in(Note, names=("text", "tags", "again"))

        def make(values: Values) -> SaidChange:
            given = begun._replace(**read(fields, values, begun))
            if note is None:
                return (lambda w: w.add(given)), f"Note on {body.name} saved"
            return (lambda w: w.change(given, seen=note)), f"Note on {body.name} changed"

        said = f"Written {wording.day(note.day)}" if note else ""
        of = form_about(begun.id, body.text)
        push_form(self._app, ("Note", body.name, said), of, boxes(fields, begun), make)

    # --- reviews ---

    def words(self, shown: LocalReview, part: Part) -> None:
        """Write on one feature of a school's review."""
        school, feature = shown.landscape.school, part.feature
        key = Key.school(school.urn)

        def make(values: Values) -> SaidChange:
            words = values["words"]
            return (
                lambda w: w.write_review(
                    key, school.name, feature.id, words, review=shown.id, seen=part.words
                )
            ), f"Review, {feature.title}: saved"

        earlier = " ".join(f"{when}: {text}" for when, text in part.before)
        label = "Your words, for yourself and for a heads' meeting"
        fields = [Box("words", label, part.words, many=True)]
        said = f"{feature.question} {short_words(earlier)}".strip()
        push_form(self._app, ("Review", feature.title, said), f"{key} {feature.id}", fields, make)

    # --- contacts ---

    def contact(self, body: BodyRef) -> None:
        """Add a contact in a body: someone new, or one who is known in another."""
        others = [c for c in self._kept.contacts if body.key not in [b.key for b in c.bodies]]
        if not others:
            self._contact_form(None, body)
            return
        choices = [Choice(NEW, "Someone new", "a role, and a name if you like")]
        choices += [Choice(c.id, *_who(c)) for c in others]

        def picked(choice: str | Typed | None) -> None:
            if isinstance(choice, str):
                self._contact_form(_by_id(others, choice), body)

        self._app.push_screen(PickScreen(f"Who works in {body.name}?", choices), picked)

    def edit_contact(self, name: str) -> None:
        contact = _by_id(self._kept.contacts, name)
        if contact is not None:
            self._contact_form(contact, None)

    def _contact_form(self, contact: Contact | None, body: BodyRef | None) -> None:
        begun = contact or Contact()
        begun = begun._replace(bodies=(*begun.bodies, *([body] if body else ())))
        fields = fields_in(Contact, names=("role", "name", "reach", "bodies", "note"))
        # A body stands by its name; by its key, too, where two have the same.
        names = Counter(cleaning.plain(b.name).strip() for b in begun.bodies)
        known = {
            n if n and names[n] == 1 else b.text: b
            for b in begun.bodies
            for n in (cleaning.plain(b.name).strip(),)
        }

        def make(values: Values) -> SaidChange:
            lines = [line.strip() for line in values["bodies"].splitlines() if line.strip()]
            with told_of("bodies"):
                named = tuple(known.get(line) or named_body(self._app, line) for line in lines)
            given = begun._replace(**{**read(fields, values, begun), "bodies": named})
            if contact is None:
                return (lambda w: w.add(given)), f"Contact saved: {given.role}"
            return (lambda w: w.change(given, seen=contact)), f"Contact changed: {given.role}"

        title = _who(contact)[0] if contact else f"in {body.name}" if body else ""
        said = "Stays on this computer, and is in no export unless you ask for it by name."
        shown = [
            box._replace(value="\n".join(known)) if box.key == "bodies" else box
            for box in boxes(fields, begun)
        ]
        of = form_about(begun.id, body.text if body else "")
        push_form(self._app, (CONTACT_FORM, title, said), of, shown, make)

    # --- own networks ---

    def group(self, card: Card, home: Landscape | None) -> None:
        """Put a school into a network of one's own, or take it out."""
        if card.urn is None:
            self._app.say("Only schools can be grouped: move to a line that names one.", wrong=True)
            return
        urn, name = card.urn, card.title
        new = OwnNetwork(urns=tuple(dict.fromkeys([*([home.school.urn] if home else []), urn])))
        networks = self._app.record.networks
        if not networks:
            self._network_form(new)
            return
        choices = [
            Choice(
                n.id,
                f"Take it out of {n.name}" if urn in n.urns else f"Put it into {n.name}",
                wording.count(len(n.urns), "school"),
            )
            for n in networks
        ]
        choices.append(Choice(NEW, "A new network with it"))

        def picked(choice: str | Typed | None) -> None:
            network = _by_id(networks, choice) if isinstance(choice, str) else None
            if choice == NEW:
                self._network_form(new)
            elif network and urn in network.urns:
                kept_as = self._app.service.kept_as
                said = f"{name} out of {network.name}"
                self._app.change(lambda w: w.regroup(network.id, take=kept_as(urn)), said)
            elif network:
                said = f"{name} into {network.name}"
                self._app.change(lambda w: w.regroup(network.id, put=[urn]), said)

        self._app.push_screen(PickScreen(f"Your networks and {name}", choices), picked)

    def edit_network(self, name: str) -> None:
        network = _by_id(self._kept.networks, name)
        if network is not None:
            self._network_form(network)

    def _network_form(self, begun: OwnNetwork) -> None:
        """The form of a network, or of one that is new and has no id yet."""
        service, new, fields = self._app.service, not begun.id, fields_in(OwnNetwork)

        def make(values: Values) -> SaidChange:
            with told_of("urns"):
                given = begun._replace(name=values["name"], urns=typed_urns(values["urns"]))
            unknown = next((urn for urn in given.urns if service.find_school(urn) is None), None)
            if unknown:
                said = f"No school with URN {unknown} is on the register in use: check the line."
                raise refusal("urns", said)
            if new:
                return (lambda w: w.add(given)), f"Network made: {given.name}"
            return (lambda w: w.change(given, seen=begun)), f"Network changed: {given.name}"

        async def ask() -> None:
            asked_on = self._app.screen
            names = await asyncio.to_thread(lambda: [service.name_of(u) for u in begun.urns])
            lines = (f"{u} {n}".strip() for u, n in zip(begun.urns, names, strict=True))
            name, schools = boxes(fields, begun)
            title = "A group of schools under a name of yours" if new else begun.name
            if self._app.screen is asked_on:  # the head hasn't moved on
                both = (name, schools._replace(value="\n".join(lines)))
                of = form_about(begun.id, *(begun.urns if new else ()))
                push_form(self._app, ("Your network", title, ""), of, both, make)

        self._app.run_worker(ask(), group="ask", exclusive=True, exit_on_error=False)


def named_body(app: BaseApp, line: str) -> BodyRef:
    """The body that a line names, by its key or by its whole name; else the name alone.

    Raises:
        RefusedError: it looks like a key and is none.
    """
    body = BodyRef.of(line)
    word = line.split(maxsplit=1)[0]
    if body.key and word.count(":") == 1:
        return body
    if ":" in word and not word.endswith(":") and "//" not in word:
        raise RefusedError(
            f"“{line[:40]}” isn't a body's key: write each body on a line of its own, "
            "by its name, or press c on the body itself."
        )
    return app.service.body_called(line, app.day) or body


def short_words(text: str) -> str:
    """As much of last year's words as may stand over the boxes for this year's."""
    words = cleaning.plain(text)
    return words if len(words) <= EARLIER else f"{words[:EARLIER].rstrip(' .,;:')} …"


def _by_id(records: Iterable[R], name: str) -> R | None:
    return next((record for record in records if record.id == name), None)


def _who(contact: Contact) -> tuple[str, str]:
    entry = record_sections.contact_entry(contact)
    return entry.text, entry.detail
