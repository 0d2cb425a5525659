"""The whole corpus: every attack of each chapter, in the order of the page docs/reference/hostile.md."""

from __future__ import annotations

from tests.sceau.hostile.corpus import (
    attestations,
    documents,
    issuing,
    keys,
    old_badges,
    pictures,
    presentations,
    proofs,
    reading,
    seals,
    statuses,
    tokens,
    vectors,
)
from tests.sceau.hostile.good import Attack

CHAPTERS: dict[str, tuple[Attack, ...]] = {
    "Reading: a credential that was rewritten": reading.ATTACKS,
    "Meaning: contexts, terms, ids, moments, work": documents.ATTACKS,
    "Proofs: signatures, options, keys, chains": proofs.ATTACKS,
    "Keys and DID documents": keys.ATTACKS,
    "Tokens": tokens.ATTACKS,
    "Presentations": presentations.ATTACKS,
    "Status lists": statuses.ATTACKS,
    "Drawings and pictures that carry a credential": pictures.ATTACKS,
    "European credentials under a seal": seals.ATTACKS,
    "Attestations of the EU wallet": attestations.ATTACKS,
    "Open Badges 2 and 1": old_badges.ATTACKS,
    "Issuing: what is not signed": issuing.ATTACKS,
    "Published vectors that must be refused": vectors.ATTACKS,
}
