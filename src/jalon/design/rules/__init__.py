"""Decisions about specifications, on plain values."""
