"""What the head keeps, in files they own: settings, and their record of bodies."""

from navigator.records.store import RecordStore

__all__ = ["RecordStore"]
