"""
What can go wrong when awarding, as one tree. `labels.py` turns each code into a French sentence.

    JalonError
    └── AwardingError              awarding.error
        └── NoHeaderError          holders.no_name_column  no column of the table holds names
"""

from __future__ import annotations

from jalon.foundation.errors import JalonError


class AwardingError(JalonError):
    """Something that cannot be awarded, revoked or corrected as asked."""

    code = "awarding.error"


class NoHeaderError(AwardingError):
    """No column of the table could be told to hold the names. Facts: `columns`, what was met."""

    code = "holders.no_name_column"
