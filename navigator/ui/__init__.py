"""The terminal app. It asks `navigator.service` and draws `navigator.view`; nothing below that."""
