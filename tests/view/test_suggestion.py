"""A suggested correction: what we say, where from, what is right; nothing else of the head's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from navigator.core import clock
from navigator.core.errors import RefusedError
from navigator.core.keys import NO_BODY, Key
from navigator.core.landscape import Landscape
from navigator.core.record import BodyRef, Contact, Correction, Note
from navigator.service import Service
from navigator.view import landscape_sections, suggestion
from navigator.view.parts import card
from navigator.view.sections import Card

DAY = date(2026, 11, 27)
MINE = Key.school(139217)
SECRET = "Ask Jo Bloggs on 0115 496 0000"


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    # What the head sets holds from the day it was set, so that day must be the landscape's.
    monkeypatch.setattr(clock, "today", lambda: DAY)
    monkeypatch.setenv("NAVIGATOR_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("NAVIGATOR_DATA_DIR", str(tmp_path / "data"))
    made = Service()
    yield made
    made.close()


def line(landscape: Landscape, text: str) -> Card:
    """The card of the line that begins with a text."""
    return next(
        entry.card
        for column in landscape_sections.panels(landscape)
        for section in column.sections
        for entry in section.entries
        if entry.card and entry.text.startswith(text)
    )


def test_what_we_say_of_a_hub_with_its_source_and_row(service: Service) -> None:
    landscape = service.landscape(139217, DAY)
    told = suggestion.message(line(landscape, "East Midlands West"), landscape, "2026-11-27")
    assert told.startswith("A correction\n\nAbout: Maths Hub"), "nobody's address is known"
    assert "About: Maths Hub, for Sneinton St Stephen's CofE Primary School (URN 139217, " in told
    assert "Navigator says: East Midlands West. Your area's hub. East Midlands West covers" in told
    assert "Led by: George Spencer Academy (URN " in told
    assert "Row: east-midlands-west in programmes/maths-hub.csv" in told
    assert "Source: https://www.ncetm.org.uk/maths-hubs/find-your-hub/current-maths-hubs/\n" in told
    assert "Who can say for certain: NCETM, Find your Maths Hub https://" in told
    assert "Right is: (please write here what is right)" in told
    assert "Facts: version 2026-11-27" in told


def test_what_the_head_set_is_told_and_no_word_of_theirs_else(service: Service) -> None:
    set_ = Correction(
        "", "hub", MINE, "", "maths-hub", ("East Midlands South",), ("",), DAY, SECRET
    )
    service.records.add(set_)
    hub = Key.hub("maths-hub", "east-midlands-west")
    service.records.add(Note("", hub, text=SECRET, day=DAY))
    there = (BodyRef(hub, "East Midlands West"),)
    jo = Contact("", name="Jo Bloggs", role="head", bodies=there, reach="0115 496 0000")
    service.records.add(jo)
    landscape = service.landscape(139217, DAY)
    told = suggestion.message(line(landscape, "East Midlands South"), landscape, "x")
    assert "Navigator says: East Midlands West. Your area's hub" in told
    assert "Right is: East Midlands South" in told
    assert "Bloggs" not in told
    assert "0115" not in told


def test_what_is_of_the_register_goes_to_whoever_keeps_that(service: Service) -> None:
    landscape = service.landscape(139217, DAY)
    told = suggestion.message(line(landscape, "Transform Trust"), landscape, "x")
    assert "To: The trust itself, which corrects it in Get Information about Schools" in told
    assert "Facts:" not in told
    assert "Row:" not in told
    told = suggestion.message(card(Key.of("la", 892), ""), landscape, "x")
    assert "To: DfE, which keeps Get Information about Schools, or the council itself" in told
    assert "Navigator says: Nottingham. The register places this school in it.\n" in told


def test_a_neighbour_is_what_its_message_is_about(service: Service) -> None:
    landscape = service.landscape(139217, DAY)
    near = landscape.nearby[0].school
    told = suggestion.message(line(landscape, near.name), landscape, "x")
    assert "To: The school itself, which corrects it" in told
    own = "on the page of Sneinton St Stephen's CofE Primary School (URN 139217, "
    assert f"About: {near.name} (School, URN {near.urn}), {own}" in told
    assert "school:" not in told


def test_a_network_that_has_closed_and_one_that_the_head_named(service: Service) -> None:
    network = service.landscape(139217, DAY).networks[0]
    service.records.add(Correction("", "closed", network.key, network.name, day=DAY))
    named = Correction("", "network", MINE, names=("Sneinton heads",), hubs=("",), day=DAY)
    service.records.add(named)
    landscape = service.landscape(139217, DAY)
    told = suggestion.message(line(landscape, network.name), landscape, "x")
    assert "Right is: it has closed" in told
    assert f"Source: {network.source.split()[0]}\n" in told
    assert f"Row: {network.id} in networks.csv\n" in told
    told = suggestion.message(line(landscape, "Sneinton heads"), landscape, "x")
    assert "Right is: Sneinton heads" in told
    assert network.name in told


def test_every_line_gives_a_message_or_a_sentence(service: Service) -> None:
    landscape = service.landscape(139217, DAY)
    made = 0
    for column in landscape_sections.panels(landscape):
        for section in column.sections:
            for entry in section.entries:
                try:
                    told = suggestion.message(entry.card or card(NO_BODY, ""), landscape, "x")
                    assert "Navigator says: " in told
                    assert "Source: " in told or "Heads" in told, told
                    made += 1
                except RefusedError:  # what folds others, and what says that there is none
                    assert not (entry.card and entry.card.key), entry.text
    assert made > 30


def test_it_lies_in_a_file_too(service: Service, tmp_path: Path) -> None:
    landscape = service.landscape(139217, DAY)
    for text in ("East Midlands West", "Flying High English Hub"):
        told, file = service.suggestion(line(landscape, text), landscape)
        assert Path(file) == tmp_path / "config" / "suggestion.txt"
        assert Path(file).read_text("utf-8") == told
        assert text in told


def test_its_folder_is_for_the_user_alone(service: Service, tmp_path: Path) -> None:
    landscape = service.landscape(139217, DAY)
    _, file = service.suggestion(line(landscape, "East Midlands West"), landscape)
    if os.name != "nt":
        modes = [f.stat().st_mode & 0o777 for f in (Path(file).parent, Path(file))]
        assert modes == [0o700, 0o600]
