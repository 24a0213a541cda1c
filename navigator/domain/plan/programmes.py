"""The common programmes, and what an activity of one begins with.

A template holds only what is public and doesn't date: no cost, no date, no number of days. Those
change from year to year and from hub to hub, and are the head's to fill in.
"""

from __future__ import annotations

from typing import NamedTuple

from navigator.core.activity import Activity, Kind
from navigator.core.errors import RefusedError

TRIAL = (
    "Under trial: a trial may place the school in its control group, which doesn't get the "
    "programme for a year or longer. Ask before you count on it."
)
"""What is said of an activity whose programme is under trial."""


class Template(NamedTuple):
    """A programme as a planner has it. `about` is a sentence; `trialled` one on trials, or "".

    `hub` is the programme of hubs (as in `data/programmes.toml`) through which schools join, "" for
    none.
    """

    id: str
    name: str
    kind: Kind
    about: str
    hub: str = ""
    audience: tuple[str, ...] = ()
    year_groups: tuple[str, ...] = ()
    prerequisites: str = ""
    trialled: str = ""
    look: str = ""


_TRIALLED = (
    "The EEF has run trials of it in some hubs: ask whether your place would be part of one."
)
_TFM = "Teaching for Mastery"

TEMPLATES = {
    template.id: template
    for template in (
        Template(
            "work-group",
            "Maths Hub Work Group",
            Kind.NETWORK,
            "Teachers of several schools who meet over time, led through a Maths Hub.",
            hub="maths-hub",
            look="https://www.ncetm.org.uk/maths-hubs/find-your-hub/",
        ),
        Template(
            "tfm-development",
            f"{_TFM}: development",
            Kind.NETWORK,
            "The stage of the primary pathway that follows readiness.",
            hub="maths-hub",
        ),
        Template(
            "tfm-embedding",
            f"{_TFM}: embedding",
            Kind.NETWORK,
            "The stage of the primary pathway that follows development.",
            hub="maths-hub",
        ),
        Template(
            "tfm-sustaining",
            f"{_TFM}: sustaining",
            Kind.NETWORK,
            "The last stage of the primary pathway, which follows embedding.",
            hub="maths-hub",
        ),
        Template(
            "mastering-number",
            "Mastering Number",
            Kind.NETWORK,
            "Number sense in Reception and Key Stage 1, in short, frequent sessions.",
            hub="maths-hub",
            audience=("Reception teacher", "Year 1 teacher", "Year 2 teacher", "Maths lead"),
            year_groups=("Reception", "Year 1", "Year 2"),
            trialled=_TRIALLED,
            look="https://www.ncetm.org.uk/maths-hubs-projects/mastering-number/",
        ),
        Template(
            "mastery-specialist",
            "Mastery Specialist",
            Kind.COURSE,
            "A teacher trained to lead teaching for mastery in their school and then in others.",
            hub="maths-hub",
            audience=("Teacher",),
        ),
        Template(
            "sktm",
            "Specialist Knowledge for Teaching Mathematics (SKTM)",
            Kind.COURSE,
            "Knowledge of mathematics for teaching it.",
            hub="maths-hub",
            trialled=_TRIALLED,
        ),
        Template(
            "npq-lpm",
            "NPQ Leading Primary Mathematics",
            Kind.COURSE,
            "A national professional qualification for who leads mathematics in a primary school.",
            hub="teaching-school-hub",
            audience=("Maths lead",),
            prerequisites="Ask the provider: experience of teaching for mastery may be wanted",
        ),
        Template(
            "lesson-study",
            "Lesson study",
            Kind.WITHIN_SCHOOL,
            "Teachers plan a lesson together, watch it taught, and talk about what pupils learnt.",
        ),
        Template("own", "Our own", Kind.WITHIN_SCHOOL, "Professional learning of your own."),
    )
}
"""By id, in the order of a list to choose from."""


def name_of(programme: str) -> str:
    """A programme's name; one that isn't ours stands as the head wrote it."""
    template = TEMPLATES.get(programme)
    return template.name if template else programme


def id_of(text: str) -> str:
    """The id of a programme by its id or name; one that isn't ours stands as it was written."""
    try:
        return find(text).id
    except RefusedError:
        return text


def find(text: str) -> Template:
    """The template of an id or a name, or of a part that no other has. Raises RefusedError."""
    wanted = " ".join(text.casefold().split())
    if wanted in TEMPLATES:
        return TEMPLATES[wanted]
    found = [t for t in TEMPLATES.values() if wanted and wanted in t.name.casefold()]
    if len(found) == 1:
        return found[0]
    raise RefusedError(
        f"{'Several templates fit' if found else 'There is no template'} “{text.strip()[:60]}”. "
        f"Give one of: {', '.join(t for t in TEMPLATES)}."
    )


def start(template: str) -> Activity:
    """An activity begun from a template, with no id yet. Raises RefusedError."""
    held = find(template)
    return Activity(
        id="",
        title=held.name,
        kind=held.kind,
        programme=held.id,
        audience=held.audience,
        year_groups=held.year_groups,
        prerequisites=held.prerequisites,
        source=held.look,
    )


def warnings(activity: Activity) -> tuple[str, ...]:
    """What is to be said beside an activity: that its programme is, or may be, under trial."""
    if activity.trial:
        return (TRIAL,)
    template = TEMPLATES.get(activity.programme)
    return (template.trialled,) if template and template.trialled else ()
