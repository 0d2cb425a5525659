"""Open Badges 1.x and 2, verified: hosted and signed, and everything that must not pass."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sceau.did.resolver import MAX_DOCUMENT_BYTES, Resolver
from sceau.errors import DataModelError, FetchError, NothingFoundError, UnreadableError
from sceau.formats import open_badges_2 as badges
from sceau.keys.jwk import base64url_encode
from sceau.keys.public import KeyType
from sceau.keys.signer import EcdsaSigner
from sceau.ports import Fetched, Signer, Voucher
from sceau.proofs import jose
from sceau.testing import EXAMPLE_MOMENT, MemoryFetcher, MemoryTrust, key_signer
from sceau.verifying import open_badges_2
from sceau.verifying.open_badges_2 import MAX_FETCHES, Checked
from sceau.verifying.policy import Policy
from sceau.verifying.report import Outcome, Question

NOW = EXAMPLE_MOMENT
SITE = "https://haies.example.org"
HOME, CLASS, ISSUER = f"{SITE}/b/7", f"{SITE}/classes/haie", f"{SITE}/association"
KEY, LIST = f"{SITE}/cles/1", f"{SITE}/retraits"
PASSED, FAILED, UNKNOWN = Outcome.PASSED, Outcome.FAILED, Outcome.INDETERMINATE

Pages = dict[str, Any]


def without_nothing(document: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in {**document, **changes}.items() if value is not None}


def assertion(**changes: Any) -> dict[str, Any]:
    """A hosted badge that links to everything; a member of None is left out."""
    document = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": HOME,
        "recipient": {"type": "email", "hashed": False, "identity": "camille@example.org"},
        "issuedOn": "2026-05-30T16:00:00Z",
        "verification": {"type": "hosted"},
        "badge": CLASS,
    }
    return without_nothing(document, changes)


def badge_class(**changes: Any) -> dict[str, Any]:
    document = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "BadgeClass",
        "id": CLASS,
        "name": "Planter une haie",
        "description": "Planter une haie champêtre.",
        "criteria": {"narrative": "Planter cinquante mètres."},
        "issuer": ISSUER,
    }
    return without_nothing(document, changes)


def profile(**changes: Any) -> dict[str, Any]:
    document = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Profile",
        "id": ISSUER,
        "name": "Les Haies (association fictive)",
        "url": f"{SITE}/",
        "email": "bonjour@haies.example.org",
    }
    return without_nothing(document, changes)


def site(**changes: Any) -> Pages:
    """What the issuer serves; by the name of the page."""
    names = {"home": HOME, "badge": CLASS, "issuer": ISSUER, "key": KEY, "list": LIST}
    pages = {"home": assertion(), "badge": badge_class(), "issuer": profile(), **changes}
    return {names.get(name, name): page for name, page in pages.items() if page is not None}


class Statuses(MemoryFetcher):
    """A fetcher that says which status it was answered with, as the platform's own does."""

    def __init__(self, pages: Mapping[str, bytes], status: int) -> None:
        super().__init__(pages)
        self._status = status

    def fetch(self, url: str, *, max_bytes: int) -> Fetched:
        try:
            return super().fetch(url, max_bytes=max_bytes)
        except FetchError as error:
            error.facts = {"status": self._status}  # type: ignore[attr-defined] -- of the platform's own errors
            raise


def fetcher(pages: Pages, status: int = 0) -> MemoryFetcher:
    written = {
        url: page if isinstance(page, bytes) else json.dumps(page).encode() for url, page in pages.items()
    }
    return Statuses(written, status) if status else MemoryFetcher(written)


def checked(given: Any, pages: Pages | MemoryFetcher | None = None, **policy: Any) -> Checked:
    source = pages if isinstance(pages, MemoryFetcher) else fetcher(site() if pages is None else pages)
    data = json.dumps(given) if isinstance(given, dict) else given
    return open_badges_2.check(data, at=NOW, policy=Policy(resolver=Resolver(fetcher=source), **policy))


def answer(result: Checked, question: Question = Question.INTACT) -> tuple[Outcome, list[str]]:
    """The answer, as `Report` puts it together, and the codes behind it."""
    mine = [check for check in result.checks if check.question is question]
    outcomes = {check.outcome for check in mine}
    whole = FAILED if FAILED in outcomes else UNKNOWN if UNKNOWN in outcomes or not mine else PASSED
    return whole, [check.code for check in mine if check.outcome is whole and check.code]


def facts(result: Checked, name: str) -> dict[str, Any]:
    return next(check.facts for check in result.checks if check.name == name)


# — Hosted —


def test_a_hosted_badge_is_read_and_verified_whole() -> None:
    pages = fetcher(site())
    trust = MemoryTrust({ISSUER: (Voucher("Région", "Les Haies", "registre", date(2026, 1, 1)),)})

    result = checked(assertion(), pages, trust=trust)

    assert [answer(result, question)[0] for question in Question] == [PASSED] * 3
    assert (result.issuer_id, result.issuer_name) == (ISSUER, "Les Haies (association fictive)")
    assert result.credential is not None
    assert str(result.credential.micro_credential.title) == "Planter une haie"
    assert result.credential.issuer.email == "bonjour@haies.example.org"
    assert result.credential.holder.identifier == "camille@example.org"
    assert pages.asked == [HOME, CLASS, ISSUER]
    assert [(source.role, source.how, source.url) for source in result.provenance] == [
        ("assertion", "given", HOME),
        ("assertion", "fetched", HOME),
        ("badge", "fetched", CLASS),
        ("issuer", "fetched", ISSUER),
    ]
    assert {source.at for source in result.provenance} == {NOW}


def test_an_issuer_nobody_vouches_for_is_unknown_and_no_fault() -> None:
    assert answer(checked(assertion()), Question.ISSUER) == (UNKNOWN, ["issuer.unknown"])


def test_an_address_alone_is_followed() -> None:
    result = checked(HOME.encode())

    assert answer(result) == (PASSED, [])
    assert result.credential is not None
    assert [source.how for source in result.provenance] == ["fetched"] * 3


def test_everything_may_be_inside() -> None:
    whole = assertion(badge=badge_class(issuer=profile()))
    pages = fetcher(site(home=whole, badge=None))

    result = checked(whole, pages)

    assert answer(result) == (PASSED, [])
    assert pages.asked == [HOME, ISSUER]
    assert ("badge", "embedded", CLASS) in [(each.role, each.how, each.url) for each in result.provenance]


def test_what_is_inside_may_be_linked_in_the_hosted_copy() -> None:
    assert answer(checked(assertion(badge=badge_class(issuer=profile())))) == (PASSED, [])


def test_the_profile_counts_as_it_is_served() -> None:
    old = profile(name="Ancien nom", verification={"allowedOrigins": "evil.example"})
    whole = assertion(badge=badge_class(issuer=old))

    result = checked(whole, site(home=whole))

    assert answer(result) == (PASSED, [])
    assert result.issuer_name == "Les Haies (association fictive)"
    assert result.credential is not None
    assert result.credential.issuer.name == "Les Haies (association fictive)"


CHANGES: dict[str, dict[str, Any]] = {
    "recipient.identity": {"recipient": {"type": "email", "hashed": False, "identity": "autre@example.org"}},
    "recipient.type": {
        "recipient": {"type": "telephone", "hashed": False, "identity": "camille@example.org"}
    },
    "issuedOn": {"issuedOn": "2020-05-30T16:00:00Z"},
    "expires": {"expires": "2099-01-01T00:00:00Z"},
    "badge": {"badge": f"{SITE}/classes/autre"},
    "evidence": {"evidence": f"{SITE}/preuves/1"},
    "narrative": {"narrative": "Avec les félicitations du jury."},
    "extensions:recipientProfile": {"extensions:recipientProfile": {"name": "Dominique"}},
    "revoked": {"revoked": True},
}


@pytest.mark.parametrize("path", CHANGES)
def test_a_hosted_copy_that_says_something_else_is_a_failure_of_its_own(path: str) -> None:
    result = checked(assertion(**CHANGES[path]))

    outcome, codes = answer(result)
    assert (outcome, codes[0]) == (FAILED, "hosted.differs")
    assert facts(result, "hosted") == {"differing": [path], "url": HOME}


@pytest.mark.parametrize(
    ("inside", "path"),
    [
        (badge_class(name="Planter une forêt"), "badge.name"),
        (badge_class(criteria={"narrative": "Rien."}), "badge.criteria.narrative"),
        (badge_class(issuer=profile(name="Ministère")), "badge.issuer.name"),
    ],
    ids=["name", "criteria", "issuer"],
)
def test_a_class_written_out_must_say_what_the_linked_one_says(inside: dict[str, Any], path: str) -> None:
    result = checked(assertion(badge=inside))

    assert answer(result) == (FAILED, ["hosted.differs"])
    assert facts(result, "hosted")["differing"] == [path]


def test_what_only_the_hosted_copy_says_is_what_counts() -> None:
    hosted = assertion(expires="2026-06-01T00:00:00Z", narrative="Ajouté depuis.")

    result = checked(assertion(), site(home=hosted))

    assert answer(result) == (PASSED, [])
    assert answer(result, Question.VALID) == (FAILED, ["validity.expired"])
    assert result.document is not None
    assert result.document["narrative"] == "Ajouté depuis."


def test_with_another_hosted_copy_the_one_in_hand_is_shown() -> None:
    result = checked(assertion(narrative="Inventé."))

    assert result.document is not None
    assert result.document["narrative"] == "Inventé."


def test_a_pointer_of_two_members_is_enough() -> None:
    result = checked({"type": "Assertion", "id": HOME, "verification": {"type": "HostedBadge"}})

    assert answer(result) == (PASSED, [])
    assert result.credential is not None


# — Hosted: whose place it is —

FAR = "https://badges.example.net"


def far(**issuer: Any) -> tuple[dict[str, Any], Pages]:
    """A badge and its class on another site than the issuer's."""
    given = assertion(id=f"{FAR}/b/7", badge=f"{FAR}/classes/haie")
    pages = {
        f"{FAR}/b/7": given,
        f"{FAR}/classes/haie": badge_class(id=f"{FAR}/classes/haie"),
        ISSUER: profile(**issuer),
    }
    return given, pages


def test_an_issuer_on_another_origin_is_refused() -> None:
    assert answer(checked(*far())) == (FAILED, ["hosted.out_of_scope"])


@pytest.mark.parametrize(
    "rules",
    [{"allowedOrigins": "badges.example.net"}, {"startsWith": [f"{FAR}/b/", f"{FAR}/classes/"]}],
    ids=["allowedOrigins", "startsWith"],
)
def test_an_issuer_may_allow_another_origin(rules: dict[str, Any]) -> None:
    assert answer(checked(*far(verification=rules))) == (PASSED, [])


def test_nobody_brings_along_a_profile_that_allows_everything() -> None:
    forged = profile(verification={"allowedOrigins": ["badges.example.net", "haies.example.org"]})
    given = assertion(id=f"{FAR}/b/7", badge=badge_class(id=f"{FAR}/classes/haie", issuer=forged))

    result = checked(given, {f"{FAR}/b/7": given, ISSUER: profile()})

    assert answer(result) == (FAILED, ["hosted.out_of_scope"])


def test_a_class_of_somebody_else_is_refused() -> None:
    given = assertion(badge=f"{FAR}/classes/haie")
    pages = site(home=given) | {f"{FAR}/classes/haie": badge_class(id=f"{FAR}/classes/haie")}

    assert answer(checked(given, pages)) == (FAILED, ["hosted.out_of_scope"])


def test_a_narrower_place_than_the_own_origin_is_kept() -> None:
    rules = {"startsWith": f"{SITE}/officiel/"}

    assert answer(checked(assertion(), site(issuer=profile(verification=rules)))) == (
        FAILED,
        ["hosted.out_of_scope"],
    )


def test_a_page_that_says_it_is_another_is_not_taken_for_that() -> None:
    """A site of one's own that serves the profile of somebody who is vouched for."""
    evil = "https://evil.example"
    given = assertion(id=f"{evil}/b", badge=badge_class(id=f"{evil}/c", issuer=f"{evil}/i"))
    trust = MemoryTrust({ISSUER: (Voucher("Région", "Les Haies", "registre", date(2026, 1, 1)),)})

    result = checked(given, {f"{evil}/b": given, f"{evil}/i": profile()}, trust=trust)

    assert answer(result) == (FAILED, ["hosted.other_document"])
    assert answer(result, Question.ISSUER)[0] is UNKNOWN
    assert result.issuer_id == f"{evil}/i"


def test_an_address_where_another_badge_lies_is_refused() -> None:
    outcome, codes = answer(checked(assertion(), site(home=assertion(id=f"{SITE}/b/8"))))

    assert (outcome, codes) == (FAILED, ["hosted.other_document"])


# — Hosted: out of reach —


def test_without_a_network_nothing_is_known() -> None:
    result = open_badges_2.check(
        assertion(), at=NOW, policy=Policy(resolver=Resolver(fetcher=None), offline=True)
    )

    assert answer(result) == (UNKNOWN, ["hosted.offline", "hosted.offline"])
    assert answer(result, Question.VALID) == (UNKNOWN, ["status.offline"])
    assert result.credential is not None
    assert result.credential.holder.identifier == "camille@example.org"


@pytest.mark.parametrize("page", ["home", "badge", "issuer"])
def test_any_page_out_of_reach_leaves_it_open(page: str) -> None:
    outcome, codes = answer(checked(assertion(), site(**{page: None})))

    assert (outcome, set(codes)) == (UNKNOWN, {"hosted.unreachable"})


@pytest.mark.parametrize(
    "body",
    [b"<html>", b"[]", b"\xff", b"{" * 200_000, b'"' + b"x" * MAX_DOCUMENT_BYTES + b'"'],
    ids=["page", "list", "bytes", "deep", "large"],
)
def test_a_page_that_is_no_json_object_leaves_it_open(body: bytes) -> None:
    assert answer(checked(assertion(), site(home=body))) == (UNKNOWN, ["hosted.unreachable"])


@pytest.mark.parametrize("page", ["home", "issuer"])
def test_an_object_about_something_else_leaves_it_open(page: str) -> None:
    """As a site that is out of order answers, with the status of one that is not."""
    outcome, codes = answer(checked(assertion(), site(**{page: {"error": "maintenance"}})))

    assert (outcome, codes) == (UNKNOWN, ["hosted.unreadable"])


def test_gone_is_how_a_hosted_badge_is_revoked() -> None:
    pages = fetcher(site(home=None), 410)

    result = checked(assertion(), pages)

    assert answer(result) == (UNKNOWN, ["hosted.gone"])
    assert answer(result, Question.VALID) == (FAILED, ["status.revoked"])


def test_not_found_is_said_and_judges_nothing() -> None:
    result = checked(assertion(), fetcher(site(home=None), 404))

    assert answer(result) == (UNKNOWN, ["hosted.not_found"])
    assert answer(result, Question.VALID) == (UNKNOWN, ["hosted.not_found"])


@pytest.mark.parametrize("flag", [True, "true", "TRUE"])
def test_a_revoked_copy_says_so(flag: object) -> None:
    hosted = assertion(revoked=flag, revocationReason="Erreur de nom.")

    result = checked(assertion(), site(home=hosted))

    assert answer(result) == (PASSED, [])
    assert answer(result, Question.VALID) == (FAILED, ["status.revoked"])
    assert facts(result, "revocation") == {"reason": "Erreur de nom."}


def test_a_revoked_copy_may_be_emptied() -> None:
    result = checked(assertion(), site(home={"id": HOME, "revoked": True}))

    assert answer(result) == (UNKNOWN, ["hosted.unconfirmed"])
    assert answer(result, Question.VALID) == (FAILED, ["status.revoked"])
    assert result.credential is not None


def test_a_flag_that_cannot_be_read_is_no_answer() -> None:
    assert answer(checked(assertion(), site(home=assertion(revoked=3))), Question.VALID) == (
        UNKNOWN,
        ["status.invalid"],
    )


@pytest.mark.parametrize(
    "address",
    [
        "http://haies.example.org/b/7",
        "file:///etc/passwd",
        "urn:uuid:7d9f6a52-51a3-4a63-9f0d-0d5f3f1a2b3c",
        "https://user:secret@haies.example.org/b/7",
        "https://haies.example.org/b/../b/7",
        "https://haies.example.org/b 7",
        "javascript:alert(1)",
        "x" * 5_000,
    ],
    ids=["http", "file", "urn", "user", "dots", "space", "script", "long"],
)
def test_no_address_but_plain_https_is_asked(address: str) -> None:
    pages = fetcher({**site(), address: assertion(id=address)})

    result = checked(assertion(id=address), pages)

    assert answer(result)[0] is UNKNOWN
    assert "hosted.not_https" in answer(result)[1]
    assert address not in pages.asked


def test_http_links_are_not_followed() -> None:
    address = "http://haies.example.org/classes/haie"
    given = assertion(badge=address)
    pages = fetcher(site(home=given) | {address: badge_class(id=address)})

    assert answer(checked(given, pages)) == (UNKNOWN, ["hosted.not_https"])
    assert pages.asked == [HOME]


def test_an_http_address_alone_is_not_followed() -> None:
    result = checked(b"http://haies.example.org/b/7")

    assert (result.credential, result.document, result.issuer_id) == (None, None, "")
    assert answer(result) == (UNKNOWN, ["hosted.not_https"])
    assert answer(result, Question.VALID)[0] is UNKNOWN


@pytest.mark.parametrize(
    "changes",
    [{"badge": HOME}, {"badge": {"id": HOME, "issuer": HOME}}, {"badge": ISSUER}],
    ids=["itself", "all-itself", "issuer"],
)
def test_loops_end(changes: dict[str, Any]) -> None:
    given = assertion(**changes)
    pages = fetcher(site(home=given, issuer=profile(issuer=HOME)))

    checked(given, pages)

    assert len(pages.asked) <= MAX_FETCHES
    assert len(set(pages.asked)) == len(pages.asked)


def test_a_chain_of_addresses_is_not_followed_for_ever() -> None:
    """An address leads to an assertion that says it lies at another one, and so on."""
    pages = {f"{SITE}/b/{number}": assertion(id=f"{SITE}/b/{number + 1}") for number in range(20)}
    source = fetcher(pages)

    result = checked(f"{SITE}/b/0", source)

    assert answer(result)[0] is FAILED
    assert len(source.asked) <= MAX_FETCHES


def test_an_address_of_something_else_is_no_badge() -> None:
    with pytest.raises(NothingFoundError):
        checked(CLASS)


# — Signed —

RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem(key: Any) -> str:
    public = key.public_key() if hasattr(key, "public_key") else key
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    written: bytes = public.public_bytes(serialization.Encoding.PEM, form)
    return written.decode()


def key_page(key: Any = RSA_KEY, **changes: Any) -> dict[str, Any]:
    document = {"type": "CryptographicKey", "id": KEY, "owner": ISSUER, "publicKeyPem": pem(key)}
    return without_nothing(document, changes)


def signed_assertion(**changes: Any) -> dict[str, Any]:
    return assertion(
        **{"id": "urn:uuid:1", "verification": {"type": "SignedBadge", "creator": KEY}, **changes}
    )


def token(payload: Mapping[str, Any] | None = None, key: rsa.RSAPrivateKey = RSA_KEY, **header: Any) -> str:
    """A JWS with RS256, the algorithm that the standard recommends."""
    head = base64url_encode(json.dumps({"alg": "RS256", **header}).encode())
    body = base64url_encode(json.dumps(signed_assertion() if payload is None else payload).encode())
    signature = key.sign(f"{head}.{body}".encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{head}.{body}.{base64url_encode(signature)}"


def signed_site(**changes: Any) -> Pages:
    pages = {"home": None, "issuer": profile(publicKey=KEY), "key": key_page(), **changes}
    return site(**pages)


def test_a_signed_badge_is_read_and_verified_whole() -> None:
    pages = fetcher(signed_site())

    result = checked(token(), pages)

    assert answer(result) == (PASSED, [])
    assert answer(result, Question.VALID) == (PASSED, [])
    assert facts(result, "proof") == {"algorithm": "RS256", "verification_method": KEY}
    assert result.credential is not None
    assert result.credential.id == "urn:uuid:1"
    assert pages.asked == [CLASS, ISSUER, KEY]


@pytest.mark.parametrize("kind", ["EdDSA", "ES256"])
def test_other_algorithms_are_read(kind: str) -> None:
    seed = (7).to_bytes(32, "big")
    signer: Signer = (
        key_signer(7) if kind == "EdDSA" else EcdsaSigner.from_scalar(KeyType.P256, seed, "did:key:z#z")
    )
    key: Any = (
        ed25519.Ed25519PrivateKey.from_private_bytes(seed)
        if kind == "EdDSA"
        else ec.derive_private_key(7, ec.SECP256R1())
    )
    jws = jose.sign(json.dumps(signed_assertion()).encode(), signer=signer, typ="JWT")

    assert answer(checked(jws, signed_site(key=key_page(key)))) == (PASSED, [])


def test_the_verifier_chooses_the_algorithms() -> None:
    result = checked(token(), signed_site(), algorithms=frozenset({"EdDSA"}))

    assert answer(result) == (UNKNOWN, ["proof.unsupported"])


def test_keys_may_be_written_out_in_the_profile() -> None:
    keys = [{"id": f"{ISSUER}#0", "publicKeyPem": pem(OTHER_RSA_KEY)}, key_page()]
    no_creator = signed_assertion(verification={"type": "signed"})

    result = checked(token(no_creator), signed_site(issuer=profile(publicKey=keys), key=None))

    assert answer(result) == (PASSED, [])
    assert facts(result, "proof")["verification_method"] == KEY


def test_a_changed_word_is_found() -> None:
    head, body, signature = token().split(".")
    changed = base64url_encode(json.dumps(signed_assertion(issuedOn="2020-01-01T00:00:00Z")).encode())

    assert answer(checked(f"{head}.{changed}.{signature}", signed_site())) == (FAILED, ["proof.mismatch"])
    assert body != changed


def test_a_signed_badge_without_its_signature_is_none() -> None:
    assert answer(checked(signed_assertion(), signed_site())) == (FAILED, ["proof.missing"])


def test_none_and_shared_secrets_are_no_signature() -> None:
    body = base64url_encode(json.dumps(signed_assertion()).encode())
    for algorithm, code in (("none", "proof.missing"), ("HS256", "proof.invalid")):
        head = base64url_encode(json.dumps({"alg": algorithm}).encode())
        assert answer(checked(f"{head}.{body}.AAAA", signed_site())) == (FAILED, [code])


OTHER_ISSUER = "https://evil.example/i"
FOREIGN: dict[str, Pages] = {
    "the key names another owner": signed_site(key=key_page(owner=OTHER_ISSUER)),
    "the key names no owner": signed_site(key=key_page(owner=None)),
    "the profile names another key": signed_site(issuer=profile(publicKey=f"{SITE}/cles/2")),
    "the profile names no key": signed_site(issuer=profile()),
    "the written key is another's": signed_site(
        issuer=profile(publicKey=key_page(owner=OTHER_ISSUER)), key=None
    ),
}


@pytest.mark.parametrize("case", FOREIGN)
def test_a_key_of_another_issuer_is_refused(case: str) -> None:
    assert answer(checked(token(), FOREIGN[case])) == (FAILED, ["proof.wrong_key"])


def test_a_key_brought_along_is_not_looked_at() -> None:
    """The badge points to the signer's own key, and to a profile of somebody else."""
    own = "https://evil.example/key"
    payload = signed_assertion(verification={"type": "SignedBadge", "creator": own})
    pages = signed_site() | {own: key_page(OTHER_RSA_KEY, id=own)}
    source = fetcher(pages)

    result = checked(token(payload, OTHER_RSA_KEY, jwk={}), source)

    assert answer(result) == (FAILED, ["proof.wrong_key"])
    assert own not in source.asked


def test_an_embedded_profile_names_no_keys() -> None:
    forged = profile(publicKey=key_page(OTHER_RSA_KEY))
    payload = signed_assertion(badge=badge_class(issuer=forged), verification={"type": "signed"})

    assert answer(checked(token(payload, OTHER_RSA_KEY), signed_site())) == (FAILED, ["proof.mismatch"])
    assert answer(checked(token(payload, OTHER_RSA_KEY), signed_site(issuer=None)))[0] is UNKNOWN


def test_a_class_of_somebody_else_written_out_is_refused() -> None:
    theirs = f"{FAR}/classes/haie"
    payload = signed_assertion(badge=badge_class(id=theirs))
    served = badge_class(id=theirs, issuer=f"{FAR}/association")

    assert answer(checked(token(payload), signed_site())) == (UNKNOWN, ["hosted.unreachable"])
    assert answer(checked(token(payload), signed_site() | {theirs: served})) == (
        FAILED,
        ["hosted.out_of_scope"],
    )
    assert answer(checked(token(payload), signed_site() | {theirs: badge_class(id=theirs)})) == (PASSED, [])


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (None, "hosted.unreachable"),
        (key_page(publicKeyPem="-----BEGIN PUBLIC KEY-----"), "key.invalid"),
        (key_page(publicKeyPem=3), "key.invalid"),
        (key_page(publicKeyPem=None), "key.invalid"),
        (
            key_page(publicKeyPem=pem(rsa.generate_private_key(public_exponent=65537, key_size=1024))),
            "key.invalid",
        ),
        (key_page(publicKeyPem=pem(ec.generate_private_key(ec.SECP256K1()))), "key.invalid"),
    ],
    ids=["absent", "half", "number", "none", "weak", "curve"],
)
def test_a_key_that_cannot_be_used_leaves_it_open(page: Any, code: str) -> None:
    assert answer(checked(token(), signed_site(key=page))) == (UNKNOWN, [code])


def test_a_key_of_another_kind_is_refused() -> None:
    page = key_page(ec.generate_private_key(ec.SECP256R1()))

    assert answer(checked(token(), signed_site(key=page))) == (FAILED, ["proof.invalid"])


def test_a_key_that_is_another_document_is_refused() -> None:
    assert answer(checked(token(), signed_site(key=key_page(id=f"{SITE}/cles/2")))) == (
        FAILED,
        ["hosted.other_document"],
    )


# — Signed: revocations —


def with_list(page: Any) -> Pages:
    return signed_site(issuer=profile(publicKey=KEY, revocationList=LIST), list=page)


def revocations(*entries: Any, **changes: Any) -> dict[str, Any]:
    document = {"type": "RevocationList", "id": LIST, "issuer": ISSUER, "revokedAssertions": list(entries)}
    return without_nothing(document, changes)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (revocations(), (PASSED, [])),
        (revocations("urn:uuid:2", {"id": "urn:uuid:3"}), (PASSED, [])),
        (revocations("urn:uuid:1"), (FAILED, ["status.revoked"])),
        (revocations({"id": "urn:uuid:1", "revocationReason": "x"}), (FAILED, ["status.revoked"])),
        (revocations({"uid": "b-7"}), (FAILED, ["status.revoked"])),
        (revocations(revokedAssertions="urn:uuid:1"), (FAILED, ["status.revoked"])),
        (revocations({"id": "urn:uuid:1", "revoked": False}), (PASSED, [])),
        ({"b-7": "Erreur"}, (FAILED, ["status.revoked"])),
        ({"b-7": None}, (FAILED, ["status.revoked"])),
        # It may be a list of 1.x, or the answer of a site that is out of order.
        ({"b-8": "Erreur"}, (UNKNOWN, ["status.invalid"])),
        ({"error": "maintenance"}, (UNKNOWN, ["status.invalid"])),
        (revocations({}, "urn:uuid:1"), (FAILED, ["status.revoked"])),
        (revocations(3), (UNKNOWN, ["status.invalid"])),
        (revocations(revokedAssertions=None), (UNKNOWN, ["status.invalid"])),
        (revocations(issuer=OTHER_ISSUER), (UNKNOWN, ["status.invalid"])),
        (None, (UNKNOWN, ["status.unreachable"])),
        (b"<html>", (UNKNOWN, ["status.unreachable"])),
    ],
    ids=str,
)
def test_what_the_issuers_list_says(page: Any, expected: tuple[Outcome, list[str]]) -> None:
    result = checked(token(signed_assertion(uid="b-7")), with_list(page))

    assert answer(result, Question.VALID) == expected
    assert answer(result) == (PASSED, [])


def test_the_last_fetch_is_kept_for_the_list() -> None:
    """Of many keys that are only linked, as many are tried as leave one."""
    links = [f"{SITE}/cles/{number}" for number in range(2, 9)]
    issuer = profile(publicKey=[*links, KEY], revocationList=LIST)
    payload = signed_assertion(verification={"type": "signed"})
    source = fetcher(signed_site(issuer=issuer, list=revocations("urn:uuid:1")))

    result = checked(token(payload), source)

    assert answer(result) == (UNKNOWN, ["hosted.too_many"])
    assert answer(result, Question.VALID) == (FAILED, ["status.revoked"])
    assert len(source.asked) == MAX_FETCHES


def test_a_signed_badge_out_of_reach_is_not_known() -> None:
    result = checked(token(), signed_site(issuer=None))

    assert answer(result) == (UNKNOWN, ["hosted.unreachable", "hosted.unreachable"])
    assert answer(result, Question.VALID) == (UNKNOWN, ["status.unreachable"])


# — Validity —


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"expires": "2026-06-02T08:00:00Z"}, (PASSED, [])),
        ({"expires": "2026-06-02T07:59:59Z"}, (FAILED, ["validity.expired"])),
        ({"expires": "2026-06-02"}, (PASSED, [])),
        ({"expires": "2026-06-01"}, (FAILED, ["validity.expired"])),
        ({"expires": 1_780_149_600}, (FAILED, ["validity.expired"])),
        ({"expires": "un jour"}, (UNKNOWN, ["validity.unreadable"])),
        ({"expires": ["2030-01-01T00:00:00Z"]}, (UNKNOWN, ["validity.unreadable"])),
        ({"issuedOn": "2026-06-02T09:00:00Z"}, (FAILED, ["validity.not_yet"])),
        ({"issuedOn": "2026-06-02T08:04:00Z"}, (PASSED, [])),
    ],
    ids=str,
)
def test_when_it_holds(changes: dict[str, Any], expected: tuple[Outcome, list[str]]) -> None:
    given = assertion(**changes)

    assert answer(checked(given, site(home=given)), Question.VALID) == expected


# — Older and other shapes —


def test_a_hosted_badge_of_1_0_is_verified() -> None:
    old = {
        "uid": "b-7",
        "recipient": {"type": "email", "hashed": False, "identity": "camille@example.org"},
        "issuedOn": 1_780_149_600,
        "badge": CLASS,
        "verify": {"type": "hosted", "url": HOME},
    }
    pages = site(
        home=old,
        badge=badge_class(id=None, type=None, criteria=f"{SITE}/haie.html"),
        issuer=profile(id=None, type=None),
    )

    result = checked(old, pages)

    assert answer(result) == (PASSED, [])
    assert result.issuer_id == ISSUER
    assert result.credential is not None
    assert (result.credential.id, result.credential.issuer.id) == (HOME, ISSUER)
    assert result.credential.awarded_on == datetime(2026, 5, 30, tzinfo=UTC).date()


def test_a_copy_of_1_0_at_another_place_is_another() -> None:
    old = assertion(id=None, verification=None, verify={"type": "hosted", "url": f"{FAR}/b/7"})
    theirs = assertion(id=None, verification=None, verify={"type": "hosted", "url": HOME})

    assert answer(checked(old, site() | {f"{FAR}/b/7": theirs})) == (
        FAILED,
        ["hosted.other_document", "hosted.out_of_scope"],
    )


# — A key in a file, as 1.x has it —

PEM_FILE = f"{SITE}/key.pem"


def signed_of_1_x(url: str = PEM_FILE) -> dict[str, Any]:
    return assertion(id=None, uid="b-7", verification=None, verify={"type": "signed", "url": url})


def site_of_1_x(**changes: Any) -> Pages:
    pages = {"home": None, PEM_FILE: pem(RSA_KEY).encode(), **changes}
    return site(**pages)


def test_a_signed_badge_of_1_x_is_verified_by_the_file_that_lies_at_its_issuer() -> None:
    pages = fetcher(site_of_1_x())

    result = checked(token(signed_of_1_x()), pages)

    assert answer(result) == (PASSED, [])
    assert facts(result, "proof") == {"algorithm": "RS256", "verification_method": PEM_FILE}
    assert [source.url for source in result.provenance if source.role == "key"] == [PEM_FILE]


@pytest.mark.parametrize(
    ("given", "pages", "expected"),
    [
        (
            signed_of_1_x(f"{FAR}/key.pem"),
            {f"{FAR}/key.pem": pem(RSA_KEY).encode()},
            (FAILED, "proof.wrong_key"),
        ),
        (signed_of_1_x("http://haies.example.org/key.pem"), {}, (FAILED, "proof.wrong_key")),
        (signed_of_1_x(), {PEM_FILE: pem(OTHER_RSA_KEY).encode()}, (FAILED, "proof.mismatch")),
        (signed_of_1_x(), {PEM_FILE: None}, (UNKNOWN, "hosted.unreachable")),
        (signed_of_1_x(), {PEM_FILE: b"<html>"}, (UNKNOWN, "key.invalid")),
        (signed_of_1_x(), {PEM_FILE: "é".encode()}, (UNKNOWN, "key.invalid")),
        # A profile that names its keys is asked for them, and not the assertion.
        (
            signed_of_1_x(),
            {"issuer": profile(publicKey=KEY), "key": key_page(OTHER_RSA_KEY)},
            (FAILED, "proof.mismatch"),
        ),
    ],
    ids=[
        "elsewhere",
        "not https",
        "another key",
        "out of reach",
        "a page",
        "no ASCII",
        "the profile names one",
    ],
)
def test_a_file_that_shows_nothing(
    given: dict[str, Any], pages: Pages, expected: tuple[Outcome, str]
) -> None:
    outcome, codes = answer(checked(token(given), site_of_1_x(**pages)))

    assert (outcome, codes[0]) == expected


# — Redirections —


class Redirecting(MemoryFetcher):
    """A fetcher that followed redirections, and says where it came to."""

    def __init__(self, pages: Pages, places: Mapping[str, str]) -> None:
        super().__init__({url: json.dumps(page).encode() for url, page in pages.items()})
        self._places = places

    def fetch(self, url: str, *, max_bytes: int) -> Fetched:
        return replace(super().fetch(url, max_bytes=max_bytes), url=self._places.get(url, url))


@pytest.mark.parametrize("page", [HOME, CLASS, ISSUER])
def test_what_another_site_answers_is_not_taken_for_the_site_that_was_asked(page: str) -> None:
    near, far = (Redirecting(site(), {page: f"{place}/ailleurs"}) for place in (SITE, FAR))

    assert answer(checked(assertion(), near)) == (PASSED, [])
    assert answer(checked(assertion(), far))[0] is UNKNOWN
    assert "hosted.redirected" in answer(checked(assertion(), far))[1]


def test_another_way_to_verify_is_said_not_to_be_read() -> None:
    given = assertion(verification={"type": ["MerkleProofVerification2017", "Extension"]})

    result = checked(given)

    assert answer(result) == (UNKNOWN, ["proof.unsupported"])
    assert answer(result, Question.VALID) == (UNKNOWN, ["status.unsupported"])


@pytest.mark.parametrize(
    "context", [None, "https://example.org/own", [{"foo": "https://example.org/foo"}, 3], {}]
)
def test_contexts_are_not_looked_at(context: Any) -> None:
    assert answer(checked(assertion(**{"@context": context}))) == (PASSED, [])


@pytest.mark.parametrize("missing", ["recipient", "badge", "issuedOn"])
def test_what_must_be_there_is_missed(missing: str) -> None:
    given = assertion(**{missing: None})

    assert answer(checked(given, site(home=given)))[0] is not PASSED


def test_without_an_issuer_nobody_says_so() -> None:
    result = checked(assertion(), site(badge=badge_class(issuer=None)))

    assert answer(result) == (UNKNOWN, ["hosted.no_issuer"])
    assert answer(result, Question.ISSUER)[0] is UNKNOWN


# — Anything at all —

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.text(max_size=5),
    st.sampled_from(
        [HOME, CLASS, ISSUER, KEY, LIST, "hosted", "signed", "Assertion", "2026-05-30", "http://a.b/"]
    ),
)
NAMES = sorted(
    {*assertion(), *badge_class(), *profile(), *key_page(), *revocations(), "verify", "@id", "uid", "revoked"}
    | {
        "creator",
        "startsWith",
        "allowedOrigins",
        "identity",
        "hashed",
        "publicKey",
        "revocationList",
        "expires",
    }
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)
CHANGED = st.dictionaries(st.sampled_from(NAMES), JSON, max_size=4)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(CHANGED, CHANGED, CHANGED, CHANGED, CHANGED, CHANGED, st.booleans())
def test_wrong_types_anywhere_never_pass_for_an_accident(
    given_: dict[str, Any],
    home: dict[str, Any],
    badge: dict[str, Any],
    issuer: dict[str, Any],
    key: dict[str, Any],
    listed: dict[str, Any],
    is_signed: bool,
) -> None:
    pages = fetcher(
        {
            HOME: assertion() | home,
            CLASS: badge_class() | badge,
            ISSUER: profile(publicKey=KEY, revocationList=LIST) | issuer,
            KEY: key_page() | key,
            LIST: revocations() | listed,
        }
    )
    payload = (signed_assertion() if is_signed else assertion()) | given_
    data: Any = token(payload) if is_signed else deepcopy(payload)

    with contextlib.suppress(UnreadableError, DataModelError):
        result = checked(data, pages)
        assert result.checks
        assert {check.question for check in result.checks} == set(Question)
    assert len(pages.asked) <= MAX_FETCHES
    assert all(url.startswith("https://") for url in pages.asked)


@given(st.binary(max_size=80))
def test_any_bytes_give_a_report_or_a_reason(data: bytes) -> None:
    with contextlib.suppress(UnreadableError, DataModelError):
        checked(data)


def test_what_was_read_already_is_taken_as_it_is() -> None:
    read = badges.read(json.dumps(assertion()))

    assert (
        checked(json.dumps(assertion())).checks
        == open_badges_2.check(read, at=NOW, policy=Policy(resolver=Resolver(fetcher=fetcher(site())))).checks
    )
