"""Formats: the same credential as the world's standards write it."""
