"""The terminal app. It asks `navigator.atlas` and draws `navigator.outline`; nothing below that."""
