"""What a room without screens works on: a version on paper, and the sheet where remarks are written."""

from __future__ import annotations

from jalon.design.documents.meeting import Entry, Meeting, Section, Words, meeting_pdf

__all__ = ["Entry", "Meeting", "Section", "Words", "meeting_pdf"]
