"""What the head keeps, in files they own: settings, and their record of bodies."""

from navigator.workspace.shelf import Change
from navigator.workspace.store import MARKERS, TAGS, Workspace, body_ref

__all__ = ["MARKERS", "TAGS", "Change", "Workspace", "body_ref"]
