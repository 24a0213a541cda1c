"""What the head keeps, in files they own: settings, and their record of bodies."""

from navigator.workspace.shelf import Change
from navigator.workspace.store import Workspace

__all__ = ["Change", "Workspace"]
