"""Several pictures of the app as one that changes by itself, for the docs: one SVG, no script."""

from __future__ import annotations

import re

SECONDS = 4.0
"""How long each picture stands."""


def moving_picture(pictures: list[str]) -> str:
    """One SVG that shows SVGs of one size in turn, and the first alone where motion isn't wanted.

    Each keeps its own style sheet: Textual gives the classes of a picture a prefix of its own.
    """
    head = re.match(r"<svg[^>]*>", pictures[0])
    assert head, "a picture of the app begins with its svg element"
    share, whole = 100 / len(pictures), SECONDS * len(pictures)
    rules = [
        f".frame {{ visibility: hidden; animation: turn {whole:g}s step-end infinite; }}",
        "@keyframes turn {",
        f"0% {{ visibility: visible; }} {share:.4f}% {{ visibility: hidden; }}",
        "}",
        *(f".frame-{n} {{ animation-delay: {n * SECONDS:g}s; }}" for n in range(len(pictures))),
        "@media (prefers-reduced-motion: reduce) {",
        ".frame { animation: none; } .frame-0 { visibility: visible; }",
        "}",
    ]
    inner = [re.sub(r"^<svg[^>]*>|</svg>\s*$", "", picture.strip()) for picture in pictures]
    frames = [f'<g class="frame frame-{n}">{frame}</g>' for n, frame in enumerate(inner)]
    return "\n".join([head[0], "<style>", *rules, "</style>", *frames, "</svg>\n"])
