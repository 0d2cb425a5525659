"""
What can go wrong in the engine, as one tree. Each class has a stable `code`.

    SceauError
    ├── UnreadableError            reading.unreadable      not something we can read
    │   ├── TooLargeError          reading.too_large
    │   ├── TooDeepError           reading.too_deep
    │   ├── DuplicateKeyError      reading.duplicate_key
    │   ├── UnsupportedFormatError reading.unsupported     recognised, but not readable here (a JWT today)
    │   └── NothingFoundError      reading.nothing_found   a PDF or SVG with no credential inside
    ├── ContextError               context.invalid
    │   ├── UnknownContextError    context.unknown
    │   └── UndefinedTermError     context.undefined_term  it would not be covered by the signature
    ├── CanonicalisationError      canon.refused           too much work, or not canonicalisable
    ├── DataModelError             model.invalid           a MUST of the data model is not kept
    │   └── ForbiddenCharacterError model.forbidden_character
    ├── KeyFormatError             key.invalid
    ├── ProofError                 proof.invalid
    │   ├── SignatureMismatchError proof.mismatch          the content is not what was signed
    │   ├── MissingProofError      proof.missing
    │   ├── ProofExpiredError      proof.expired
    │   ├── ProofNotYetError       proof.not_yet           its date is still to come
    │   ├── UnsupportedProofError  proof.unsupported
    │   └── WrongKeyError          proof.wrong_key         the key is not the issuer's
    ├── ResolutionError            did.unresolved          the issuer's key could not be obtained
    │   └── UnsupportedMethodError did.unsupported_method
    ├── StatusListError            status.invalid
    │   ├── StatusListTooShortError status.too_short
    │   ├── StatusListExpiredError status.stale
    │   └── StatusIndexError       status.index
    └── FetchError                 fetch.failed            a Fetcher could not get a document
"""

from __future__ import annotations


class SceauError(Exception):
    """Root of the tree. The message says what was expected, what was met and where."""

    code = "sceau.error"


class UnreadableError(SceauError):
    """The bytes are not a credential in any form that is read here."""

    code = "reading.unreadable"


class TooLargeError(UnreadableError):
    """More bytes than the stated limit."""

    code = "reading.too_large"


class TooDeepError(UnreadableError):
    """JSON nested deeper than the stated limit."""

    code = "reading.too_deep"


class DuplicateKeyError(UnreadableError):
    """A JSON object says the same key twice, so two readers could see two different credentials."""

    code = "reading.duplicate_key"


class UnsupportedFormatError(UnreadableError):
    """The format was recognised and is not read here."""

    code = "reading.unsupported"


class NothingFoundError(UnreadableError):
    """A picture or a PDF was read, and holds no credential."""

    code = "reading.nothing_found"


class ContextError(SceauError):
    """The JSON-LD context cannot be relied on."""

    code = "context.invalid"


class UnknownContextError(ContextError):
    """A context that is not among the pinned ones. Contexts are never fetched."""

    code = "context.unknown"


class UndefinedTermError(ContextError):
    """A property or type that no context defines: the signature would not cover it."""

    code = "context.undefined_term"


class CanonicalisationError(SceauError):
    """The document was refused by canonicalisation, or asked for more work than allowed."""

    code = "canon.refused"


class DataModelError(SceauError):
    """A MUST of the data model is not kept."""

    code = "model.invalid"


class ForbiddenCharacterError(DataModelError):
    """A control character, noncharacter or lone surrogate, on which verifiers disagree."""

    code = "model.forbidden_character"


class KeyFormatError(SceauError):
    """A key that is not encoded as it should be."""

    code = "key.invalid"


class ProofError(SceauError):
    """A proof that does not hold."""

    code = "proof.invalid"


class SignatureMismatchError(ProofError):
    """The content is not the one that was signed with this key."""

    code = "proof.mismatch"


class MissingProofError(ProofError):
    """No proof at all: an empty list of proofs proves nothing."""

    code = "proof.missing"


class ProofExpiredError(ProofError):
    """The proof itself says that it no longer holds."""

    code = "proof.expired"


class ProofNotYetError(ProofError):
    """The proof says that it was made later than now."""

    code = "proof.not_yet"


class UnsupportedProofError(ProofError):
    """A type of proof or cryptosuite that is not known here."""

    code = "proof.unsupported"


class WrongKeyError(ProofError):
    """The key is not one that the issuer uses to make statements."""

    code = "proof.wrong_key"


class ResolutionError(SceauError):
    """The issuer's key could not be obtained."""

    code = "did.unresolved"


class UnsupportedMethodError(ResolutionError):
    """A DID method that is not known here."""

    code = "did.unsupported_method"


class StatusListError(SceauError):
    """A status list that cannot be relied on."""

    code = "status.invalid"


class StatusListTooShortError(StatusListError):
    """Under 16 KiB, holders could be singled out."""

    code = "status.too_short"


class StatusListExpiredError(StatusListError):
    """The list says itself that it is no longer to be relied on."""

    code = "status.stale"


class StatusIndexError(StatusListError):
    """An index that is not a whole number inside the list."""

    code = "status.index"


class FetchError(SceauError):
    """A document could not be fetched; the message says which and why."""

    code = "fetch.failed"
