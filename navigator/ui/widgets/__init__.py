"""Widgets that draw what they are given and say upward, by message, what the user did."""
