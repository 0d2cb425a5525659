"""
Open Badges 2.0 and 2.1, and 1.0 and 1.1 where they say the same in other words: read, never written.

An assertion says who earned what. It links to a badge class, which links to its issuer; or holds them inside:

    {"type": "Assertion", "id": "https://…", "issuedOn": "…", "verification": {"type": "hosted"},
     "recipient": {"type": "email", "hashed": true, "identity": "sha256$…"},
     "badge": {"type": "BadgeClass", "id": "https://…", "name": "…",
               "issuer": {"id": "https://…", "name": "…"}}}

Links are not followed here: `sceau.verifying.open_badges_2` does that, and hands over the three as one.

What is read is what the badge says in the standard's own words. Contexts are not processed: whoever renames a
word by a context of their own is not understood, and words that are not known are passed over. 1.0 wrote
``verify`` for ``verification``, ``uid`` for ``id``, and moments as seconds; 0.5 is not read.

Where each thing goes in the record, and what has no place in it, see `reading.from_document`; the rest is in
`details_of`.

Source:
    IMS Open Badges v2.0, 12 April 2018, and v2.1 (the same data); Mozilla's assertion specification 1.0.
"""

from sceau.formats.open_badges_2.reading import (
    Details,
    Given,
    details_of,
    from_document,
    read,
    recognises,
)
from sceau.formats.open_badges_2.recipients import Recipient, is_recipient, recipient_of

name = "open_badges_2"
media_type = "application/ld+json"
suffix = ".json"

__all__ = [
    "Details",
    "Given",
    "Recipient",
    "details_of",
    "from_document",
    "is_recipient",
    "media_type",
    "name",
    "read",
    "recipient_of",
    "recognises",
    "suffix",
]
