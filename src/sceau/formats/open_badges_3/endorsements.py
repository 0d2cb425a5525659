"""
EndorsementCredential: what a third party says of an issuer, a micro-credential or a credential, both ways.

    {"type": ["VerifiableCredential", "EndorsementCredential"], "issuer": {…}, "validFrom": "…",
     "credentialSubject": {"id": "urn:uuid:…", "type": ["EndorsementSubject", "Achievement"],
                           "endorsementComment": "…", "inLanguage": "fr"}, …}

The second type of the subject says what kind of thing it is about; others leave it out, and then it reads
back empty.

Source:
    1EdTech Open Badges Specification 3.0, section B.1, EndorsementCredential and EndorsementSubject.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sceau.errors import DataModelError
from sceau.formats import data_model
from sceau.formats.open_badges_3 import pieces, reading, terms, words
from sceau.formats.open_badges_3.nodes import UNKNOWN_LANGUAGE, Node
from sceau.model.credential import Endorsement

KINDS = ("Profile", "Achievement", "AchievementCredential")
"""What an endorsement may be about."""


def to_document(endorsement: Endorsement) -> dict[str, Any]:
    """
    The endorsement without a proof. The same one always gives the same document.

    Raises:
        DataModelError: Something is missing, a value cannot be written, or it is about its own issuer.
        ForbiddenCharacterError: A control character, noncharacter or lone surrogate in any text.
    """
    issuer = endorsement.issuer
    if endorsement.subject_kind not in KINDS:
        raise DataModelError(
            f"expected an endorsement of one of {', '.join(KINDS)}, met {endorsement.subject_kind!r}"
        )
    if endorsement.subject_id in (issuer.id, endorsement.id):
        raise DataModelError("expected an endorsement of somebody else's, met one of oneself")
    if not issuer.name.strip():
        raise DataModelError("expected the name of who endorses, met none")
    language = pieces.language_of(endorsement.comment, "the comment")
    document = {
        "@context": list(terms.CONTEXT),
        "id": pieces.iri(endorsement.id, "id"),
        "type": list(terms.ENDORSEMENT_TYPES),
        "name": words.label("endorsement", language).format(name=issuer.name),
        "issuer": pieces.profile(issuer),
        **pieces.validity(endorsement.valid_from, endorsement.valid_until),
        "credentialSubject": {
            "id": pieces.iri(endorsement.subject_id, "subject_id"),
            "type": [terms.ENDORSEMENT_SUBJECT, endorsement.subject_kind],
            "endorsementComment": endorsement.comment.get(language),
            "inLanguage": language,
        },
        **pieces.statuses(endorsement.status),
    }
    pieces.check_texts(document)
    return document


def recognises(document: Mapping[str, Any]) -> bool:
    """Does the document say that it is an EndorsementCredential, and nothing else?"""
    types = set(data_model.types_of(document))
    return terms.ENDORSEMENT in types and not types & terms.TYPE_NAMES


def from_document(document: Mapping[str, Any]) -> Endorsement:
    """
    Read an endorsement, whoever wrote it. Proofs are not looked at.

    Returns:
        What is there: a comment and a name may be empty, and ``subject_kind`` is where it is not stated.

    Raises:
        DataModelError: Another kind of document, one that says neither who speaks nor of what nor since when,
            or a malformed value.
    """
    if not recognises(document):
        raise DataModelError(f"expected an {terms.ENDORSEMENT}, met another type")
    root = Node(document)
    subject, issuer = root.node("credentialSubject"), reading.issuer(root.node("issuer"))
    subject_id, types = subject.text("id"), data_model.types_of(subject.entries)
    if terms.ENDORSEMENT_SUBJECT not in types:
        raise DataModelError(f"expected an {terms.ENDORSEMENT_SUBJECT}, met another type")
    if not pieces.is_iri(subject_id) or not issuer.id:
        raise DataModelError("expected an endorsement to say who speaks of what, met one that does not")
    begins, ends = data_model.beginning_of(document), data_model.end_of(document)
    if begins is None:
        raise DataModelError("expected an endorsement to say since when, met none")
    return Endorsement(
        id=root.text("id"),
        issuer=issuer,
        subject_id=subject_id,
        subject_kind=_kind(types),
        comment=subject.words("endorsementComment", subject.text("inLanguage") or UNKNOWN_LANGUAGE),
        valid_from=begins[1],
        valid_until=ends[1] if ends else None,
        status=reading.known_statuses(document),
    )


def _kind(types: tuple[str, ...]) -> str:
    met = {"AchievementCredential" if name in terms.TYPE_NAMES else name for name in types}.intersection(
        KINDS
    )
    return met.pop() if len(met) == 1 else ""
