"""
JCS: one sequence of bytes for a JSON value, by the order of keys and the writing of numbers and strings.

Source:
    RFC 8785, JSON Canonicalization Scheme.
"""

from __future__ import annotations

from typing import Any

import rfc8785

from sceau.errors import CanonicalisationError


def canonicalise(value: Any) -> bytes:
    """
    The canonical form, as UTF-8.

    Raises:
        CanonicalisationError: A number that JSON readers do not agree on, or text that is not Unicode.
    """
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        raise CanonicalisationError(f"expected JSON that has a canonical form, met {error}") from error
