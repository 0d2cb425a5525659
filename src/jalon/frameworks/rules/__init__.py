"""Decisions about concepts and their editions, on plain values."""
