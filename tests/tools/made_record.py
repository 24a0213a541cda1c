"""A made-up record for pictures: no real person, all days pinned."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "bookmarks.toml": """
[[bookmark]]
id = "b-one"
about = "hub:maths-hub/east-midlands-west"
name = "East Midlands West"
added = 2026-09-14
tags = ["ask"]

[[bookmark]]
id = "b-two"
about = "la:892"
name = "Nottingham"
added = 2026-09-14
marker = "!"

[[bookmark]]
id = "b-three"
about = "school:122776"
name = "Sneinton CofE Primary"
added = 2026-09-14
""",
    "notes.toml": """
[[note]]
id = "n-one"
about = "trust:5456"
name = "Transform Trust"
day = 2026-09-21
tags = ["shares"]
text = "Their maths network is open to schools outside the trust."

[[note]]
id = "n-two"
about = "school:139217"
name = "Sneinton St Stephen's CofE Primary School"
day = 2026-10-05
tags = ["open", "boundary keeper"]
again = 2026-11-16
text = \"\"\"
Two places in a Work Group from January.
Ask about cover.\"\"\"
""",
    "contacts.toml": """
[[contact]]
id = "c-one"
role = "Maths lead of the cluster"
bodies = ["hub:maths-hub/east-midlands-west East Midlands West", "la:892 Nottingham"]
added = 2026-09-14

[[contact]]
id = "c-two"
role = "Adviser"
bodies = ["la:892 Nottingham"]
added = 2026-09-14
""",
    "networks.toml": """
[[network]]
id = "n-ours"
name = "Our cluster"
schools = [122446, 137526, 139217]
added = 2026-09-14
""",
    "corrections.toml": """
[[correction]]
id = "c-hub"
says = "hub"
about = "school:139217"
name = "Sneinton St Stephen's CofE Primary School"
programme = "maths-hub"
names = ["Yorkshire Ridings"]
hubs = ["yorkshire-ridings"]
note = "We joined their Work Groups in September."
day = 2026-10-05

[[correction]]
id = "c-network"
says = "network"
about = "school:139217"
name = "Sneinton St Stephen's CofE Primary School"
names = ["East Nottingham heads"]
day = 2026-10-05
""",
}


def write(folder: Path) -> None:
    """Put the record into a config folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        (folder / name).write_text(text.lstrip(), "utf-8")


REVIEWS = """
[[review]]
id = "r-last"
about = "school:139217"
name = "Sneinton St Stephen's CofE Primary School"
day = 2025-10-13
local-lens = \"\"\"
Two locals, not one: the heads of East Nottingham for families, the trust for teaching.
The city matters for admissions only.\"\"\"
bridging = \"\"\"
All runs through one maths lead.
If she leaves, so does our way in.\"\"\"
"""

THIS_YEAR = """
[[review]]
id = "r-this"
about = "school:139217"
name = "Sneinton St Stephen's CofE Primary School"
day = 2026-11-09
local-lens = "East Nottingham's heads first, then the trust. Standhill looks to the county."
"""


def write_reviews(folder: Path, *, this_year: bool = False) -> None:
    """Put last year's review into a config folder, and on request this year's."""
    text = REVIEWS + (THIS_YEAR if this_year else "")
    (folder / "reviews.toml").write_text(text.lstrip(), "utf-8")
