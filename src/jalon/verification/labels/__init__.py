"""What a person reads: moments, checks, refusals, and the verdict made of them. Nothing technical."""

from __future__ import annotations

from jalon.verification.labels.refusals import sentence

__all__ = ["sentence"]
