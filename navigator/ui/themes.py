"""Three themes of our own: dark, light, and high contrast.

Textual's built-in themes stay available. Ours keep quiet text at 4.5:1 and the border of a panel
without focus at 3:1 against the background (tests/ui/test_themes.py); most built-in ones don't.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="navigator-dark",
    primary="#5ec4b6",
    secondary="#8fb8de",
    accent="#5ec4b6",
    foreground="#e6eaee",
    background="#11161b",
    surface="#161c22",
    panel="#1c242c",
    warning="#e8b45a",
    error="#ef8a80",
    success="#7fc98f",
    dark=True,
    variables={
        "text-muted": "#9dabb8",
        "text-disabled": "#9dabb8",
        "border": "#5ec4b6",
        "border-blurred": "#6c7a87",
        "footer-background": "#1c242c",
        "footer-key-foreground": "#5ec4b6",
        "footer-description-foreground": "#c4ced6",
        "input-cursor-background": "#e6eaee",
        "input-cursor-foreground": "#11161b",
    },
)

LIGHT = Theme(
    name="navigator-light",
    primary="#00695f",
    secondary="#29527a",
    accent="#00695f",
    foreground="#1b2126",
    background="#fbfaf6",
    surface="#fbfaf6",
    panel="#edebe3",
    warning="#8a5600",
    error="#a8261c",
    success="#1f6b34",
    dark=False,
    variables={
        "text-muted": "#46525c",
        "text-disabled": "#46525c",
        "border": "#00695f",
        "border-blurred": "#808a92",
        "footer-background": "#edebe3",
        "footer-key-foreground": "#00695f",
        "footer-description-foreground": "#3a444c",
        "input-cursor-background": "#1b2126",
        "input-cursor-foreground": "#fbfaf6",
    },
)

CONTRAST = Theme(
    name="navigator-contrast",
    primary="#ffe14d",
    secondary="#ffffff",
    accent="#ffe14d",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    warning="#ffe14d",
    error="#ff9e94",
    success="#9dffb0",
    dark=True,
    variables={
        "text-muted": "#e0e0e0",
        "text-disabled": "#e0e0e0",
        "border": "#ffe14d",
        "border-blurred": "#b8b8b8",
        "footer-background": "#000000",
        "footer-key-foreground": "#ffe14d",
        "footer-description-foreground": "#ffffff",
        "input-cursor-background": "#ffffff",
        "input-cursor-foreground": "#000000",
    },
)

THEMES = (DARK, LIGHT, CONTRAST)
