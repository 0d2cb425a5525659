"""What an offer may lack to stand in a LHÉO file."""

from __future__ import annotations

from enum import StrEnum


class LheoGap(StrEnum):
    """A fact that LHÉO makes compulsory (its first circle) and that nobody has stated."""

    NDA = "nda"
    SIRET = "siret"
    ADDRESS = "address"
    CONTENT = "content"
    CONDITIONS = "conditions"
    SESSION = "session"
    RHYTHM = "rhythm"
    ALTERNANCE = "alternance"
    PUBLIC = "public"
    ENTRY_MODE = "entry_mode"
    ENTRY_LEVEL = "entry_level"
    COURSE_KIND = "course_kind"
    FRENCH = "french"
