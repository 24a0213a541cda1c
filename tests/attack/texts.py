"""Texts that anyone may have written, over every screen and every export."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import random
import re
import unicodedata
from pathlib import Path

from navigator.core.activity import Activity
from navigator.core.cleaning import unseen_in
from navigator.core.keys import Key
from navigator.core.record import BodyRef, Bookmark, Contact, Note, OwnNetwork
from navigator.records import RecordStore
from navigator.register import update_from
from tests.attack.backups import folders
from tests.attack.counts import Counts, share_of, within
from tests.register import made

WHOLE = 300
SCHOOL = 100_003
PAYLOADS = (
    "\x1b]52;c;ZXZpbA==\x07",
    "\x1b[2J\x1b[H",
    "\x9b31m",
    "\x90q\x9c",
    "\r\x1b[K",
    "\x07\x08\x08\x08",
    "[@click=app.exit]x[/]",
    "[bold red]x[/bold red]",
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    "</style><script>x</script>",
    '=HYPERLINK("http://x","y")',
    "@SUM(A1)",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "＝1+1",
    "＠x",
    "\u202eevil\u202c",
    "\u2066x\u2069",
    "a\u200bb\u200cc\u200dd\ufeffe",
    "co\xadop",
    "\U000e0041\U000e0042",
    "x\ufe0f\u034f\u3164\u115f",
    "\u2028\u2029",
    "BEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT",
    "](javascript:alert(1))",
    "```\n# x\n",
    "{{ 7*7 }}{% raw %}",
    "%s%n{0}{x}",
    "../../etc/passwd",
    "\\u001b]0;x\\u0007",
    "'; DROP TABLE school; --",
)
WORDS = ("School", "Ünïcode", "学校", "👩\u200d🏫", "x" * 300, "", " ", "'", '"', ";", "|", "\t")
FORMS = ("--html", "--markdown", "--csv", "--json")


def attack(share: float, folder: Path) -> Counts:
    counts = Counts("texts")
    chance = random.Random(8)
    texts = [
        "".join(chance.choice((chance.choice(PAYLOADS), chance.choice(WORDS))) for _ in range(3))
        + chance.choice(PAYLOADS)
        for _ in range(share_of(WHOLE, share))
    ]
    counts.inputs = len(texts)
    with folders(folder):
        _keep(texts, folder)
        _commands(texts, counts)
        asyncio.run(_screens(share, counts))
    return counts


def _keep(texts: list[str], folder: Path) -> None:
    """A register and a record that hold the texts wherever they can."""
    rows = made.schools(max(len(texts), 30))
    for number, row in enumerate(rows):
        text = texts[number % len(texts)].replace("\0", "")
        row |= {"EstablishmentName": text, "Town": text, "Trusts (name)": text}
        row |= {"Trusts (code)": "17", "TrustSchoolFlag (code)": "5", "SchoolWebsite": text}
    given = folder / "given"
    given.mkdir()
    (given / "edubasealldata20260101.csv").write_bytes(made.text(rows).encode("utf-8"))
    update_from(given, folder / "data")
    mine = RecordStore(folder / "config")
    about = (Key.school(SCHOOL), Key("la:330"), Key("trust:17"))
    for number, text in enumerate(texts[:60]):
        where = about[number % len(about)]
        mine.add(Note(about=where, name=text, text=f"x{text}", tags=(f"t{text}",)))
        mine.add(Contact(role=f"r{text}", name=text, bodies=(BodyRef(where, text),), note=text))
        mine.add(Activity("", title=f"a{text}", notes=text))
        mine.add(OwnNetwork(name=f"n{text}", urns=(SCHOOL, SCHOOL + number)))
        mine.add(Bookmark(about=Key.school(SCHOOL + number), name=text, tags=(text,)))


def _commands(texts: list[str], counts: Counts) -> None:
    urn = str(SCHOOL)
    run: list[list[str]] = [
        *(["show", urn], ["show", urn, "--json"], ["show", urn, "--markdown"], ["status"]),
        *(["notes"], ["notes", "--json"], ["bookmarks"], ["bookmarks", "--json"], ["plan", "list"]),
        *(["review", urn, "--with", "notes", "--with", "contacts"], ["review", urn, "--json"]),
        *(["locality", "birmingham"], ["locality", "birmingham", "--csv", "-"]),
        *(["overlap", urn], ["overlap", urn, "--json"], ["find", "made"], ["find", "x", "--json"]),
        *([*("export", urn), f, "-", "--with", "notes", "--with", "contacts"] for f in FORMS),
        *(["plan", "export", f, "-"] for f in (*FORMS, "--ics")),
        *(["export", "england", f, "-"] for f in ("--csv", "--json-lines")),
    ]
    for text in texts:
        word = text.replace("\0", "")
        run += [
            command
            for command in (["show", word], ["find", word], ["export", word, "--html", "-"],
                            ["locality", word], ["note", urn, word], [word], ["restore", word])
            if random.Random(word + command[0]).random() < 0.3
        ]  # fmt: skip
    for command in run:
        ran = within(command)
        name = " ".join(command)[:60]
        counts.look(ascii(name), ran)
        _judge(ascii(name), ran.out.decode("utf-8", "replace"), command, counts)
        if found := unseen_in(ran.err.decode("utf-8", "replace")):
            counts.let_in.append(f"{name!a}: {found} on standard error")


def _judge(name: str, out: str, command: list[str], counts: Counts) -> None:
    kind = next((word.strip("-") for word in command if word.startswith("--")), "text")
    lines = out.removeprefix("\ufeff")
    if found := unseen_in(lines.replace("\r\n", "\n")):
        counts.let_in.append(f"{name}: {found} in {kind}")
    if kind == "html" and re.search(r"<script>alert|<img src=x|<script>x", lines):
        counts.let_in.append(f"{name}: markup")
    if kind == "markdown" and re.search(r"(?<!\\)\[@click|(?<!\\)\]\(javascript", lines):
        counts.let_in.append(f"{name}: markup")
    if kind == "csv":
        for row in csv.reader(io.StringIO(lines)):
            for cell in row:
                if unicodedata.normalize("NFKC", cell[:1]) in ("=", "+", "@"):
                    counts.let_in.append(f"{name}: a formula, {cell[:30]!a}")
    if kind in ("json", "json-lines"):
        for line in filter(str.strip, lines.splitlines() if command[0] != "restore" else ()):
            if line.startswith("{"):
                json.loads(line)
    if kind == "ics" and lines.count("BEGIN:VEVENT") != lines.count("\nBEGIN:VEVENT"):
        counts.let_in.append(f"{name}: an entry of its own")


async def _screens(share: float, counts: Counts) -> None:
    """Every screen, by the keys that lead there, and every line of it."""
    from navigator.core import clock
    from navigator.records.settings import Settings
    from navigator.service import Service
    from navigator.ui.app import NavigatorApp
    from tests.ui.test_commands import MORE, WAYS

    service = Service()
    landscape = service.landscape(SCHOOL, clock.today())
    some = random.Random(8).sample(sorted(WAYS), share_of(len(WAYS), min(share * 3, 1)))
    for place, way in ((place, WAYS[place]) for place in some):
        for keys in (way, *MORE.get(place, [])):
            app = NavigatorApp(service, Settings(ask_school=False), landscape=landscape)
            try:
                async with app.run_test(size=(160, 50)) as pilot:
                    await pilot.press(*keys)
                    await app.workers.wait_for_complete()
                    for _ in range(6):
                        await pilot.press("down")
                        drawn = "".join(
                            segment.text
                            for strip in app.screen._compositor.render_strips()
                            for segment in strip
                        )
                        if found := unseen_in(drawn):
                            counts.let_in.append(f"screen {place}: {found}")
            except Exception as error:
                counts.tracebacks.append(f"screen {place}: {type(error).__name__}: {error}"[:200])
    service.close()
