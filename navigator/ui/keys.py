"""Keys that several screens share, declared once so that they mean the same everywhere."""

from __future__ import annotations

from textual.binding import Binding

KEEP = (
    Binding("b", "app.keep('bookmark')", "Mark", id="bookmark"),
    Binding("n", "app.keep('note')", "Note", id="note"),
    Binding("m", "app.mine", "Mine", id="mine"),
    Binding("c", "app.keep('contact')", "Contact", show=False, id="contact"),
    Binding("g", "app.keep('group')", "Group", show=False, id="group"),
    Binding("s", "app.keep('set')", "Set", show=False, id="set"),
    Binding("B", "app.keep('bookmark', True)", show=False, id="bookmark-here"),
    Binding("N", "app.keep('note', True)", show=False, id="note-here"),
    Binding("C", "app.keep('contact', True)", show=False, id="contact-here"),
    Binding("u,ctrl+z", "app.undo", "Undo", show=False, id="undo"),
    Binding("p", "app.plan_with", "Plan", show=False, id="plan-with"),
    Binding("P", "app.plan", show=False, id="plan"),
    Binding("w", "app.changes", "What changed", show=False, id="changes"),
    Binding("ctrl+y", "app.redo", "Redo", show=False, id="redo"),
)
"""What can be done with the body under the cursor, or (as a capital) with the screen's own."""

LOCAL = (
    Binding("l", "app.local", "Local", id="local"),
    Binding("equals_sign", "app.compare", "Compare", show=False, id="compare"),
)
"""What is local to the screen's school or authority; the line under the cursor beside it."""
