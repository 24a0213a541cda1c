"""Files on disk: written whole or not at all, and a sentence for whatever a disk can do."""
