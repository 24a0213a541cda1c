"""What the head knows better than what is published: a question, and a correction kept."""

from __future__ import annotations

import asyncio

from navigator.core import clock, wording
from navigator.core.keys import Key
from navigator.core.landscape import Landscape
from navigator.core.record import Correction
from navigator.ui.base_app import BaseApp
from navigator.ui.forms.pick import Choice, PickScreen, Typed
from navigator.view.sections import Card

NO_SCHOOL = "Open a school's landscape first: what you set is about one school."
FREE = {"hub": "another name", "network": "the network's name"}
"""What may be typed, by what is set."""
TAKE_BACK, CLOSED, NETWORK = "take-back", "closed", "network"


class CorrectionForms:
    """Asks what holds in place of a line, and keeps it."""

    def __init__(self, app: BaseApp) -> None:
        self._app = app

    def set(self, card: Card, home: Landscape | None) -> None:
        """Set what the head knows better than the line under the cursor."""
        if home is None:
            self._app.say(NO_SCHOOL, wrong=True)
        elif home.as_at < clock.today():
            self._app.say(
                f"You look at {wording.day(home.as_at)}, and what you set holds from today on. "
                f"Go back to today first: press {self._app.key_of('as-at')}, empty the box, "
                "Enter.",
                wrong=True,
            )
        elif card.key.kind in ("hub", "programme"):
            question = self._set_hub(card.key.programme_and_hub[0], home)
            self._app.run_worker(question, group="ask", exclusive=True, exit_on_error=False)
        elif card.key.kind in ("network", "partnership"):
            self._set_closed(card, home)
        else:
            self._set_network(home)

    def _take_back(self, held: Correction, label: str) -> None:
        self._app.change(lambda w: w.remove("correction", held.id), f"{label}: as published")

    def _held(self, says: str, home: Landscape, programme: str = "") -> Correction | None:
        """What the head has set for this school already."""
        for held in self._app.record.corrections:
            if held.says == says and held.about in home.keys and held.programme == programme:
                return held
        return None

    async def _set_hub(self, programme: str, home: Landscape) -> None:
        claim = next((c for c in home.hubs if c.programme.id == programme), None)
        if claim is None:
            return
        asked_on = self._app.screen
        held = self._held("hub", home, programme)
        hubs = await asyncio.to_thread(self._app.service.hubs, programme, home.as_at)
        if self._app.screen is not asked_on:  # the head has moved on
            return
        # What is shown now comes first: Enter alone sets nothing far off.
        shown = [at.hub.id for at in claim.hubs]
        places = {hub: place for place, hub in enumerate(shown)}
        choices = [
            Choice(hub.id, hub.name, " · ".join(t for t in (hub.lead_name, hub.region) if t))
            for hub in sorted(hubs, key=lambda hub: places.get(hub.id, len(shown)))
        ]
        label, school = claim.programme.name, home.school
        begun = Correction("", "hub", Key.school(school.urn), school.name, programme)
        title = f"Which {label} does {school.name} have?"
        self._ask(title, choices, begun, held, label)

    def _set_network(self, home: Landscape) -> None:
        school = home.school
        choices = [Choice(n.name, n.name, n.kind) for n in home.networks]
        begun = Correction("", "network", Key.school(school.urn), school.name)
        title = f"What is the heads' network of {school.name}?"
        held = self._held("network", home)
        self._ask(title, choices, begun, held, "Heads' network")

    def _ask(
        self,
        title: str,
        choices: list[Choice],
        begun: Correction,
        held: Correction | None,
        label: str,
    ) -> None:
        """Ask for a name, in the place of what is `held`, and keep it in what is `begun`."""
        names = {choice.value: choice.text for choice in choices}
        if held is not None:
            back = Choice(TAKE_BACK, "Take back what you set", ", ".join(held.names))
            choices = [back, *choices]

        def picked(choice: str | Typed | None) -> None:
            if choice == TAKE_BACK and held is not None:
                self._take_back(held, label)
            elif choice is not None:
                name = names[choice] if isinstance(choice, str) else choice.text
                given = begun._replace(names=(name,))
                if begun.says == "hub":
                    given = given._replace(hubs=(choice if isinstance(choice, str) else "",))
                self._app.change(lambda w: w.add(given), f"{label} set to {name}")

        self._app.push_screen(PickScreen(title, choices, FREE[begun.says]), picked)

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
                self._take_back(held, card.title)
            elif choice == CLOSED:
                given = Correction("", "closed", card.key, card.title)
                self._app.change(lambda w: w.add(given), f"{card.title} set as closed")

        self._app.push_screen(PickScreen(f"What do you know of {card.title}?", choices), picked)
