"""
What can go wrong in the engine, as one tree. Each class has a stable `code`.

    SceauError
    ├── UnreadableError            reading.unreadable      not something we can read
    │   ├── TooLargeError          reading.too_large
    │   ├── TooDeepError           reading.too_deep
    │   ├── DuplicateKeyError      reading.duplicate_key
    │   ├── UnsupportedFormatError reading.unsupported     recognised, but not readable here (a JWT today)
    │   └── NothingFoundError      reading.nothing_found   a PDF or SVG with no credential inside
    │       └── SeveralFoundError  reading.several_found   a picture with more than one
    ├── ContextError               context.invalid
    │   ├── UnknownContextError    context.unknown
    │   └── UndefinedTermError     context.undefined_term  it would not be covered by the signature
    ├── CanonicalisationError      canon.refused           too much work, or not canonicalisable
    ├── DataModelError             model.invalid           a MUST of the data model is not kept
    │   ├── ForbiddenCharacterError model.forbidden_character
    │   └── NoLevelError           model.no_level          the format asks for a level, and there is none
    ├── KeyFormatError             key.invalid
    │   ├── PassphraseError        key.passphrase          a key file that did not open
    │   ├── UnencryptedKeyError    key.unencrypted         a key file that anybody can open
    │   └── UnsupportedKeyError    key.unsupported         a kind that does not sign here
    ├── TokenError                 token.failed            a key in a token, card or HSM
    │   ├── TokenUnavailableError  token.unavailable       no driver, no such token, or it was taken out
    │   ├── TokenPinError          token.pin
    │   └── TokenKeyError          token.key               not there, or of no use here
    ├── CertificateError           certificate.invalid
    │   ├── CertificateExpiredError certificate.expired
    │   ├── CertificateNotYetError certificate.not_yet
    │   ├── CertificateUseError    certificate.use         not made for what it is used for
    │   ├── WeakCertificateError   certificate.weak        a short key or a broken hash
    │   ├── BrokenChainError       certificate.broken_chain one did not issue the one before it
    │   └── UnknownAnchorError     certificate.unknown_anchor nobody who is trusted issued it
    ├── TimeStampError             time_stamp.invalid      not one, or not made as RFC 3161 asks
    │   ├── TimeStampMismatchError time_stamp.mismatch     it is not about this signature, or was altered
    │   └── UnsupportedTimeStampError time_stamp.unsupported  an algorithm that is not accepted here
    ├── ProofError                 proof.invalid
    │   ├── SignatureMismatchError proof.mismatch          the content is not what was signed
    │   ├── MissingProofError      proof.missing
    │   ├── ProofExpiredError      proof.expired
    │   ├── ProofNotYetError       proof.not_yet           its date is still to come
    │   ├── UnsupportedProofError  proof.unsupported
    │   ├── WrongKeyError          proof.wrong_key         the key is not the issuer's
    │   ├── SeveralSealsError      seal.several            a second seal beside the first
    │   ├── SealedPayloadError     seal.payload            its payload is not signed as it stands (b64)
    │   ├── SealCertificateError   seal.certificate        it names another certificate than it brings
    │   ├── OtherOrganisationError seal.other_organisation the certificate is not the issuer's
    │   ├── ClaimMismatchError     proof.claims            a token contradicts the credential inside it
    │   ├── ChallengeError         proof.challenge         it does not answer this verifier's question
    │   ├── DomainError            proof.domain            it was made for another verifier
    │   ├── DisclosureError        proof.disclosure        what is disclosed is not what was signed
    │   └── KeyBindingError        proof.key_binding       the holder signed something else, or too long ago
    │       └── NoKeyBindingError  proof.no_key_binding    the holder did not sign, and was asked to
    ├── PresentationError          presentation.invalid    a presentation that does not hold together
    │   └── OtherHolderError       presentation.other_holder  the holder is not the person it speaks of
    ├── ResolutionError            did.unresolved          the issuer's key could not be obtained
    │   └── UnsupportedMethodError did.unsupported_method
    ├── StatusListError            status.invalid
    │   ├── StatusListTooShortError status.too_short
    │   ├── StatusListExpiredError status.stale
    │   ├── UnsupportedStatusError status.unsupported      recognised or not, but not readable here
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


class SeveralFoundError(NothingFoundError):
    """A picture holds more than one credential: two readers could take two of them."""

    code = "reading.several_found"


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


class NoLevelError(DataModelError):
    """The format asks for a European level from 1 to 8; the message says why the credential has none."""

    code = "model.no_level"


class KeyFormatError(SceauError):
    """A key that is not encoded as it should be."""

    code = "key.invalid"


class PassphraseError(KeyFormatError):
    """A key file did not open: another passphrase, or damage that cannot be told from one."""

    code = "key.passphrase"


class UnencryptedKeyError(KeyFormatError):
    """A key file that is not encrypted: whoever copies it can sign."""

    code = "key.unencrypted"


class UnsupportedKeyError(KeyFormatError):
    """A key of a kind that does not sign here, or protected in a way that is not read here."""

    code = "key.unsupported"


class TokenError(SceauError):
    """A token, card or HSM did not do what was asked."""

    code = "token.failed"


class TokenUnavailableError(TokenError):
    """No driver, no such token, or it was taken out. Open it anew once it is back."""

    code = "token.unavailable"


class TokenPinError(TokenError):
    """The PIN is not the token's, or it is locked. Do not try again by machine: tokens lock themselves."""

    code = "token.pin"


class TokenKeyError(TokenError):
    """The key is not in the token, several have that name, or it cannot sign as is needed here."""

    code = "token.key"


class CertificateError(SceauError):
    """A certificate, or a chain of them, that cannot be read or relied on."""

    code = "certificate.invalid"


class CertificateExpiredError(CertificateError):
    """The validity of a certificate had ended at that moment."""

    code = "certificate.expired"


class CertificateNotYetError(CertificateError):
    """The validity of a certificate had not begun at that moment."""

    code = "certificate.not_yet"


class CertificateUseError(CertificateError):
    """A certificate is used for something else than it was made for."""

    code = "certificate.use"


class WeakCertificateError(CertificateError):
    """A key so short, or a hash so broken, that others could have made the signature."""

    code = "certificate.weak"


class BrokenChainError(CertificateError):
    """A certificate was not issued by the next one of the chain."""

    code = "certificate.broken_chain"


class UnknownAnchorError(CertificateError):
    """The chain leads to nobody who is trusted."""

    code = "certificate.unknown_anchor"


class TimeStampError(SceauError):
    """A time-stamp that cannot be read, or is not made as RFC 3161 asks."""

    code = "time_stamp.invalid"


class TimeStampMismatchError(TimeStampError):
    """A time-stamp about something else, or altered since."""

    code = "time_stamp.mismatch"


class UnsupportedTimeStampError(TimeStampError):
    """A hash that is no longer sound, or an algorithm that is not read here."""

    code = "time_stamp.unsupported"


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


class SeveralSealsError(ProofError):
    """More than one seal: which of them speaks for the issuer, two readers could tell differently."""

    code = "seal.several"


class SealedPayloadError(ProofError):
    """The payload is not written as it was signed: ``b64`` is missing, true, or not critical."""

    code = "seal.payload"


class SealCertificateError(ProofError):
    """The signed reference to a certificate is missing, or is to another one."""

    code = "seal.certificate"


class OtherOrganisationError(ProofError):
    """The certificate is of another organisation than the issuer."""

    code = "seal.other_organisation"


class ClaimMismatchError(ProofError):
    """A token says another issuer, subject or moment than the credential inside it."""

    code = "proof.claims"


class ChallengeError(ProofError):
    """A presentation that does not answer this verifier's challenge: it may have been overheard."""

    code = "proof.challenge"


class DomainError(ProofError):
    """A presentation that was made for another verifier."""

    code = "proof.domain"


class DisclosureError(ProofError):
    """A disclosure that no digest refers to, twice, misplaced or not readable; or digests that are not."""

    code = "proof.disclosure"


class KeyBindingError(ProofError):
    """The holder's signature is for another use, over something else, or from too long ago."""

    code = "proof.key_binding"


class NoKeyBindingError(KeyBindingError):
    """The holder was asked to sign what they show, and did not."""

    code = "proof.no_key_binding"


class PresentationError(SceauError):
    """A presentation that does not hold together."""

    code = "presentation.invalid"


class OtherHolderError(PresentationError):
    """A credential about somebody else than the one who shows it."""

    code = "presentation.other_holder"


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


class UnsupportedStatusError(StatusListError):
    """A kind of status, or a purpose, that is not known here."""

    code = "status.unsupported"


class StatusIndexError(StatusListError):
    """An index that is not a whole number inside the list."""

    code = "status.index"


class FetchError(SceauError):
    """A document could not be fetched; the message says which and why."""

    code = "fetch.failed"
