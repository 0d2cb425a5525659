"""Safe mode: whatever would not become a signed statement is refused."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld as pyld

from sceau.canon import jsonld
from sceau.canon.contexts import (
    CREDENTIALS_V1,
    CREDENTIALS_V2,
    DATA_INTEGRITY_V2,
    EXAMPLES_V2,
    MULTIKEY_V1,
    OPEN_BADGES_3,
    OPEN_BADGES_3_0_1,
    OPEN_BADGES_3_0_2,
    OPEN_BADGES_EXTENSIONS,
    Contexts,
    for_conformance,
    pinned,
)
from sceau.canon.rdfc import canonicalise
from sceau.errors import CanonicalisationError, ContextError, UndefinedTermError
from sceau.formats import open_badges_3
from sceau.testing import example_credential

TYPES = {"@context": [CREDENTIALS_V2, OPEN_BADGES_3], "type": ["VerifiableCredential", "OpenBadgeCredential"]}


def example() -> dict[str, Any]:
    return open_badges_3.to_document(example_credential())


def canonical(document: dict[str, Any]) -> str:
    return canonicalise(jsonld.to_quads(document)).nquads


def test_same_statements_as_pyld_and_the_peers() -> None:
    document = example()

    def loader(url: str, options: object) -> dict[str, Any]:
        return {"contextUrl": None, "documentUrl": url, "document": pinned().document(url)}

    expected = pyld.normalize(
        document,
        {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": loader},
    )

    assert canonical(document) == expected


def test_published_open_badge_vector(vectors: Path) -> None:
    document = {
        **TYPES,
        "id": "http://example.com/credentials/3527",
        "name": "Teamwork Badge",
        "issuer": {
            "id": "https://example.edu/issuers/565049",
            "type": ["Profile"],
            "name": "Example Corp",
            "url": "https://www.imsglobal.org",
        },
        "validFrom": "2010-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:example:ebfeb1f712ebc6f1c276e12ec21",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://example.com/achievements/21st-century-skills/teamwork",
                "type": ["Achievement"],
                "name": "Teamwork",
                "description": "This badge recognizes the development of the capacity to collaborate within "
                "a group environment.",
                "criteria": {
                    "narrative": "Team members are nominated for this badge by their peers and recognized "
                    "upon review by Example Corp management."
                },
            },
        },
    }

    assert canonical(document) == (vectors / "open-badges-3" / "document-canon.txt").read_text()


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [path, *(found for key, child in value.items() for found in paths(child, (*path, key)))]
    if isinstance(value, list):
        return [found for number, child in enumerate(value) for found in paths(child, (*path, number))]
    return []


def changed(document: dict[str, Any], path: tuple[Any, ...], **entries: Any) -> dict[str, Any]:
    copy: dict[str, Any] = json.loads(json.dumps(document))
    item: Any = copy
    for step in path:
        item = item[step]
    item.update(entries)
    return copy


def test_an_undefined_term_is_refused_in_every_object() -> None:
    objects = paths(example())
    assert len(objects) > 40

    for path in objects:
        with pytest.raises(UndefinedTermError, match="hobby"):
            jsonld.to_quads(changed(example(), path, hobby="knitting"))


def test_every_string_of_our_badge_is_signed() -> None:
    """Change each leaf in turn: the canonical form changes with it."""
    document = example()
    before = canonical(document)
    leaves = 0
    for path in paths(document):
        item: Any = document
        for step in path:
            item = item[step]
        for key, value in item.items():
            if isinstance(value, str) and key != "type":
                leaves += 1
                assert canonical(changed(document, path, **{key: value + "x"})) != before, (path, key)
    assert leaves > 100


@pytest.mark.parametrize(
    "entries",
    [
        {"type": ["VerifiableCredential", "OpenBadgeCredential", "Diploma"]},
        {"id": "relative/id"},
        {"id": "//example.org/id"},
        {"id": "#id"},
        {"id": ""},
        {"id": "@value"},
        {"id": "@foo"},
        {"type": ["VerifiableCredential", "@foo"]},
        {"id": "sceau-unresolved:/id"},
        {"id": "_:b0"},
        {"id": "https://example.org/with space"},
        {"name": None},
        {"https://www.w3.org/2018/credentials#validUntil": "2030-01-01T00:00:00Z"},
        {"cred:validUntil": "2030-01-01T00:00:00Z"},
        {"@type": ["https://example.org/Diploma"]},
        {"@id": "urn:other"},
        {"@graph": [{"id": "urn:x", "name": "hidden"}]},
        {"@included": [{"id": "urn:x", "name": "hidden"}]},
        {"@reverse": {"issuer": {"id": "urn:x"}}},
        {"@index": "unsigned"},
        {"@nest": {"name": "x"}},
        {"name": {"@value": "x", "@index": "unsigned"}},
        {"name": {"@value": "x", "@direction": "up"}},
        {"name": {"@language": "fr"}},
        {"issuer": "not-a-url"},
        {"validUntil": {"@value": "2030-01-01T00:00:00Z", "@type": "relative"}},
    ],
)
def test_what_would_be_lost_or_hidden_is_refused(entries: dict[str, Any]) -> None:
    with pytest.raises(ContextError):
        jsonld.to_quads(changed(example(), (), **entries))


def test_arrays_within_arrays_are_refused() -> None:
    with pytest.raises(CanonicalisationError):
        jsonld.to_quads(example() | {"name": [["x"]]})


def test_a_document_that_states_nothing_is_refused() -> None:
    with pytest.raises(CanonicalisationError):
        jsonld.to_quads({"@context": [CREDENTIALS_V2], "id": "urn:x"})


def test_language_tagged_texts_are_kept() -> None:
    document = {"@context": [CREDENTIALS_V2], "id": "urn:x", "name": {"@value": "Haie", "@language": "fr-FR"}}

    assert canonical(document) == '<urn:x> <https://schema.org/name> "Haie"@fr-fr .\n'


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ({"@value": "شهادة", "@language": "ar-EG", "@direction": "rtl"}, '"شهادة"^^<{}ar-eg_rtl>'),
        ({"@value": "Haie", "@direction": "ltr"}, '"Haie"^^<{}_ltr>'),
    ],
)
def test_a_base_direction_is_signed_as_others_do(text: dict[str, str], literal: str) -> None:
    document = {"@context": [CREDENTIALS_V2], "id": "urn:x", "name": text}

    expected = literal.format("https://www.w3.org/ns/i18n#")
    assert canonical(document) == f"<urn:x> <https://schema.org/name> {expected} .\n"


@pytest.mark.parametrize(
    ("number", "literal"),
    [
        (3, '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (3.0, '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (1.5, '"1.5E0"^^<http://www.w3.org/2001/XMLSchema#double>'),
        (0.000_012, '"1.2E-5"^^<http://www.w3.org/2001/XMLSchema#double>'),
        (1234.5678, '"1.2345678E3"^^<http://www.w3.org/2001/XMLSchema#double>'),
        (-1.5, '"-1.5E0"^^<http://www.w3.org/2001/XMLSchema#double>'),
        (True, '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
    ],
)
def test_numbers_are_written_as_json_ld_asks(number: float, literal: str) -> None:
    document = {"@context": [CREDENTIALS_V2], "id": "urn:x", "name": number}

    assert canonical(document) == f"<urn:x> <https://schema.org/name> {literal} .\n"


def test_control_characters_are_escaped_as_rdfc_asks() -> None:
    document = {"@context": [CREDENTIALS_V2], "id": "urn:x", "name": 'a\t\n\r\b\f"\\\x00\x7f\ufffeé'}

    assert canonical(document) == (
        r'<urn:x> <https://schema.org/name> "a\t\n\r\b\f\"\\\u0000\u007F\uFFFEé" .' + "\n"
    )


def test_lists_keep_their_order() -> None:
    contexts = Contexts(
        {CREDENTIALS_V2: {"@context": {"id": "@id", "steps": {"@id": "urn:steps", "@container": "@list"}}}}
    )
    document = {"@context": [CREDENTIALS_V2], "id": "urn:x", "steps": ["b", "a"]}

    met = canonicalise(jsonld.to_quads(document, contexts=contexts)).nquads

    assert '_:c14n1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> "b"' in met
    assert "_:c14n1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:c14n0" in met
    assert len(met.splitlines()) == 5


def test_an_embedded_credential_keeps_its_proof_apart() -> None:
    inner = {
        "id": "urn:inner",
        "type": ["VerifiableCredential"],
        "proof": {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"},
    }

    met = canonical(example() | {"endorsement": [inner]})

    assert "<urn:inner> <https://w3id.org/security#proof> _:c14n" in met
    assert any(line.count("_:c14n") == 2 and "cryptosuite" in line for line in met.splitlines())


def test_too_many_values_are_refused_quickly() -> None:
    document = example() | {"name": ["x"] * 100_000}

    started = time.perf_counter()
    with pytest.raises(CanonicalisationError):
        jsonld.to_quads(document)

    assert time.perf_counter() - started < 2


def test_several_threads_get_the_same_result() -> None:
    expected = canonical(example())
    met: list[str] = []

    threads = [threading.Thread(target=lambda: met.append(canonical(example()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert met == [expected] * 4


def suite_document(*more: Any, **entries: Any) -> dict[str, Any]:
    return {
        "@context": [CREDENTIALS_V2, *more],
        "type": ["VerifiableCredential"],
        "credentialSubject": {"id": "did:example:subject"},
        **entries,
    }


@pytest.mark.parametrize(
    ("contexts", "types"),
    [
        ([{"VerifiableCredential": "https://example.org/#Bad"}], []),
        ([{"@protected": True, "Ex": "https://example.org/#Ex"}, {"Ex": "https://example.org/#Bad"}], ["Ex"]),
        ([{"Ex": "https ://not-a-url#Ex"}], ["Ex"]),
        ([], ["Ex"]),
        ([{"Ex": "https://example.org/#Ex"}, {"Ex": None}], ["Ex"]),
        ([{"@vocab": ""}], ["Ex"]),
        ([EXAMPLES_V2], ["https ://not-a-url"]),
        ([CREDENTIALS_V1], []),
    ],
)
def test_terms_that_the_suites_want_refused(contexts: list[Any], types: list[str]) -> None:
    document = suite_document(*contexts, type=["VerifiableCredential", *types])

    with pytest.raises(ContextError):
        jsonld.to_quads(document, contexts=for_conformance())


@pytest.mark.parametrize(
    ("contexts", "kind"),
    [
        ([EXAMPLES_V2], "Ex"),
        ([{"Ex": "https://example.org/#Ex"}], "Ex"),
        ([{"@context": {"Ex": "https://example.org/#Ex"}}], "Ex"),
        ([], "https://example.org/#Ex"),
        ([DATA_INTEGRITY_V2, MULTIKEY_V1], "https://example.org/#Ex"),
    ],
)
def test_terms_that_the_suites_want_accepted(contexts: list[Any], kind: str) -> None:
    document = suite_document(*contexts, type=["VerifiableCredential", kind])

    quads = jsonld.to_quads(document, contexts=for_conformance())

    assert any(quad[2].endswith("#Ex>") for quad in quads)


@pytest.mark.parametrize(
    ("base", "badges"),
    [
        (CREDENTIALS_V1, OPEN_BADGES_3_0_1),  # the only one that it goes with: it redefines terms of v2
        (CREDENTIALS_V1, OPEN_BADGES_3_0_2),
        (CREDENTIALS_V1, OPEN_BADGES_3),
        (CREDENTIALS_V2, OPEN_BADGES_3_0_2),
        (CREDENTIALS_V2, OPEN_BADGES_3),
    ],
)
def test_badges_of_each_published_version_are_read(base: str, badges: str) -> None:
    document = {
        "@context": [base, badges, OPEN_BADGES_EXTENSIONS],
        "id": "urn:x",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "did:example:issuer", "type": ["Profile"]},
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "achievement": {"id": "urn:a", "type": ["Achievement"], "achievementType": "MicroCredential"},
        },
    }

    assert any("Achievement>" in quad[2] for quad in jsonld.to_quads(document))
    with pytest.raises(UndefinedTermError):
        jsonld.to_quads({**document, "hobby": "knitting"})


def test_contexts_inside_documents_do_not_pile_up() -> None:
    for number in range(3 * jsonld._MAX_CACHED):
        inline = {"Ex": f"https://example.org/{number}"}
        jsonld.to_quads(suite_document(inline), contexts=for_conformance())

    _, kept = jsonld._resolvers.caches[id(for_conformance())]
    assert len(kept) <= jsonld._MAX_CACHED + 2
