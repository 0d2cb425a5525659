"""
Verification of Open Badges 1.x and 2: by what lies at the issuer's own address, or by the issuer's key.

A *hosted* badge has no signature that counts: it is intact where the copy at its own https address says all
that the copy in hand says, and where that address is one the issuer's own profile allows. A *signed* one is a
JWS by a key that the profile names and that names the profile in return. Either way the profile is read where
it lies, so that nobody can bring along one that allows everything.

At most `MAX_FETCHES` documents are asked for, each once, over https and through `policy.resolver.fetch_json`,
which bounds their size; links are followed in this order and no further: assertion, badge class, issuer, key,
list of revocations. JSON-LD is not expanded, and no context is fetched.

What is not told here, since `fetch_json` does not tell it: when a copy was obtained (a cache may lend an
older one), and where redirections led.

Source:
    IMS Open Badges v2.0, 12 April 2018: Verification, HostedBadge Verification, SignedBadge Verification,
    RevocationList, CryptographicKey. For 1.x: Mozilla's assertion specification 1.0, Badge Verification.
"""

from sceau.verifying.open_badges_2.checking import Checked, check
from sceau.verifying.open_badges_2.documents import MAX_FETCHES, Source

__all__ = ["MAX_FETCHES", "Checked", "Source", "check"]
