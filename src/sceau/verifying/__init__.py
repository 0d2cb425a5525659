"""Verifying: named checks, and three answers that are never merged."""
