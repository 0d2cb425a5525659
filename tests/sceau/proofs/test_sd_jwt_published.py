"""
The published examples: those of the standard letter by letter, and each specification of an example, made by
the authors' own library and by ours, read by both.

Source:
    draft-ietf-oauth-selective-disclosure-jwt-20, sections 5, 8.2 and 8.3 (the text that became RFC 9901);
    `../shared/vectors/sd-jwt` and `sd-jwt-vc`, which are read where they lie.
"""

from __future__ import annotations

import json
import random
import textwrap
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography.hazmat.primitives.asymmetric import ec
from jwcrypto.jwk import JWK
from sd_jwt.common import SDObj
from sd_jwt.holder import SDJWTHolder
from sd_jwt.issuer import SDJWTIssuer
from sd_jwt.utils.yaml_specification import load_yaml_specification, remove_sdobj_wrappers
from sd_jwt.verifier import SDJWTVerifier

from sceau.keys import jwk
from sceau.keys.jwk import base64url_decode
from sceau.keys.signer import EcdsaSigner
from sceau.proofs import jose, key_binding, sd_jwt
from sceau.proofs.sd_jwt import Disclosable, SdJwt

ALGORITHMS = {"ES256"}
AUDIENCE, NONCE = "https://verifier.example.org", "1234567890"
ISSUER = jwk.decode(
    {
        "kty": "EC",
        "crv": "P-256",
        "x": "b28d4MwZMjw8-00CG4xfnn9SLMVMM19SlqZpVb_uNtQ",
        "y": "Xv5zWwuoaTgdS6hV43yI6gBwTnjukmFQQnJ_kCxzqk8",
    }
)
SECOND_ISSUER = jwk.decode(
    {
        "kty": "EC",
        "crv": "P-256",
        "x": "bN-hp3IN0GZB3OlaQnHDPhY4nZsZbQyo4wY-y1NWCvA",
        "y": "vaSsH5jt9zt3aQvTvrSaFYLyjPG9Ug-2vntoNXlCbVU",
    }
)
HOLDER = {
    "kty": "EC",
    "crv": "P-256",
    "x": "TCAER19Zvu3OHF4j4W4vfSVoHIP1ILilDls7vCeGemc",
    "y": "ZxjiWWbZMQGHVWKVQ4hbSIirsVfuecCE6t4jT9F2HZQ",
}


def unwrapped(text: str) -> str:
    return "".join(textwrap.dedent(text).split())


TOKEN = unwrapped(
    """
    eyJhbGciOiAiRVMyNTYiLCAidHlwIjogImV4YW1wbGUrc2Qtand0In0.eyJfc2QiOiBb
    IkNyUWU3UzVrcUJBSHQtbk1ZWGdjNmJkdDJTSDVhVFkxc1VfTS1QZ2tqUEkiLCAiSnpZ
    akg0c3ZsaUgwUjNQeUVNZmVadTZKdDY5dTVxZWhabzdGN0VQWWxTRSIsICJQb3JGYnBL
    dVZ1Nnh5bUphZ3ZrRnNGWEFiUm9jMkpHbEFVQTJCQTRvN2NJIiwgIlRHZjRvTGJnd2Q1
    SlFhSHlLVlFaVTlVZEdFMHc1cnREc3JaemZVYW9tTG8iLCAiWFFfM2tQS3QxWHlYN0tB
    TmtxVlI2eVoyVmE1TnJQSXZQWWJ5TXZSS0JNTSIsICJYekZyendzY002R242Q0pEYzZ2
    Vks4QmtNbmZHOHZPU0tmcFBJWmRBZmRFIiwgImdiT3NJNEVkcTJ4Mkt3LXc1d1BFemFr
    b2I5aFYxY1JEMEFUTjNvUUw5Sk0iLCAianN1OXlWdWx3UVFsaEZsTV8zSmx6TWFTRnpn
    bGhRRzBEcGZheVF3TFVLNCJdLCAiaXNzIjogImh0dHBzOi8vaXNzdWVyLmV4YW1wbGUu
    Y29tIiwgImlhdCI6IDE2ODMwMDAwMDAsICJleHAiOiAxODgzMDAwMDAwLCAic3ViIjog
    InVzZXJfNDIiLCAibmF0aW9uYWxpdGllcyI6IFt7Ii4uLiI6ICJwRm5kamtaX1ZDem15
    VGE2VWpsWm8zZGgta284YUlLUWM5RGxHemhhVllvIn0sIHsiLi4uIjogIjdDZjZKa1B1
    ZHJ5M2xjYndIZ2VaOGtoQXYxVTFPU2xlclAwVmtCSnJXWjAifV0sICJfc2RfYWxnIjog
    InNoYS0yNTYiLCAiY25mIjogeyJqd2siOiB7Imt0eSI6ICJFQyIsICJjcnYiOiAiUC0y
    NTYiLCAieCI6ICJUQ0FFUjE5WnZ1M09IRjRqNFc0dmZTVm9ISVAxSUxpbERsczd2Q2VH
    ZW1jIiwgInkiOiAiWnhqaVdXYlpNUUdIVldLVlE0aGJTSWlyc1ZmdWVjQ0U2dDRqVDlG
    MkhaUSJ9fX0.zjhXTlVnC9cFuDlL7JuR2TK7DCo0XtlMpbuNVNZJhWOkCPsRHn9oHNQk
    I02D6YziRYsapgbA_tV4-0LmAfA53Q
    """
)
# What each digest stands for, as section 5.1 lists them.
DISCLOSED = {
    "jsu9yVulwQQlhFlM_3JlzMaSFzglhQG0DpfayQwLUK4": ["2GLC42sKQveCfGfryNRN9w", "given_name", "John"],
    "TGf4oLbgwd5JQaHyKVQZU9UdGE0w5rtDsrZzfUaomLo": ["eluV5Og3gSNII8EYnsxA_A", "family_name", "Doe"],
    "JzYjH4svliH0R3PyEMfeZu6Jt69u5qehZo7F7EPYlSE": ["6Ij7tM-a5iVPGboS5tmvVA", "email", "johndoe@example.com"],
    "PorFbpKuVu6xymJagvkFsFXAbRoc2JGlAUA2BA4o7cI": [
        "eI8ZWm9QnKPpNPeNenHdhQ",
        "phone_number",
        "+1-202-555-0101",
    ],
    "XQ_3kPKt1XyX7KANkqVR6yZ2Va5NrPIvPYbyMvRKBMM": ["Qg_O64zqAxe412a108iroA", "phone_number_verified", True],
    "XzFrzwscM6Gn6CJDc6vVK8BkMnfG8vOSKfpPIZdAfdE": [
        "AJx-095VPrpTtN4QMOqROA",
        "address",
        {"street_address": "123 Main St", "locality": "Anytown", "region": "Anystate", "country": "US"},
    ],
    "gbOsI4Edq2x2Kw-w5wPEzakob9hV1cRD0ATN3oQL9JM": ["Pc33JM2LchcU_lHggv_ufQ", "birthdate", "1940-01-01"],
    "CrQe7S5kqBAHt-nMYXgc6bdt2SH5aTY1sU_M-PgkjPI": ["G02NSrQfjFXQ7Io09syajA", "updated_at", 1570000000],
    "pFndjkZ_VCzmyTa6UjlZo3dh-ko8aIKQc9DlGzhaVYo": ["lklxF5jMYlGTPUovMNIvCA", "US"],
    "7Cf6JkPudry3lcbwHgeZ8khAv1U1OSlerP0VkBJrWZ0": ["nPuoQnkRFq3BIeAm7AnXFA", "DE"],
}
BINDING = unwrapped(
    """
    eyJhbGciOiAiRVMyNTYiLCA
    idHlwIjogImtiK2p3dCJ9.eyJub25jZSI6ICIxMjM0NTY3ODkwIiwgImF1ZCI6ICJodH
    RwczovL3ZlcmlmaWVyLmV4YW1wbGUub3JnIiwgImlhdCI6IDE3NDgzNjE5NDEsICJzZF
    9oYXNoIjogIjEtTGNmNkNpQm1QNzJKREZ1QkYwYnZhbFMtRnpJbFh5aUNrSlhwN3BKbW
    MifQ.4OCivqequv7GMn45GWWEBceEwvByv9wY61HvxbOKY0pOxyto9-HG2coh1D3frjl
    1AhF-vDnB1CD0SXL32P-toA
    """
)
BOUND_AT = datetime.fromtimestamp(1748361941, UTC)
JSON_PAYLOAD = unwrapped(
    """
    eyJfc2QiOiBbIjRIQm42YUlZM1d0dUdHV1R4LXFVajZjZGs2V0JwWn
    lnbHRkRmF2UGE3TFkiLCAiOHNtMVFDZjAyMXBObkhBQ0k1c1A0bTRLWmd5Tk9PQV
    ljVGo5SE5hQzF3WSIsICJjZ0ZkaHFQbzgzeFlObEpmYWNhQ2FhN3VQOVJDUjUwVk
    U1UjRMQVE5aXFVIiwgImpNQ1hWei0tOWI4eDM3WWNvRGZYUWluencxd1pjY2NmRl
    JCQ0ZHcWRHMm8iXSwgImlzcyI6ICJodHRwczovL2lzc3Vlci5leGFtcGxlLmNvbS
    IsICJpYXQiOiAxNjgzMDAwMDAwLCAiZXhwIjogMTg4MzAwMDAwMCwgIl9zZF9hbG
    ciOiAic2hhLTI1NiIsICJjbmYiOiB7Imp3ayI6IHsia3R5IjogIkVDIiwgImNydi
    I6ICJQLTI1NiIsICJ4IjogIlRDQUVSMTladnUzT0hGNGo0VzR2ZlNWb0hJUDFJTG
    lsRGxzN3ZDZUdlbWMiLCAieSI6ICJaeGppV1diWk1RR0hWV0tWUTRoYlNJaXJzVm
    Z1ZWNDRTZ0NGpUOUYySFpRIn19fQ
    """
)
PROTECTED = "eyJhbGciOiAiRVMyNTYiLCAidHlwIjogImV4YW1wbGUrc2Qtand0In0"
GIVEN_NAME = "WyJlbHVWNU9nM2dTTklJOEVZbnN4QV9BIiwgImdpdmVuX25hbWUiLCAiSm9obiJd"
FAMILY_NAME = "WyI2SWo3dE0tYTVpVlBHYm9TNXRtdlZBIiwgImZhbWlseV9uYW1lIiwgIkRvZSJd"
SUB = "WyIyR0xDNDJzS1F2ZUNmR2ZyeU5STjl3IiwgInN1YiIsICJqb2huX2RvZV80MiJd"
BIRTHDATE = "WyJlSThaV205UW5LUHBOUGVOZW5IZGhRIiwgImJpcnRoZGF0ZSIsICIxOTQwLTAxLTAxIl0"
SIGNATURE = "tafypR458Veb7iGfxersENL-OX_w4jQBV37ZuD-8NtyfmsFf7cEnjeKxMbknWYytcjHMqBRrzhBT9-pWWzI7ig"
FLATTENED_ISSUED: dict[str, Any] = {
    "header": {"disclosures": [SUB, GIVEN_NAME, FAMILY_NAME, BIRTHDATE]},
    "payload": JSON_PAYLOAD,
    "protected": PROTECTED,
    "signature": SIGNATURE,
}
FLATTENED: dict[str, Any] = {
    **FLATTENED_ISSUED,
    "header": {
        "disclosures": [FAMILY_NAME, GIVEN_NAME],
        "kb_jwt": unwrapped(
            """
            eyJhbGciOiAiRVMyNTYiLCAidHlwIjogImtiK2p3dCJ9.eyJub25j
            ZSI6ICIxMjM0NTY3ODkwIiwgImF1ZCI6ICJodHRwczovL3ZlcmlmaWVyLmV4YW
            1wbGUub3JnIiwgImlhdCI6IDE3NDgzNjE5NDEsICJzZF9oYXNoIjogIldMNlVJ
            VFQ4MXBMdDlWa2pWUFhFdXF4UXRBNXZKYnM4NEpTVzZ3RExVTlkifQ.ZfEccF_
            zaMG09mo_NQZQl-SezfbHPqLRJZc9C0s0pF0gkFC47hBxE33ugdJF776wa9PhI
            OKZjfXVhdfRMUvpSg
            """
        ),
    },
}
GENERAL: dict[str, Any] = {
    "payload": JSON_PAYLOAD,
    "signatures": [
        {
            "header": {
                "disclosures": [FAMILY_NAME, GIVEN_NAME],
                "kid": "issuer-key-1",
                "kb_jwt": unwrapped(
                    """
                    eyJhbGciOiAiRVMyNTYiLCAidHlwIjogImtiK2p3dCJ9.eyJu
                    b25jZSI6ICIxMjM0NTY3ODkwIiwgImF1ZCI6ICJodHRwczovL3ZlcmlmaW
                    VyLmV4YW1wbGUub3JnIiwgImlhdCI6IDE3NDgzNjE5NDEsICJzZF9oYXNo
                    IjogIkZ6aWZwSmZ5ZXY5YUVidGtmX0RZamJIWWRfMGxLSVNfdWk2U1VxSl
                    Jtd3MifQ.AJb9n2VolMFfP9HOz_an2pOO-38KEWYnQXzu5Trt6rFl6dTNc
                    MWIM9PgHC-EoWQqYq-fV0tsp5qGU8XRjw6QXw
                    """
                ),
            },
            "protected": PROTECTED,
            "signature": "k4cMunVPGV_rxsKMGjb4s9xOyreXNpTKIUKHalfjYBLAlrSi"
            "0D31A86ED1TDJx4sZ5ELekRnKFRZ6hfHvbQcAw",
        },
        {
            "header": {"kid": "issuer-key-2"},
            "protected": PROTECTED,
            "signature": "_OTyMClyNQm_U6V_CxtOkVODcAsVYoZuGOFzOSJu642xz6aZ"
            "zJ3X23fflFm1cLIfolGeKkpkQ0vtNj4EZVnpAQ",
        },
    ],
}
TOKEN_CLAIMS = {
    "iss": "https://issuer.example.com",
    "iat": 1683000000,
    "exp": 1883000000,
    "cnf": {"jwk": HOLDER},
}


def as_written(content: list[Any]) -> str:
    """A disclosure with the spaces that the standard's own software writes."""
    return jwk.base64url_encode(json.dumps(content).encode())


def shown(*salts: str) -> str:
    """The disclosures with these salts, in this order."""
    by_salt = {content[0]: as_written(content) for content in DISCLOSED.values()}
    return "~".join((TOKEN, *(by_salt[salt] for salt in salts), ""))


def verified(found: SdJwt) -> SdJwt:
    jose.verify(found.token, ISSUER, algorithms=ALGORITHMS)
    return found


# The standard, letter by letter.


@pytest.mark.parametrize("digest", DISCLOSED)
def test_the_digest_of_each_disclosure(digest: str) -> None:
    content = DISCLOSED[digest]

    assert sd_jwt.digest(as_written(content)) == digest
    read = sd_jwt.read_disclosure(as_written(content))
    assert [read.salt, *([read.name] if read.name else []), read.value] == content


def test_the_issued_example_with_all_disclosures() -> None:
    text = "~".join((TOKEN, *(as_written(each) for each in DISCLOSED.values()), ""))

    found = verified(sd_jwt.parse(text))

    assert found.compact == text
    assert found.claims() == TOKEN_CLAIMS | {
        "sub": "user_42",
        "given_name": "John",
        "family_name": "Doe",
        "email": "johndoe@example.com",
        "phone_number": "+1-202-555-0101",
        "phone_number_verified": True,
        "address": DISCLOSED["XzFrzwscM6Gn6CJDc6vVK8BkMnfG8vOSKfpPIZdAfdE"][2],
        "birthdate": "1940-01-01",
        "updated_at": 1570000000,
        "nationalities": ["US", "DE"],
    }


def test_the_presented_example_with_its_key_binding() -> None:
    salts = (
        "eluV5Og3gSNII8EYnsxA_A",
        "AJx-095VPrpTtN4QMOqROA",
        "2GLC42sKQveCfGfryNRN9w",
        "lklxF5jMYlGTPUovMNIvCA",
    )

    found = verified(sd_jwt.parse(shown(*salts) + BINDING))

    assert found.claims() == TOKEN_CLAIMS | {
        "sub": "user_42",
        "nationalities": ["US"],
        "family_name": "Doe",
        "given_name": "John",
        "address": DISCLOSED["XzFrzwscM6Gn6CJDc6vVK8BkMnfG8vOSKfpPIZdAfdE"][2],
    }
    assert key_binding.verify(
        found, key=jwk.decode(HOLDER), algorithms=ALGORITHMS, at=BOUND_AT, audience=AUDIENCE, nonce=NONCE
    ) == {
        "nonce": NONCE,
        "aud": AUDIENCE,
        "iat": 1748361941,
        "sd_hash": "1-Lcf6CiBmP72JDFuBF0bvalS-FzIlXyiCkJXp7pJmc",
    }


@pytest.mark.parametrize(
    ("form", "document", "keys", "names"),
    [
        ("issued", FLATTENED_ISSUED, [ISSUER], ["sub", "given_name", "family_name", "birthdate"]),
        ("flattened", FLATTENED, [ISSUER], ["given_name", "family_name"]),
        ("general", GENERAL, [ISSUER, SECOND_ISSUER], ["given_name", "family_name"]),
    ],
    ids=["issued", "flattened", "general"],
)
def test_the_examples_in_json(form: str, document: dict[str, Any], keys: list[Any], names: list[str]) -> None:
    everything = {
        "sub": "john_doe_42",
        "given_name": "John",
        "family_name": "Doe",
        "birthdate": "1940-01-01",
    }

    found = sd_jwt.parse_json(document)

    assert len(found) == len(keys)
    for each, key in zip(found, keys, strict=True):
        jose.verify(each.token, key, algorithms=ALGORITHMS)
        assert each.claims() == TOKEN_CLAIMS | {name: everything[name] for name in names}
    if form != "issued":
        key_binding.verify(
            found[0],
            key=jwk.decode(HOLDER),
            algorithms=ALGORITHMS,
            at=BOUND_AT,
            audience=AUDIENCE,
            nonce=NONCE,
        )
    assert [each.binding for each in found[1:]] == [None] * (len(found) - 1)


# Each published specification, made and read by both sides.

SPECIFICATIONS = (
    *(
        f"sd-jwt/{name}"
        for name in (
            "address_only_flat",
            "address_only_recursive",
            "address_only_structured",
            "address_only_structured_one_open",
            "arf-pid",
            "complex_eidas",
            "complex_eidas_proposal",
            "complex_ekyc",
            "json_serialization_flattened",
            "json_serialization_general",
            "jsonld",
            "simple",
            "simple_structured",
            "w3c-vc",
            "w3c-vc_for_slide_deck",
        )
    ),
    *(f"sd-jwt-vc/{name}" for name in ("01", "02", "03-pid")),
)
MOMENT = datetime(2026, 6, 2, 8, 0, tzinfo=UTC)


class Example:
    """One specification, with the keys of its folder's settings."""

    def __init__(self, folder: Path) -> None:
        settings = yaml.safe_load((folder.parent / "settings.yml").read_text())
        self.specification = load_yaml_specification(folder / "specification.yml")
        keys = settings["key_settings"]
        # The settings of both folders hold one key for issuing.
        self.issuer_jwk = keys["issuer_key"] if "issuer_key" in keys else keys["issuer_keys"][0]
        self.holder_jwk = keys["holder_key"]
        self.iat, self.exp = settings["iat"], settings["exp"]
        self.is_bound = bool(self.specification.get("key_binding"))
        self.seed = settings["random_seed"]

    @property
    def claims(self) -> dict[Any, Any]:
        """The claims with the wrappers of the other library."""
        usual = {"iss": "https://issuer.example.com", "iat": self.iat, "exp": self.exp}
        has_usual = self.specification.get("include_default_claims", True)
        found: dict[Any, Any] = (usual if has_usual else {}) | self.specification["user_claims"]
        return found

    @property
    def chosen(self) -> dict[str, Any]:
        found: dict[str, Any] = self.specification["holder_disclosed_claims"]
        return found

    def issuer(self) -> EcdsaSigner:
        return signer_of(self.issuer_jwk)

    def holder(self) -> EcdsaSigner:
        return signer_of(self.holder_jwk)


@pytest.fixture(params=SPECIFICATIONS)
def example(request: pytest.FixtureRequest, vectors: Path) -> Example:
    return Example(vectors / request.param)


def test_no_specification_is_left_out(vectors: Path) -> None:
    found = [path.parent for folder in ("sd-jwt", "sd-jwt-vc") for path in vectors.glob(f"{folder}/*/*.yml")]

    assert sorted(f"{path.parent.name}/{path.name}" for path in found) == sorted(SPECIFICATIONS)


def signer_of(key: dict[str, str]) -> EcdsaSigner:
    number = int.from_bytes(base64url_decode(key["d"]), "big")
    return EcdsaSigner(ec.derive_private_key(number, ec.SECP256R1()), "did:example:a#key")


def as_ours(value: Any) -> Any:
    """The other library wraps the name of a disclosable claim, ours the value."""
    if isinstance(value, dict):
        return {
            name.value if isinstance(name, SDObj) else name: Disclosable(as_ours(each))
            if isinstance(name, SDObj)
            else as_ours(each)
            for name, each in value.items()
        }
    if isinstance(value, list):
        return [
            Disclosable(as_ours(each.value)) if isinstance(each, SDObj) else as_ours(each) for each in value
        ]
    return value


def their_issuance(example: Example) -> str:
    """What the documents print, made with the same seed: letter by letter but the signature."""
    SDJWTIssuer.unsafe_randomness = True
    random.seed(example.seed)
    try:
        issued = SDJWTIssuer(
            example.claims,
            JWK(**example.issuer_jwk),
            JWK(**example.holder_jwk) if example.is_bound else None,
            add_decoy_claims=example.specification.get("add_decoy_claims", False),
            extra_header_parameters=example.specification.get("extra_header_parameters", {}),
        )
    finally:
        SDJWTIssuer.unsafe_randomness = False
    return str(issued.sd_jwt_issuance)


def our_issuance(example: Example) -> str:
    claims = as_ours(example.claims)
    if example.is_bound:
        claims["cnf"] = {"jwk": {name: value for name, value in example.holder_jwk.items() if name != "d"}}
    return sd_jwt.issue(
        claims,
        signer=example.issuer(),
        typ="example+sd-jwt",
        random=random.Random(example.seed).randbytes,
        decoys=3 if example.specification.get("add_decoy_claims") else 0,
    )


def their_presentation(example: Example, issued: str) -> str:
    holder = SDJWTHolder(issued)
    bound = (NONCE, AUDIENCE, JWK(**example.holder_jwk)) if example.is_bound else ()
    holder.create_presentation(example.chosen, *bound)
    return str(holder.sd_jwt_presentation)


def our_presentation(example: Example, issued: str) -> str:
    selected = sd_jwt.select(sd_jwt.parse(issued), lambda path: is_chosen(example.chosen, path))
    if not example.is_bound:
        return selected.compact
    return key_binding.bind(
        selected, signer=example.holder(), audience=AUDIENCE, nonce=NONCE, created=MOMENT
    ).compact


def is_chosen(chosen: Any, path: tuple[str | int, ...]) -> bool:
    """As the other library takes it: false, null and an empty object choose nothing, but in a list."""
    for step in path:
        if isinstance(chosen, dict) and isinstance(step, str):
            chosen = chosen.get(step)
        elif isinstance(chosen, list) and isinstance(step, int) and step < len(chosen):
            chosen = chosen[step]
        else:
            return False
    return chosen is not None and chosen is not False and (chosen != {} or isinstance(path[-1], int))


def their_reading(example: Example, presented: str) -> Any:
    asked = (AUDIENCE, NONCE) if example.is_bound else ()
    return SDJWTVerifier(
        presented, lambda issuer, header: JWK(**example.issuer_jwk), *asked
    ).get_verified_payload()


def our_reading(example: Example, presented: str) -> dict[str, Any]:
    found = sd_jwt.parse(presented)
    jose.verify(found.token, example.issuer().public_key, algorithms=ALGORITHMS)
    if example.is_bound:
        key = key_binding.holder_key(found.claims())
        assert key is not None
        key_binding.verify(
            found,
            key=jwk.decode(key),
            algorithms=ALGORITHMS,
            at=datetime.now(UTC) + timedelta(minutes=1),
            audience=AUDIENCE,
            nonce=NONCE,
        )
    return found.claims()


@pytest.mark.parametrize("issuance", [their_issuance, our_issuance], ids=["theirs", "ours"])
def test_everything_disclosed_is_what_was_to_be_said(
    example: Example, issuance: Callable[[Example], str]
) -> None:
    said = remove_sdobj_wrappers(example.claims)

    found = sd_jwt.parse(issuance(example))

    claims = found.claims()
    if example.is_bound:
        claims.pop("cnf")
    assert claims == said
    jose.verify(found.token, example.issuer().public_key, algorithms=ALGORITHMS)


@pytest.mark.parametrize("presentation", [their_presentation, our_presentation], ids=["theirs", "ours"])
@pytest.mark.parametrize("issuance", [their_issuance, our_issuance], ids=["theirs", "ours"])
def test_both_read_the_same(
    example: Example, issuance: Callable[[Example], str], presentation: Callable[[Example, str], str]
) -> None:
    presented = presentation(example, issuance(example))

    assert our_reading(example, presented) == their_reading(example, presented)


@pytest.mark.parametrize("issuance", [their_issuance, our_issuance], ids=["theirs", "ours"])
def test_both_choose_the_same(example: Example, issuance: Callable[[Example], str]) -> None:
    issued = issuance(example)

    ours, theirs = our_presentation(example, issued), their_presentation(example, issued)

    assert sorted(sd_jwt.parse(ours).disclosures) == sorted(sd_jwt.parse(theirs).disclosures)


def test_their_software_makes_the_example_of_the_standard_again(vectors: Path) -> None:
    """So what it makes of the other specifications is what the documents print."""
    issued = sd_jwt.parse(their_issuance(Example(vectors / "sd-jwt" / "simple")))

    assert issued.token.signing_input == TOKEN.rpartition(".")[0].encode()
    assert issued.disclosures == tuple(as_written(each) for each in DISCLOSED.values())
