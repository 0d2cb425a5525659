"""What the page of a credential offers beyond files: a key to bind to, forms of others, the degrees."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import EntryPoint

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from tests.factories.awarding import Issuing, an_award, an_issuing_organisation
from tests.factories.people import a_person

from jalon.awarding import actions
from jalon.awarding.models import Credential
from jalon.foundation.models import JournalEntry
from sceau import exports, issuing
from sceau.exports import Export, Sealing
from sceau.keys import jwk
from sceau.model.credential import Credential as Content
from sceau.proofs import sd_jwt
from sceau.testing import EXAMPLE_MOMENT, example_credential, key_signer, whole_credential

pytestmark = pytest.mark.django_db

KEY = jwk.encode(key_signer().public_key)
BORN = date(1990, 4, 2)


def text_of(response: HttpResponse) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def url(credential: Credential, ending: str = "") -> str:
    return f"/a/{credential.link_token}/{ending}"


@pytest.fixture
def issuing_here() -> Issuing:
    cache.clear()
    return an_issuing_organisation()


def given_to(issuing_here: Issuing, born: date | None) -> Credential:
    person = a_person(issuing_here.organisation, birth_date=born)
    credential = an_award(issuing_here, person=person).credential
    assert credential is not None
    return credential


# — A key of the holder —


def test_a_holder_binds_the_attestation_to_a_key(client: Client, issuing_here: Issuing) -> None:
    credential = given_to(issuing_here, BORN)
    asked = {"key": json.dumps(KEY), "birth_date": "02/04/1990"}

    page = text_of(client.get(url(credential, "portefeuille/")))
    answer = client.post(url(credential, "portefeuille/"), asked)

    assert "Sans clé, le fichier est au porteur" in page
    assert answer["Content-Type"] == "application/dc+sd-jwt"
    claims = sd_jwt.parse(answer.content.decode()).payload
    assert claims["cnf"] == {"jwk": KEY}
    free = sd_jwt.parse(client.get(url(credential, "attestation.sd-jwt")).content.decode())
    assert "cnf" not in free.payload
    assert set(claims["_sd"]).isdisjoint(free.payload["_sd"])
    noted = JournalEntry.objects.get(verb="form.bound")
    assert KEY["x"] not in json.dumps(noted.facts)


def test_whoever_does_not_know_the_birth_date_binds_nothing(client: Client, issuing_here: Issuing) -> None:
    credential = given_to(issuing_here, BORN)
    asked = {"key": json.dumps(KEY), "birth_date": "1991-04-02"}

    answers = [client.post(url(credential, "portefeuille/"), asked) for _ in range(11)]
    late = client.post(url(credential, "portefeuille/"), asked | {"birth_date": "1990-04-02"})

    assert [each.status_code for each in answers] == [422] * 10 + [429]
    assert "Ce n’est pas la date que l’organisme connaît." in text_of(answers[0])
    assert json.dumps(KEY).split('"')[1] in text_of(answers[0])  # what was typed is kept
    assert late.status_code == 429
    assert not JournalEntry.objects.filter(verb="form.bound").exists()


def test_without_a_birth_date_nobody_is_asked_for_a_key(client: Client, issuing_here: Issuing) -> None:
    credential = given_to(issuing_here, None)

    page = client.get(url(credential, "portefeuille/"))
    forced = client.post(url(credential, "portefeuille/"), {"key": json.dumps(KEY), "birth_date": ""})

    assert "ne connaît pas votre date de naissance" in text_of(page)
    assert "<textarea" not in text_of(page)
    assert forced.status_code == 422
    assert forced["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("", "Il manque la clé"),
        ("pas une clé", "pas la clé publique d’un portefeuille"),
        (json.dumps(KEY | {"d": "AAAA"}), "contient sa partie secrète"),
        ("[" * 3_000, "pas la clé publique d’un portefeuille"),
    ],
)
def test_what_is_no_key_is_refused_with_its_reason(
    client: Client, issuing_here: Issuing, key: str, words: str
) -> None:
    credential = given_to(issuing_here, BORN)

    answer = client.post(url(credential, "portefeuille/"), {"key": key, "birth_date": "1990-04-02"})

    assert answer.status_code == 422
    assert words in text_of(answer)


def test_what_was_withdrawn_is_bound_to_nothing(client: Client, issuing_here: Issuing) -> None:
    credential = given_to(issuing_here, BORN)

    actions.revoke_award(award=credential.award, reason="error", by=issuing_here.signatory)

    assert client.get(url(credential, "portefeuille/")).status_code == 404


# — Forms of others —


@dataclass(frozen=True)
class Postcard:
    """An export of somebody else's."""

    fails: bool = False
    name: str = "postcard"
    media_type: str = "text/plain"
    suffix: str = ".txt"

    @property
    def title(self) -> dict[str, str]:
        return {"fr": "Carte postale", "en": "Postcard"}

    @property
    def purpose(self) -> dict[str, str]:
        return {"fr": "Pour le dire à sa famille."}

    def write(self, credential: Content, sealing: Sealing) -> bytes:
        if self.fails:
            raise RuntimeError("somebody else's fault")
        return f"{credential.holder.name}\n{sealing.signer.verification_method}".encode()

    def read(self, data: bytes) -> Content:
        return example_credential()


POSTCARD: Export = Postcard()
BROKEN: Export = Postcard(fails=True)


@pytest.fixture
def installed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    entry = EntryPoint("postcard", f"{__name__}:{request.param}", exports.GROUP)
    monkeypatch.setattr(exports, "entry_points", lambda *, group: [entry])
    exports.exports.cache_clear()
    yield
    exports.exports.cache_clear()


@pytest.mark.parametrize("installed", ["POSTCARD"], indirect=True)
@pytest.mark.usefixtures("installed")
def test_a_form_of_others_is_offered_with_its_words_and_losses(client: Client, issuing_here: Issuing) -> None:
    credential = given_to(issuing_here, BORN)

    page = text_of(client.get(url(credential)))
    file = client.get(url(credential, "autre/postcard"))

    assert "Carte postale" in page
    assert "Pour le dire à sa famille." in page
    assert page.count("Ne dit pas") > 1
    name, method = file.content.decode().split("\n")
    assert (file["Content-Type"], name) == ("text/plain", credential.award.holder_name)
    assert method.startswith(credential.issuer_did + "#key-")


@pytest.mark.parametrize("installed", ["BROKEN"], indirect=True)
@pytest.mark.usefixtures("installed")
def test_a_form_of_others_that_fails_leaves_the_page_as_it_was(client: Client, issuing_here: Issuing) -> None:
    page = client.get(url(given_to(issuing_here, BORN)))

    assert page.status_code == 200
    assert "Carte postale" not in text_of(page)
    assert "Attestation numérique européenne" in text_of(page)


def test_what_nobody_installed_is_absent(client: Client, issuing_here: Issuing) -> None:
    credential = given_to(issuing_here, BORN)

    for form in ("postcard", "openbadges", "europass", "x"):
        assert client.get(url(credential, f"autre/{form}")).status_code == 404


# — What each form loses —


def test_the_page_says_that_an_attestation_belongs_to_whoever_has_it(
    client: Client, issuing_here: Issuing
) -> None:
    credential = given_to(issuing_here, BORN)

    page = text_of(client.get(url(credential)))

    assert "Fichier au porteur : qui en a une copie peut le montrer" in page
    assert url(credential, "portefeuille/") in page


def test_the_page_says_what_is_told_in_words_alone(client: Client, issuing_here: Issuing) -> None:
    page = text_of(client.get(url(given_to(issuing_here, BORN))))

    assert "Dit en toutes lettres, sans le code que lisent les logiciels : " in page
    assert "les acquis d’apprentissage" in page.split("sans le code que lisent les logiciels : ")[1][:200]


# — Degrees —


def test_the_degrees_reached_are_drawn(client: Client) -> None:
    content = whole_credential()
    badge = issuing.issue(content, signer=key_signer(), created=EXAMPLE_MOMENT)

    answer = client.post("/verifier/", {"way": "file", "file": SimpleUploadedFile("b.json", badge)})

    page = text_of(answer)
    result = next(each for each in content.results if each.level_id)
    outcome = next(each for each in content.micro_credential.outcomes if each.id == result.outcome_id)
    reached = next(step for step in outcome.rubric if step.id == result.level_id)
    assert page.count("(degré atteint)") == sum(bool(each.level_id) for each in content.results)
    assert str(reached.name) in page.split("(degré atteint)")[0].rsplit("<li", 1)[1]
    for step in outcome.rubric:
        assert str(step.name) in page
