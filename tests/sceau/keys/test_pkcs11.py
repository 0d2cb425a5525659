"""Keys in a token, with SoftHSM: a real token in software."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from tools import softhsm

from sceau import ports
from sceau.did import did_key, document
from sceau.did.resolver import Resolver
from sceau.errors import KeyFormatError, TokenError, TokenKeyError, TokenPinError, TokenUnavailableError
from sceau.issuing import issue
from sceau.keys.pkcs11 import Token, _decoded
from sceau.keys.public import KeyType
from sceau.keys.signer import EcdsaSigner, Ed25519Signer
from sceau.testing import EXAMPLE_MOMENT, MemoryDocuments, example_credential
from sceau.verifying.policy import Policy
from sceau.verifying.report import Outcome, Question
from sceau.verifying.verify import verify

DRIVER = softhsm.find()
PIN, OFFICER_PIN = "velours-4711", "velours-0815"
LABEL = "jalon"
KINDS = [KeyType.ED25519, KeyType.P256, KeyType.P384]

needs_softhsm = pytest.mark.skipif(
    DRIVER is None, reason="SoftHSM is not here: install the package softhsm2 for the tests of keys in tokens"
)
pytestmark = pytest.mark.xdist_group("softhsm")  # a driver is loaded once in a process


class SoftHsm:
    """Tokens in a folder. The security officer's work is done here, with the library itself."""

    def __init__(self, folder: Path) -> None:
        import pkcs11

        self._pkcs11 = pkcs11
        self._folder = folder
        assert DRIVER is not None
        self.driver = DRIVER

    def library(self) -> Any:
        """The driver, which sees tokens made since it was loaded."""
        library = self._pkcs11.lib(self.driver)
        library.reinitialize()
        return library

    def make(self, label: str, *keys: tuple[str, KeyType]) -> Path:
        """A token with keys that were generated inside; gives its folder."""
        before = set(self._folder.iterdir())
        command = ["softhsm2-util", "--init-token", "--free", "--label", label, "--pin", PIN]
        subprocess.run([*command, "--so-pin", OFFICER_PIN], check=True, capture_output=True)
        (made,) = set(self._folder.iterdir()) - before
        with self.library().get_token(token_label=label).open(rw=True, user_pin=PIN) as session:
            for name, kind in keys:
                self.generate(session, name, kind)
        return made

    def generate(self, session: Any, name: str, kind: KeyType) -> None:
        """A key that cannot be taken out."""
        known = self._pkcs11
        if kind is KeyType.RSA:
            session.generate_keypair(known.KeyType.RSA, 2048, store=True, label=name, id=name.encode())
            return
        parameters = {
            KeyType.ED25519: b"\x13\x0cedwards25519",
            KeyType.P256: bytes.fromhex("06082a8648ce3d030107"),
            KeyType.P384: bytes.fromhex("06052b81040022"),
        }[kind]
        edwards = kind is KeyType.ED25519
        curve = session.create_domain_parameters(
            known.KeyType.EC_EDWARDS if edwards else known.KeyType.EC,
            {known.Attribute.EC_PARAMS: parameters},
            local=True,
        )
        way = {"mechanism": known.Mechanism.EC_EDWARDS_KEY_PAIR_GEN} if edwards else {}
        _, private = curve.generate_keypair(store=True, label=name, id=name.encode(), **way)
        assert private[known.Attribute.NEVER_EXTRACTABLE]
        assert private[known.Attribute.SENSITIVE]


@pytest.fixture(scope="module")
def soft_hsm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoftHsm]:
    if DRIVER is None:
        pytest.skip("SoftHSM is not here")
    pkcs11 = pytest.importorskip("pkcs11")
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    settings = f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n"
    (folder / "softhsm2.conf").write_text(settings)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        pkcs11.unload(DRIVER)
        hsm = SoftHsm(folder / "tokens")
        hsm.make(LABEL, *((str(kind), kind) for kind in KINDS), ("RSA", KeyType.RSA))
        yield hsm
        pkcs11.unload(DRIVER)


@pytest.fixture
def token(soft_hsm: SoftHsm) -> Iterator[Token]:
    with Token.open(soft_hsm.driver, label=LABEL, pin=PIN) as opened:
        yield opened


@needs_softhsm
@pytest.mark.parametrize("kind", KINDS)
def test_a_credential_signed_in_a_token_verifies(token: Token, kind: KeyType) -> None:
    signer: ports.Signer = token.signer(did_key.verification_method, key_label=str(kind))
    credential = example_credential(issuer_id=did_key.did(signer.public_key_multibase))

    data = issue(credential, signer=signer, created=EXAMPLE_MOMENT)
    report = verify(data, at=EXAMPLE_MOMENT, policy=Policy(resolver=Resolver()))

    assert signer.key_type == kind
    assert report.answer(Question.INTACT) is Outcome.PASSED
    assert report.issuer_id == did_key.did(signer.public_key_multibase)


@needs_softhsm
@pytest.mark.parametrize("kind", KINDS)
def test_signatures_hold_over_their_own_data_only(token: Token, kind: KeyType) -> None:
    signer = token.signer("did:web:example.org#key-1", key_id=str(kind).encode())
    length = 96 if kind is KeyType.P384 else 64

    for size in (0, 1, 31, 64, 10_000):
        signature = signer.sign(b"x" * size)
        assert len(signature) == length
        signer.public_key.check(signature, b"x" * size)


@needs_softhsm
def test_threads_take_turns_on_one_token(token: Token) -> None:
    signers = [token.signer("did:web:example.org#key-1", key_label=str(kind)) for kind in KINDS] * 4

    def work(signer: ports.Signer) -> list[bytes]:
        return [signer.sign(b"data") for _ in range(10)]  # each is checked before it is given

    with ThreadPoolExecutor(len(signers)) as pool:
        assert sum(map(len, pool.map(work, signers))) == 10 * len(signers)


@needs_softhsm
def test_nothing_secret_is_shown(token: Token) -> None:
    signer = token.signer("did:web:example.org#key-1", key_label="P-256")

    assert repr(token) == "Token('jalon')"
    assert repr(signer) == "Pkcs11Signer('did:web:example.org#key-1')"
    assert PIN not in repr(vars(token)) + repr(vars(signer))


@needs_softhsm
@pytest.mark.parametrize("pin", ["velours-4712", "", "0", PIN + "x"])
def test_a_wrong_pin_is_refused_and_not_repeated(soft_hsm: SoftHsm, pin: str) -> None:
    with pytest.raises(TokenPinError) as caught:
        Token.open(soft_hsm.driver, label=LABEL, pin=pin)

    assert caught.value.code == "token.pin"
    assert str(caught.value).startswith("expected the PIN of token 'jalon', met ")
    assert pin == "" or pin not in str(caught.value)
    Token.open(soft_hsm.driver, label=LABEL, pin=PIN).close()


@needs_softhsm
def test_a_token_is_opened_once(soft_hsm: SoftHsm, token: Token) -> None:
    with pytest.raises(TokenError, match="once in a process"):
        Token.open(soft_hsm.driver, label=LABEL, pin=PIN)

    assert token.signer("did:web:example.org#key-1", key_label="P-256").sign(b"")


@needs_softhsm
def test_a_closed_token_signs_no_more(soft_hsm: SoftHsm) -> None:
    token = Token.open(soft_hsm.driver, label=LABEL, pin=PIN)
    signer = token.signer("did:web:example.org#key-1", key_label="P-256")
    token.close()
    token.close()

    with pytest.raises(TokenUnavailableError):
        signer.sign(b"data")
    with pytest.raises(TokenUnavailableError):
        token.signer("did:web:example.org#key-1", key_label="P-256")


@needs_softhsm
def test_a_token_that_is_taken_out_is_met(soft_hsm: SoftHsm) -> None:
    place = soft_hsm.make("removable", ("key-1", KeyType.P256))
    token = Token.open(soft_hsm.driver, label="removable", pin=PIN)
    signer = token.signer("did:web:example.org#key-1", key_label="key-1")
    assert signer.sign(b"data")
    shutil.rmtree(place)

    with pytest.raises(TokenUnavailableError) as caught:
        signer.sign(b"data")

    assert caught.value.code == "token.unavailable"
    assert "taken out" in str(caught.value)
    token.close()
    soft_hsm.library()
    with pytest.raises(TokenUnavailableError, match="named 'removable', met none"):
        Token.open(soft_hsm.driver, label="removable", pin=PIN)


@needs_softhsm
def test_keys_that_are_not_there_or_of_no_use(token: Token) -> None:
    refused: list[dict[str, Any]] = [
        {"key_label": "P-257"},
        {"key_id": b"P-257"},
        {"key_label": "P-256", "key_id": b"P-384"},
        {"key_label": "RSA"},
        {},
    ]

    for arguments in refused:
        with pytest.raises(TokenKeyError) as caught:
            token.signer("did:web:example.org#key-1", **arguments)
        assert caught.value.code == "token.key"


@needs_softhsm
def test_two_keys_of_one_name_are_refused(soft_hsm: SoftHsm) -> None:
    soft_hsm.make("twins", ("key-1", KeyType.P256), ("key-1", KeyType.P384))

    with (
        Token.open(soft_hsm.driver, label="twins", pin=PIN) as token,
        pytest.raises(TokenKeyError, match="met several"),
    ):
        token.signer("did:web:example.org#key-1", key_label="key-1")


@needs_softhsm
def test_a_public_half_can_be_given_and_must_be_the_right_one(token: Token) -> None:
    own = token.signer("did:web:example.org#key-1", key_label="P-256").public_key
    scalar = bytes(range(1, 33))
    other = EcdsaSigner.from_scalar(KeyType.P256, scalar, "").public_key

    given = token.signer("did:web:example.org#key-1", key_label="P-256", public_key=own)
    wrong = token.signer("did:web:example.org#key-1", key_label="P-256", public_key=other)

    assert given.sign(b"data")
    with pytest.raises(TokenError, match="signature to hold"):
        wrong.sign(b"data")
    with pytest.raises(TokenKeyError, match=r"public key of P-256"):
        token.signer("#", key_label="P-256", public_key=Ed25519Signer(scalar, "").public_key)


@needs_softhsm
def test_a_key_without_its_public_half_says_so(soft_hsm: SoftHsm) -> None:
    import pkcs11

    soft_hsm.make("half", ("key-1", KeyType.P256))
    with soft_hsm.library().get_token(token_label="half").open(rw=True, user_pin=PIN) as session:
        session.get_key(object_class=pkcs11.ObjectClass.PUBLIC_KEY, label="key-1").destroy()

    with (
        Token.open(soft_hsm.driver, label="half", pin=PIN) as token,
        pytest.raises(TokenKeyError, match="public half"),
    ):
        token.signer("did:web:example.org#key-1", key_label="key-1")


@needs_softhsm
def test_a_new_key_of_the_token_takes_over(token: Token) -> None:
    did = "did:web:example.org:o:atelier"
    old = token.signer(f"{did}#key-1", key_label="P-256")
    new = token.signer(f"{did}#key-2", key_label="Ed25519")
    listed = [(signer.verification_method, signer.public_key_multibase) for signer in (old, new)]
    policy = Policy(resolver=Resolver(documents=[MemoryDocuments(document.build(did, listed))]))

    for signer in (old, new):
        data = issue(example_credential(issuer_id=did), signer=signer, created=EXAMPLE_MOMENT)
        report = verify(data, at=EXAMPLE_MOMENT, policy=policy)

        assert signer.verification_method.encode() in data
        assert report.answer(Question.INTACT) is Outcome.PASSED


def test_without_the_library_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pkcs11", None)

    with pytest.raises(TokenUnavailableError, match=r"jalon\[pkcs11\]"):
        Token.open("/usr/lib/softhsm/libsofthsm2.so", label=LABEL, pin=PIN)


@pytest.mark.parametrize("driver", ["/no/such/driver.so", __file__, sys.executable, ""])
def test_what_is_no_driver_is_refused(driver: str) -> None:
    pytest.importorskip("pkcs11")

    with pytest.raises(TokenUnavailableError):
        Token.open(driver, label=LABEL, pin=PIN)


def _wrapped(point: bytes) -> bytes:
    return b"\x04" + bytes([len(point)]) + point


def _bit_string(point: bytes) -> bytes:
    return b"\x03" + bytes([len(point) + 1, 0]) + point


@pytest.mark.parametrize("form", [bytes, _wrapped, _bit_string])
def test_drivers_write_a_point_in_three_ways(form: Callable[[bytes], bytes]) -> None:
    ed25519 = Ed25519Signer(bytes(32), "").public_key

    assert _decoded(KeyType.ED25519, form(ed25519.data)) == ed25519


def test_a_point_that_is_none_is_refused() -> None:
    for value in (b"", bytes(31), bytes(32), b"\x04\x20" + bytes(31), b"\x04\x41\x04" + b"\x01" * 64):
        with pytest.raises(KeyFormatError):
            _decoded(KeyType.ED25519 if len(value) < 60 else KeyType.P256, value)
