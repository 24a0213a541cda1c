"""Every command of the app, declared once: its keys, its words, and where it works.

The bindings of the screens, the keys at their foot, the help behind F1, the palette behind Ctrl+P
and the keys that a head may set in settings.toml are made of the two tables here. A new command is
a row of GROUPS and its id in the places where it works; what it does is a method `action_…` of a
screen, or of the app where its action begins with `app.`.
"""

from collections.abc import Iterator
from typing import NamedTuple

from textual.binding import Binding, BindingType


class Command(NamedTuple):
    """What a key does.

    `keys` are Textual's names of keys, with commas between; "" for a command of the palette alone.
    `help` is a sentence for F1, the palette and the docs; commands that share it (up and down)
    share a line there. `words` stand at the foot of a screen. `title` names it in the palette, ""
    for one that isn't there. `action` is what Textual runs, "" for the method named as the id is.
    `shown` is how the foot writes its keys, "" for the name of the first; `pair` the command whose
    key is written there, too. `typing` is a key that does the same where letters go into a box: a
    command of its own, whose id ends in "-typing".
    """

    id: str
    keys: str
    help: str
    words: str = ""
    title: str = ""
    action: str = ""
    shown: str = ""
    pair: str = ""
    typing: str = ""
    priority: bool = False


class As(NamedTuple):
    """A command in a place where it is told or done otherwise: what is "" stays as declared."""

    id: str
    words: str = ""
    help: str = ""
    title: str = ""
    action: str = ""
    shown: str = ""


class CommandPlace(NamedTuple):
    """A screen, or a part of one, with keys of its own.

    `name` tells it to a head. `foot` are the ids of the commands at its foot, in that order, a |
    between its lines, `more` those of others that work there, with spaces between; `told` tells
    some of them otherwise. `parts` are the places of its widgets, bound there. Where one is
    `typing`, letters go into a box. The commands that work everywhere reach all places but a
    `modal` one, which names its own.
    """

    name: str
    foot: str = ""
    more: str = ""
    told: tuple[As, ...] = ()
    parts: tuple[str, ...] = ()
    typing: bool = False
    modal: bool = False


def _to(
    what: str, id_: str, keys: str, help_: str, title: str, *, words: str = "", typing: str = ""
) -> Command:
    """A command that opens what a key of the app's (core/keys.py) names, wherever one is."""
    return Command(id_, keys, help_, words, title, f"app.open('{what}')", typing=typing)


ALONE = "This panel alone, or all of them again"
LIST, STEP = "Move along the list", "The next part, or the one before"
PART = "Straight to a panel, or a tab"
KINDS = "One kind alone: schools, councils, trusts, hubs …"
SCROLL, CURSOR, PAN = "Move the page", "Move the cursor", "Move the map"
ZOOM, REACH, YEAR = "Closer, or further off", "Reach further, or less far", "Another academic year"
SORT, LAYER = "Move the record up or down", "Switch a layer of the map on or off"
TOUR, BOX = "The next school, or the one before", "The next box, or the one before"
WORDS, FOUND = "Find words on this screen", "The next line that holds the words, or the one before"
PAGES = "Back through the pages visited, or forward again"
OUT, MARK = "One level back; never quits", "Bookmark it, or take the bookmark off"
CONTACT, GROUP = "Add a contact who works in it", "Put the school into a network of yours"
TAKE_IN = "On a programme's page: take in its list of hubs, as published"
SUGGEST = "Copy a message to whoever keeps the list"
BETTER, PLAN = "Set what you know better", "Your year's professional learning"
FIND, BODIES = "Find a school, trust, council, hub …", "All hubs, trusts, networks …"
RECORD, CHANGES = "Your bookmarks, notes, contacts …", "What changed since the register before"
LOCAL = "What is local to it; there again: further out"
HELP, PALETTE = "These keys, and what the words claim", "All commands, with their keys"
UNDO, COPY = "Undo the last change to your record", "Copy the text marked with the mouse"
UPDATE = "Fetch DfE's newest register, and only then use the network"

GROUPS = {
    "On this screen": (
        Command("open", "enter", "Open what is under the cursor", "Open"),
        Command("save", "ctrl+s", "Save what is typed", "Save", priority=True),
        Command("fetch", "enter", "Fetch the newest register", "Fetch"),
        Command("back", "escape", OUT, "Back"),
        Command("close", "q", OUT, action="back"),
        Command("up", "up,k", LIST, action="cursor_up"),
        Command("down", "down,j", LIST, action="cursor_down"),
        Command("page-up", "pageup", LIST),
        Command("page-down", "pagedown", LIST),
        Command("first", "home", LIST),
        Command("last", "end", LIST),
        Command("next", "tab,right", STEP, "Next", action="step(1)", pair="previous"),
        Command("previous", "shift+tab,left", STEP, action="step(-1)"),
        Command("next-kind", "tab", KINDS, "Kind", action="kind(1)"),
        Command("previous-kind", "shift+tab", KINDS, action="kind(-1)"),
        *(Command(f"part-{n}", str(n), PART, action=f"part({n - 1})") for n in range(1, 7)),
        Command("scroll-down", "j", SCROLL, action="scroll(1)"),
        Command("scroll-up", "k", SCROLL, action="scroll(-1)"),
        Command("next-box", "tab", BOX, "Next box", action="app.focus_next", priority=True),
        Command("last-box", "shift+tab", BOX, action="app.focus_previous"),
        Command("editor", "f2", "Write it in your own editor", "Your editor"),
        Command("filter", "slash", "Only what holds the words you type", "Filter", "Filter"),
        Command("alone", "z", ALONE, "", "One panel"),
        Command("find-words", "ctrl+f", WORDS, "", "Find words", "app.find_words", priority=True),
        Command("next-found", "enter,down,f3,ctrl+f", FOUND, "Next", shown="Enter", priority=True),
        Command("last-found", "up", FOUND, "Before", priority=True),
        Command("status", "f", "Only what has the next status", "Status", "Filter by status"),
        Command("order", "t", "The lines in another order", "Order", "Order", typing="f2"),
        Command("wider", "plus", REACH, "Wider", "", "reach(1)", "+ -", "narrower"),
        Command("narrower", "minus", REACH, action="reach(-1)"),
        Command("scope", "f", "Other schools: nearest, authority …", "Which", "Which schools"),
        Command("phases", "h", "Schools of your phase, or of all", "Phases", "Which phases"),
        Command("add", "a", "Add one", "Add", "Add"),
        Command("edit", "e", "Change what is under the cursor", "Edit", "Edit"),
        Command("remove", "delete,backspace", "Remove it", "Remove", "Remove"),
        Command("move-up", "left_square_bracket", SORT, action="move(-1)"),
        Command("move-down", "right_square_bracket", SORT, action="move(1)"),
        Command("earlier", "less_than_sign,comma", YEAR, "Year", "", "year(-1)", "< >", "later"),
        Command("later", "greater_than_sign,full_stop", YEAR, action="year(1)"),
        Command("budget", "b", "What may be spent in the year", "Budget", "Budget"),
        Command(
            "whose", "w", "The plan of one school, of a trust, or of all", "School", "Which school"
        ),
        Command("forward", "r", "Copy the year's plan to the next year", "Forward", "Roll forward"),
        Command("import", "i", "Take in the days of a calendar", "Import", "Import days"),
        Command("map-left", "left", CURSOR, action="move(-1, 0)"),
        Command("map-right", "right", CURSOR, action="move(1, 0)"),
        Command("map-up", "up", CURSOR, action="move(0, -1)"),
        Command("map-down", "down", CURSOR, action="move(0, 1)"),
        Command("pan-left", "shift+left,h", PAN, action="pan(-1, 0)"),
        Command("pan-right", "shift+right,l", PAN, action="pan(1, 0)"),
        Command("pan-up", "shift+up,k,pageup", PAN, action="pan(0, -1)"),
        Command("pan-down", "shift+down,j,pagedown", PAN, action="pan(0, 1)"),
        Command("closer", "plus,equals_sign", ZOOM, "Zoom", "", "zoom(1)", "+-", "further"),
        Command("further", "minus,underscore", ZOOM, action="zoom(-1)"),
        Command("next-school", "tab", TOUR, "Next", action="step(1)"),
        Command("last-school", "shift+tab", TOUR, action="step(-1)"),
        Command("home", "home", "Your school in the middle", "Return", "Map: your school"),
        Command("whole", "f,end", "All that the map is about", "Whole", "Map: all of it"),
        Command("signs", "z", "Signs by phase, or by governance", "Signs", "Map: other signs"),
        *(Command(f"layer-{n}", str(n), LAYER, action=f"layer({n - 1})") for n in range(1, 6)),
    ),
    "With what is under the cursor": (
        Command("bookmark", "b", MARK, "Mark", "Bookmark", "keep('bookmark')", typing="f4"),
        Command("note", "n", "Write a note on it", "Note", "Note", "keep('note')", typing="f5"),
        Command("contact", "c", CONTACT, "", "Contact", "keep('contact')", typing="f8"),
        Command("group", "g", GROUP, "", "Group", "keep('group')", typing="f7"),
        Command("set", "s", BETTER, "", "Set", "keep('set')"),
        Command("plan-with", "p", "Plan learning with it", "", "Plan with it", "keep('plan')"),
        Command("suggest", "S", SUGGEST, "", "Suggest a correction"),
        Command("compare", "equals_sign", "Show it beside yours", "Compare", "Compare"),
        Command("copy", "y", "Copy its telephone or address, or its number", "Copy", "Copy"),
        Command("website", "o", "Open its website in the browser", "Web", "Website"),
    ),
    "With what the screen is about": (
        Command("bookmark-here", "B", MARK, action="keep('bookmark', True)"),
        Command("note-here", "N", "Write a note on it", action="keep('note', True)"),
        Command("contact-here", "C", CONTACT, action="keep('contact', True)"),
        Command("local", "l", LOCAL, "Local", "Local"),
        Command("map", "v", "Its schools on a map", "Map", "Map"),
        Command("review", "r", "Your local learning system, once a year", title="Review"),
        Command("about", "i", "Its address, type and register", title="About this school"),
        Command("as-at", "a", "Its landscape on another day", title="As at: another day"),
        Command("export", "x", "Write it to a file", "Export", "Export"),
        Command("my-school", "Y", "The finder opens on it", title="My school: this one"),
    ),
    "Go to": (
        Command("page-back", "alt+left,ctrl+left", PAGES, "", "Back a page", "app.page(-1)"),
        Command("page-ahead", "alt+right,ctrl+right", PAGES, "", "Forward a page", "app.page(1)"),
        Command("find", "slash", FIND, "Find", "Find: a school", "app.find"),
        _to("directory:", "index", "d", BODIES, "Directory", words="Directory", typing="f3"),
        _to("mine:", "mine", "m", RECORD, "My record", words="Mine", typing="f6"),
        _to("changes:", "changes", "w", CHANGES, "What changed", typing="f12"),
        _to("plan:", "plan", "P", PLAN, "Plan", typing="f11"),
        _to("plan:0", "plan-list", "", PLAN, "Plan: list"),
        _to("plan:1", "plan-year", "", "Week by week, with clashes", "Plan: year"),
        _to("plan:2", "plan-money", "", "Cover and fees against the budget", "Plan: money"),
        _to("plan:3", "plan-coverage", "", "Gaps, and who might be asked", "Plan: coverage"),
        _to("plan:4", "plan-days", "", "Holidays, INSET days, terms, budget", "Plan: days"),
        _to("plan:5", "plan-cover", "", "Who is out of class which half day", "Plan: who is out"),
        _to("place:", "place", "", "Figures of an authority …", "Local: a place"),
        _to("sources:", "sources", "", "How far the facts reach", "Sources"),
        _to("settings:", "settings", "", "School, radius, cost of cover", "Settings"),
    ),
    "Everywhere": (
        Command("help", "f1,question_mark", HELP, "Help", "Help: keys and words", "app.help"),
        Command("commands", "ctrl+p", PALETTE, action="app.command_palette", priority=True),
        Command("undo", "u,ctrl+z", UNDO, "Undo", "Undo", "app.undo", typing="f9"),
        Command("redo", "ctrl+y", "Do again what was undone last", "", "Redo", "app.redo"),
        Command("update", "U", UPDATE, "", "Update", "app.open('update:')", typing="f10"),
        Command("copy-marked", "ctrl+c,super+c", COPY, action="app.copy_marked"),
        Command("quit", "q", "Leave Navigator", "Quit", "Quit", "app.quit", typing="ctrl+q"),
    ),
}
"""All commands, by what they are for, in the order in which F1 and the palette tell them."""


def _both(command: Command) -> Iterator[Command]:
    """A command, and the same by its key where letters go into a box, if it has one."""
    yield command
    if command.typing:
        id_, action = f"{command.id}-typing", command.action or command.id
        yield command._replace(id=id_, keys=command.typing, action=action, typing="")


COMMANDS = {c.id: c for group in GROUPS.values() for declared in group for c in _both(declared)}
GROUP_OF = {c.id: name for name, group in GROUPS.items() for d in group for c in _both(d)}

KEEP = "contact group set plan-with bookmark-here note-here contact-here"
"""What can be kept on a body, besides what stands at the foot: a bookmark and a note."""
KEEP_TYPING = "group-typing contact-typing undo-typing"
PARTS = "previous part-1 part-2 part-3"
PANEL = "help commands quit-typing copy-marked"
"""What a panel over the screen has of what works everywhere."""
MAP = "map-left map-right map-up map-down pan-left pan-right pan-up pan-down further last-school"
LAYERS = "layer-1 layer-2 layer-3 layer-4 layer-5"

FOLLOW, SUBMIT = As("open", "Follow"), As("open", action="submit")
EXPORT = As("export", help="Write the landscape to a file", title="Export this landscape")

PLACES = {
    "everywhere": CommandPlace(
        "every screen",
        "help quit find mine index plan changes update undo",
        "commands quit-typing plan-typing changes-typing update-typing redo copy-marked "
        "plan-list plan-year plan-money plan-coverage plan-days plan-cover place sources settings "
        "page-back page-ahead",
    ),
    "list": CommandPlace("a list", more="down up page-down page-up first last"),
    "line": CommandPlace("a box", "open", told=(SUBMIT,), typing=True),
    "box": CommandPlace(
        "a box over a list",
        "open",
        "down up page-down page-up",
        (
            SUBMIT,
            As("down", action="move('cursor_down')"),
            As("up", action="move('cursor_up')"),
            As("page-down", action="move('page_down')"),
            As("page-up", action="move('page_up')"),
        ),
        typing=True,
    ),
    "landscape": CommandPlace(
        "a school's landscape",
        "open website copy note contact set plan-with bookmark | "
        "help find part-1 mine plan quit back local map export",
        f"next {PARTS} {KEEP} about as-at compare review my-school suggest find-words alone",
        (
            As("part-1", "Jump", shown="123"),
            As("open", "All of it", "All that is known of it; of a folded line, what it folds"),
            As("contact", "Contact"),
            As("set", "Set"),
            As("plan-with", "Plan"),
            As("plan", "Plan"),
            EXPORT,
        ),
        ("list",),
    ),
    "body": CommandPlace(
        "a body's page",
        "help quit find open bookmark note mine back copy website local map",
        f"{KEEP} compare export import find-words",
        (
            FOLLOW,
            As("export", help="Write your landscape, or its schools', to a file", title="Export"),
            As("import", "", TAKE_IN, "Take in a published list"),
        ),
        ("list",),
    ),
    "overlap": CommandPlace(
        "what a school shares",
        "help quit find open wider scope local order phases back export compare "
        "bookmark note mine map copy",
        f"{KEEP} narrower find-words",
        (FOLLOW, As("local", "Profile", "The place of these schools, in figures")),
        ("list",),
    ),
    "place": CommandPlace(
        "a place's page",
        "help quit find open local compare order back export bookmark note mine map copy",
        f"{KEEP} find-words",
        (As("local", "Alike", "The areas alike to it"),),
        ("list",),
    ),
    "activity": CommandPlace(
        "an activity",
        "help quit open edit add back export remove undo copy website",
        "find-words",
        (
            As("open", "Change", "Change the part under the cursor, or tick it"),
            As("add", "Sessions", "Add sessions"),
            As("export", "Calendar", "Write its dates for a calendar", "Export its dates"),
        ),
        ("list",),
    ),
    "plan": CommandPlace(
        "the plan",
        "help quit open add earlier filter budget export next status order import back remove undo "
        "forward whose",
        f"{PARTS} part-4 part-5 part-6 edit plan-with later copy find-words",
        (As("export", help="Write the plan to a file", title="Export the plan"),),
        ("list",),
    ),
    "mine": CommandPlace(
        "your record",
        "next help quit open filter edit remove undo note back",
        f"{PARTS} part-4 part-5 move-up move-down bookmark contact copy find-words",
        (),
        ("list",),
    ),
    "review": CommandPlace(
        "the review",
        "help quit edit open export next bookmark note mine back",
        f"{PARTS} part-4 part-5 part-6 {KEEP} copy find-words",
        (
            As("edit", "Write", "Write on the feature that the cursor is in", "Write"),
            As("export", help="Write the review to a file", title="Export this review"),
            As("next", shown="←→"),
        ),
        ("list",),
    ),
    "changes": CommandPlace(
        "what changed",
        "help quit find open bookmark note mine back copy",
        f"{KEEP} find-words",
        (FOLLOW,),
        ("list",),
    ),
    "map": CommandPlace(
        "the map",
        "next-school help quit find open closer signs home whole back bookmark note mine copy",
        f"{MAP} {LAYERS} {KEEP} export",
        (EXPORT,),
    ),
    "finder": CommandPlace(
        "the finder",
        "open next-kind help quit-typing back bookmark-typing note-typing mine-typing index-typing",
        f"{KEEP_TYPING} previous-kind",
        (),
        ("box",),
        typing=True,
    ),
    "directory": CommandPlace(
        "the directory",
        "open help quit-typing back bookmark-typing note-typing mine-typing order-typing",
        f"{KEEP_TYPING} find-words",
        (As("order-typing", "By number", "By name, or by number"),),
        ("box",),
        typing=True,
    ),
    "detail": CommandPlace(
        "a card",
        "back open bookmark note mine copy website",
        f"{PANEL} {KEEP} close undo redo plan changes scroll-down scroll-up",
        modal=True,
    ),
    "help": CommandPlace("the help", "back", f"{PANEL} close", modal=True),
    "waiting": CommandPlace(
        "a page that is worked out",
        "back",
        PANEL,
        (As("back", "Leave", "Leave it: the page then doesn't open"),),
        modal=True,
    ),
    "form": CommandPlace(
        "a form",
        "next-box save back editor",
        f"{PANEL} last-box",
        (
            As("back", "Leave", "Leave; where something was typed, only when asked twice"),
            As("commands", help="Once this is saved or left: all commands"),
            As("quit-typing", action="quit"),
        ),
        typing=True,
        modal=True,
    ),
    "find-words": CommandPlace(
        "the words to find",
        "next-found last-found back help",
        PANEL,
        (As("back", "Leave", "Leave the cursor on the line found"),),
        typing=True,
        modal=True,
    ),
    "pick": CommandPlace(
        "a choice",
        "open back",
        PANEL,
        (As("open", "Choose", "Choose what is under the cursor"), As("back", "Leave")),
        ("box",),
        typing=True,
        modal=True,
    ),
    "as-at": CommandPlace(
        "a day",
        "open back",
        PANEL,
        (As("open", "Show", "Show the landscape on that day"), As("back", "Leave")),
        ("line",),
        typing=True,
        modal=True,
    ),
    "update": CommandPlace(
        "an update",
        "fetch back website",
        PANEL,
        (
            As("back", "Leave", "Stop it; once it has stopped, leave"),
            As("website", "DfE's page", "DfE's page, to take the files from by hand"),
        ),
        modal=True,
    ),
}
"""Where the commands work. The order of a foot is that in which a narrow screen cuts it."""


def commands_of(name: str) -> list[Command]:
    """The commands that a place declares, as they are told and done there, its foot first."""
    place = PLACES[name]
    told = {use.id: {k: v for k, v in use._asdict().items() if v} for use in place.told}
    ids = dict.fromkeys(f"{place.foot} {place.more}".replace("|", " ").split())
    return [COMMANDS[id_]._replace(**told.get(id_, {})) for id_ in ids]


def bindings(name: str) -> list[BindingType]:
    """The bindings of a place, for a class's BINDINGS; its widgets and the app bind their own."""
    place = PLACES[name]
    elsewhere = {c.id for part in place.parts for c in commands_of(part)}
    if name != "everywhere" and not place.modal:
        elsewhere |= {c.id for c in commands_of("everywhere")}
    return [
        Binding(
            command.keys,
            command.action or command.id.replace("-", "_"),
            command.words,
            show=False,
            key_display=command.shown or None,
            priority=command.priority,
            tooltip=command.help,
            id=command.id,
        )
        for command in commands_of(name)
        if command.keys and command.id not in elsewhere
    ]
