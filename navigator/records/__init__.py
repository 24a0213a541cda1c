"""What the head keeps, in files they own: settings, and their record of bodies."""

from navigator.records.record_file import Change
from navigator.records.store import MARKERS, TAGS, RecordStore, body_ref

__all__ = ["MARKERS", "TAGS", "Change", "RecordStore", "body_ref"]
