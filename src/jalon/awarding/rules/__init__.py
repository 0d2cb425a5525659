"""Decisions about awards, on plain values: who is in a list, who is whom."""
