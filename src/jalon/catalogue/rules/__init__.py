"""Decisions of the catalogue on plain values."""
