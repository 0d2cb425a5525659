"""Readers of the official files, one module per source, found by name in `registry`."""
