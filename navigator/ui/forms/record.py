"""What the head keeps on a body: bookmark, note, contact, group, set; and the forms of each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from navigator.core import cleaning, clock, wording
from navigator.core.errors import RefusedError
from navigator.core.keys import Key
from navigator.core.model import Landscape
from navigator.core.record import (
    MARKERS,
    TAGS,
    BodyRef,
    Bookmark,
    Contact,
    Correction,
    Note,
    OwnNetwork,
    OwnRecord,
)
from navigator.core.values import typed_day, typed_urns
from navigator.ui.base import BaseApp
from navigator.ui.forms.form import Field, FormScreen, Values
from navigator.ui.forms.pick import Choice, PickScreen, Typed
from navigator.view import record_sections
from navigator.view.sections import Card

if TYPE_CHECKING:
    from textual.screen import Screen

    from navigator.view.review import LocalReview, Part

T = TypeVar("T")

NO_BODY = "This line names no body: move to one that does."
NO_SCHOOL = "Open a school's landscape first: what you set is about one school."
EARLIER = 400
"""Characters of last year's words that stand over the box for this year's."""
TAKE_BACK, CLOSED, NETWORK, NEW = "take-back", "closed", "network", "new"


class RecordForms:
    """Asks the head what to keep, and keeps it."""

    def __init__(self, app: BaseApp) -> None:
        self._app = app

    def keep(self, what: str, card: Card, home: Landscape | None) -> None:
        """Bookmark a body, or write a note on it, add a contact in it, group it or set it."""
        if what == "group":
            self.group(card, home)
        elif what == "set":
            self.set(card, home)
        elif body := self._body(card):
            {"bookmark": self.bookmark, "note": self.note, "contact": self.contact}[what](body)

    # --- bookmarks ---

    def bookmark(self, body: BodyRef) -> None:
        """Bookmark a body, or take its bookmark away."""
        name = cleaning.plain(body.name)
        held = next((b for b in self._app.record.bookmarks if b.about == body.key), None)
        if held is None:
            self._app.change(
                lambda w: w.add(Bookmark(about=body.key, name=name)), f"Bookmarked {name}"
            )
        else:
            self._app.change(lambda w: w.remove("bookmark", held.id), f"Bookmark of {name} removed")

    @property
    def _kept(self) -> OwnRecord:
        """The record as its files have it: what a form shows of a closed school, it writes."""
        return self._app.service.kept

    def edit_bookmark(self, name: str) -> None:
        """A bookmark's sign and tags."""
        held = next((b for b in self._kept.bookmarks if b.id == name), None)
        if held is None:
            return

        async def save(values: Values) -> str:
            return await self._app.edits.make(
                lambda w: w.change(
                    held._replace(marker=values["marker"], tags=_tags(values["tags"], held.tags))
                ),
                f"Changed the bookmark of {held.name}",
            )

        signs = f"one sign, such as {' '.join(MARKERS)}"
        fields = (
            Field("marker", "Sign", held.marker, signs),
            Field("tags", "Tags, with commas between", ", ".join(held.tags)),
        )
        self._app.push_screen(FormScreen("Bookmark", held.name, fields, save))

    # --- notes ---

    def note(self, body: BodyRef) -> None:
        """Write a note on a body."""
        self._note_form(body, None)

    def edit_note(self, name: str) -> None:
        note = next((n for n in self._kept.notes if n.id == name), None)
        if note is None:
            self._app.say("That note is no longer there.", wrong=True)
        else:
            self._note_form(BodyRef(note.about, note.name), note)

    def _note_form(self, body: BodyRef, note: Note | None) -> None:
        async def save(values: Values) -> str:
            try:
                again = typed_day(values["again"])
            except RefusedError as error:
                return str(error)
            text, tags = values["text"], _tags(values["tags"], note.tags if note else ())
            begun = note or Note(about=body.key, name=body.name)
            given = begun._replace(text=text, tags=tags, again=again)
            if note is None:
                return await self._app.edits.make(
                    lambda w: w.add(given), f"Note on {body.name} saved"
                )
            return await self._app.edits.make(
                lambda w: w.change(given, seen=note), f"Note on {body.name} changed"
            )

        fields = (
            Field("text", "Note", note.text if note else "", many=True),
            Field(
                "tags",
                f"Tags, with commas between ({', '.join(TAGS)}; or your own words)",
                ", ".join(note.tags) if note else "",
                "shares, open, our own word",
                offer=TAGS,
            ),
            Field(
                "again",
                "Look again on",
                note.again.isoformat() if note and note.again else "",
                "2027-01-31, or +14 for in 14 days; empty for never",
            ),
        )
        said = f"Written {wording.day(note.day)}" if note else ""
        self._app.push_screen(FormScreen("Note", body.name, fields, save, said))

    # --- reviews ---

    def words(self, shown: LocalReview, part: Part) -> None:
        """Write on one feature of a school's review."""
        school, feature = shown.landscape.school, part.feature

        async def save(values: Values) -> str:
            return await self._app.edits.make(
                lambda w: w.write_review(
                    Key.school(school.urn),
                    school.name,
                    feature.id,
                    values["words"],
                    review=shown.id,
                    seen=part.words,
                ),
                f"Review, {feature.title}: saved",
            )

        earlier = " ".join(f"{when}: {text}" for when, text in part.before)
        if len(earlier) > EARLIER:
            earlier = earlier[:EARLIER].rstrip(" .,;:") + " …"
        label = "Your words, for yourself and for a heads' meeting"
        fields = (Field("words", label, part.words, many=True),)
        said = f"{feature.question} {earlier}".strip()
        self._app.push_screen(FormScreen("Review", feature.title, fields, save, said))

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
            if choice == NEW:
                self._contact_form(None, body)
            elif isinstance(choice, str):
                self._contact_form(next(c for c in others if c.id == choice), body)

        self._app.push_screen(PickScreen(f"Who works in {body.name}?", choices), picked)

    def edit_contact(self, name: str) -> None:
        contact = next((c for c in self._kept.contacts if c.id == name), None)
        if contact is not None:
            self._contact_form(contact, None)

    def _contact_form(self, contact: Contact | None, body: BodyRef | None) -> None:
        bodies = [*(contact.bodies if contact else ()), *([body] if body else ())]

        async def save(values: Values) -> str:
            try:
                lines = [line.strip() for line in values["bodies"].splitlines() if line.strip()]
                named = await asyncio.to_thread(
                    lambda: [named_body(self._app, line) for line in lines]
                )
            except RefusedError as error:
                return str(error)
            given = (contact or Contact())._replace(
                role=values["role"],
                name=values["name"],
                bodies=tuple(named),
                reach=values["reach"],
                note=values["note"],
            )
            if contact is None:
                return await self._app.edits.make(
                    lambda w: w.add(given), f"Contact saved: {values['role']}"
                )
            return await self._app.edits.make(
                lambda w: w.change(given, seen=contact), f"Contact changed: {values['role']}"
            )

        fields = (
            Field("role", "Role", contact.role if contact else "", "Maths lead, adviser, chair …"),
            Field("name", "Name (may be left out)", contact.name if contact else ""),
            Field("reach", "How to reach them", contact.reach if contact else ""),
            Field(
                "bodies",
                "Works in (a body a line, by its name)",
                "\n".join(f"{b.key} {b.name}".strip() for b in bodies),
                many=True,
            ),
            Field("note", "Remark", contact.note if contact else ""),
        )
        title = _who(contact)[0] if contact else f"in {body.name}" if body else ""
        said = "Stays on this computer, and is in no export unless you ask for it by name."
        self._app.push_screen(FormScreen("Contact", title, fields, save, said))

    # --- own networks ---

    def group(self, card: Card, home: Landscape | None) -> None:
        """Put a school into a network of one's own, or take it out."""
        if card.urn is None:
            self._app.say("Only schools can be grouped: move to a line that names one.", wrong=True)
            return
        urn, name = card.urn, card.title
        networks = self._app.record.networks
        if not networks:
            self._ask(self._network_form(None, home, urn))
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
            if choice == NEW:
                self._ask(self._network_form(None, home, urn))
            elif isinstance(choice, str):
                network = next(n for n in networks if n.id == choice)
                if urn in network.urns:
                    self._app.change(
                        lambda w: w.regroup(choice, take=self._app.service.kept_as(urn)),
                        f"{name} out of {network.name}",
                    )
                else:
                    self._app.change(
                        lambda w: w.regroup(choice, put=[urn]), f"{name} into {network.name}"
                    )

        self._app.push_screen(PickScreen(f"Your networks and {name}", choices), picked)

    def edit_network(self, name: str) -> None:
        network = next((n for n in self._kept.networks if n.id == name), None)
        if network is not None:
            self._ask(self._network_form(network, None, None))

    async def _network_form(
        self, network: OwnNetwork | None, home: Landscape | None, urn: int | None
    ) -> None:
        urns = list(network.urns) if network else []
        if home is not None and network is None:
            urns.append(home.school.urn)
        if urn is not None and urn not in urns:
            urns.append(urn)

        asked_on = self._app.screen
        names = await asyncio.to_thread(lambda: {u: self._app.service.name_of(u) for u in urns})

        async def save(values: Values) -> str:
            try:
                chosen = typed_urns(values["schools"])
            except RefusedError as error:
                return str(error)
            unknown = await asyncio.to_thread(self._unknown, chosen)
            if unknown:
                return f"No school with URN {unknown} is on the register in use: check the line."
            given = (network or OwnNetwork())._replace(name=values["name"], urns=tuple(chosen))
            if network is None:
                return await self._app.edits.make(
                    lambda w: w.add(given), f"Network made: {values['name']}"
                )
            return await self._app.edits.make(
                lambda w: w.change(given, seen=network), f"Network changed: {values['name']}"
            )

        fields = (
            Field("name", "Name", network.name if network else "", "Our cluster"),
            Field(
                "schools",
                "Schools (one a line, by URN; g on any school adds it)",
                "\n".join(f"{u} {names[u]}".strip() for u in urns),
                many=True,
            ),
        )
        title = network.name if network else "A group of schools under a name of yours"
        self._push(asked_on, FormScreen("Your network", title, fields, save), lambda _: None)

    def _unknown(self, urns: Sequence[int]) -> int | None:
        known = self._app.service.find_school
        return next((urn for urn in urns if known(urn) is None), None)

    # --- corrections ---

    def set(self, card: Card, home: Landscape | None) -> None:
        """Set what the head knows better than the line under the cursor."""
        if home is None:
            self._app.say(NO_SCHOOL, wrong=True)
            return
        if home.as_at < clock.today():
            self._app.say(
                f"You look at {wording.day(home.as_at)}, and what you set holds from today on. "
                f"Go back to today first: press {self._app.key_of('as-at')}, empty the box, "
                "Enter.",
                wrong=True,
            )
            return
        kind, _, rest = card.key.partition(":")
        if kind in ("hub", "programme"):
            self._ask(self._set_hub(rest.partition("/")[0], home))
        elif kind in ("network", "partnership"):
            self._set_closed(card, home)
        else:
            self._set_network(home)

    def _ask(self, question: Coroutine[None, None, None]) -> None:
        """Ask a question that has to look something up first, off the event loop."""
        self._app.run_worker(question, group="ask", exclusive=True, exit_on_error=False)

    def _push(
        self, asked_on: Screen[Any], screen: Screen[T], then: Callable[[T | None], None]
    ) -> None:
        """Show a question, unless the head has moved on from where they asked it."""
        if self._app.screen is asked_on:
            self._app.push_screen(screen, then)

    async def _set_hub(self, programme: str, home: Landscape) -> None:
        claim = next((c for c in home.hubs if c.programme.id == programme), None)
        if claim is None:
            return
        label = claim.programme.name
        asked_on = self._app.screen
        held = self._set_here("hub", home, programme)
        hubs = await asyncio.to_thread(self._app.service.hubs, programme, home.as_at)
        choices = []
        if held is not None:
            choices.append(Choice(TAKE_BACK, "Take back what you set", ", ".join(held.names)))
        choices += [
            Choice(hub.id, hub.name, " · ".join(t for t in (hub.lead_name, hub.region) if t))
            for hub in hubs
        ]
        names = {choice.value: choice.text for choice in choices}

        def picked(choice: str | Typed | None) -> None:
            if choice is None:
                return
            if choice == TAKE_BACK and held is not None:
                self._app.change(
                    lambda w: w.remove("correction", held.id), f"{label}: as published"
                )
                return
            hub = choice if isinstance(choice, str) else ""
            name = names[choice] if isinstance(choice, str) else choice.text
            self._app.change(
                lambda w: w.add(
                    Correction(
                        "",
                        "hub",
                        Key.school(home.school.urn),
                        home.school.name,
                        programme,
                        (name,),
                        (hub,),
                    )
                ),
                f"{label} set to {name}",
            )

        title = f"Which {label} does {home.school.name} have?"
        self._push(asked_on, PickScreen(title, choices, "another name"), picked)

    def _set_here(self, says: str, home: Landscape, programme: str = "") -> Correction | None:
        """What the head has set for this school already."""
        return next(
            (
                c
                for c in self._app.record.corrections
                if c.says == says and c.about in home.keys and c.programme == programme
            ),
            None,
        )

    def _take_back(self, held: Correction, label: str) -> None:
        self._app.change(lambda w: w.remove("correction", held.id), f"{label}: as published")

    def _set_closed(self, card: Card, home: Landscape) -> None:
        said = self._app.record.corrections
        held = next((c for c in said if c.says == "closed" and c.about == card.key), None)
        if held is not None:
            choices = [Choice(TAKE_BACK, "It hasn't closed: take back what you set")]
        else:
            choices = [Choice(CLOSED, "It has closed", "it stays listed, with your word beside it")]
        choices.append(Choice(NETWORK, "Our heads' network is another …"))

        def picked(choice: str | Typed | None) -> None:
            if choice == NETWORK:
                self._set_network(home)
            elif choice == TAKE_BACK and held is not None:
                self._app.change(
                    lambda w: w.remove("correction", held.id), f"{card.title}: as published"
                )
            elif choice == CLOSED:
                self._app.change(
                    lambda w: w.add(Correction("", "closed", Key(card.key), card.title)),
                    f"{card.title} set as closed",
                )

        self._app.push_screen(PickScreen(f"What do you know of {card.title}?", choices), picked)

    def _set_network(self, home: Landscape) -> None:
        held = self._set_here("network", home)
        choices = [Choice(n.name, n.name, n.kind) for n in home.networks]
        if held is not None:
            choices.insert(0, Choice(TAKE_BACK, "Take back what you set", ", ".join(held.names)))

        def picked(choice: str | Typed | None) -> None:
            if choice is None:
                return
            if choice == TAKE_BACK and held is not None:
                self._app.change(
                    lambda w: w.remove("correction", held.id), "Heads' network: as published"
                )
                return
            name = choice if isinstance(choice, str) else choice.text
            self._app.change(
                lambda w: w.add(
                    Correction(
                        "",
                        "network",
                        Key.school(home.school.urn),
                        home.school.name,
                        names=(name,),
                    )
                ),
                f"Heads' network set to {name}",
            )

        title = f"What is the heads' network of {home.school.name}?"
        self._app.push_screen(PickScreen(title, choices, "the network's name"), picked)

    # --- any record, by its id ---

    def edit(self, kind: str, name: str) -> None:
        """Open the form of a record."""
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
        words = {
            "bookmark": "Bookmark removed",
            "note": "Note removed",
            "contact": "Contact removed, from the kept versions too",
            "network": "Network removed",
            "correction": "Correction taken back",
        }
        self._app.change(lambda w: w.remove(kind, name), words[kind])

    def move(self, kind: str, name: str, by: int) -> None:
        self._app.change(lambda w: w.move(kind, name, by), "Moved")

    def _body(self, card: Card) -> BodyRef | None:
        """The body that a line names, or that the note on it is about."""
        kind, _, name = card.key.partition(":")
        if kind == "note":
            note = next((n for n in self._app.record.notes if n.id == name), None)
            return BodyRef(note.about, note.name) if note else None
        if not card.key.is_body:
            self._app.say(NO_BODY, wrong=True)
            return None
        if card.key.endswith("/"):  # a hub that the head named and we don't know
            return BodyRef(Key.of("programme", name.rstrip("/")), cleaning.plain(card.kind))
        return BodyRef(Key(card.key), cleaning.plain(card.title))


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


def _who(contact: Contact) -> tuple[str, str]:
    entry = record_sections.contact_entry(contact)
    return entry.text, entry.detail


def _tags(text: str, held: tuple[str, ...]) -> tuple[str, ...]:
    """Tags as typed, with commas between; those that were held where the box was left alone."""
    return held if text == ", ".join(held) else tuple(text.split(","))
