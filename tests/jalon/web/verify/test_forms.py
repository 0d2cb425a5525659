"""The forms in which a credential of ours is taken away: each one verifies with the same three answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from tests.factories.awarding import Issuing, an_award, an_issuing_organisation
from tests.factories.design import complete_content
from tests.factories.people import SIRET, a_person
from tests.factories.seals import PASSPHRASE, ROOT, a_certificate, a_p12, pem
from tests.factories.verification import outside_world
from tests.sceau.keys.test_x509 import NOW

from jalon.awarding import actions
from jalon.awarding.actions.seals import keep_seal
from jalon.awarding.models import Award, Credential
from jalon.awarding.queries import OwnIssuers
from jalon.design.rules.content import LevelContent
from jalon.foundation import clock
from jalon.verification import actions as verification
from jalon.verification.rules import answers
from sceau.model.texts import Text
from sceau.testing import MemoryFetcher
from sceau.verifying.report import Outcome, Question

pytestmark = pytest.mark.django_db

MEDIA_TYPES = {
    "attestation.json": "application/vc",
    "attestation.jwt": "application/vc+jwt",
    "attestation.sd-jwt": "application/dc+sd-jwt",
    "attestation.europass.json": "application/ld+json",
}
FORMS = list(MEDIA_TYPES)
FILES = [*FORMS, "attestation.pdf", "badge.svg", "badge.png"]
GOOD = dict.fromkeys(Question, Outcome.PASSED)


@pytest.fixture
def issuing() -> Iterator[Issuing]:
    """A confirmed organisation with a seal, whose authority this installation trusts."""
    with clock.frozen(NOW):
        made = an_issuing_organisation(
            legal_name="Atelier du bocage",
            siret=SIRET,
            identity_confirmed_by="Région Occitanie",
            identity_confirmed_at=NOW - timedelta(days=30),
        )
        keep_seal(
            organisation=made.organisation,
            by=made.signatory,
            data=a_p12(a_certificate("Atelier du bocage")),
            passphrase=PASSPHRASE,
        )
        yield made


@pytest.fixture
def trusting(settings: LazySettings, tmp_path: Path) -> None:
    """This installation trusts the authority behind the seals of tests."""
    file = tmp_path / "authorities.pem"
    file.write_bytes(pem(ROOT.certificate))
    settings.SEAL_AUTHORITIES = str(file)


def of(award: Award) -> Credential:
    credential = award.credential
    assert credential is not None
    return credential


def url(credential: Credential, ending: str = "") -> str:
    return f"/a/{credential.link_token}/{ending}"


def text_of(response: HttpResponse) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def verify_page(client: Client, content: bytes, ending: str) -> str:
    file = SimpleUploadedFile(ending, content)
    return text_of(client.post("/verifier/", {"way": "file", "file": file}))


@pytest.mark.parametrize("ending", FILES)
@pytest.mark.usefixtures("trusting")
def test_every_form_of_a_valid_award_has_three_good_answers(
    client: Client, issuing: Issuing, ending: str
) -> None:
    content = client.get(url(of(an_award(issuing)), ending)).content

    with outside_world(OwnIssuers()) as network:
        found = verification.verify_bytes(content)
        page = verify_page(client, content, ending)

    assert answers(found.report) == GOOD
    assert network.asked == []
    assert 'class="verdict bon"' in page
    assert "Plesser une haie" in page
    assert "Jeanne Vidal" in page


@pytest.mark.parametrize("ending", FILES)
@pytest.mark.usefixtures("trusting")
def test_every_form_of_a_revoked_award_says_so_with_the_reason(
    client: Client, issuing: Issuing, ending: str
) -> None:
    award = an_award(issuing)
    content = client.get(url(of(award), ending)).content

    actions.revoke_award(award=award, reason="not_earned", by=issuing.signatory)

    with outside_world(OwnIssuers()) as network:
        found = verification.verify_bytes(content)
        page = verify_page(client, content, ending)
    assert answers(found.report) == GOOD | {Question.VALID: Outcome.FAILED}
    assert network.asked == []
    assert 'class="verdict non"' in page
    assert "Motif : les acquis n’étaient pas atteints." in page


def test_a_european_form_without_a_seal_is_never_said_to_be_intact(client: Client) -> None:
    content = client.get(url(of(an_award()), "attestation.europass.json")).content

    report = verification.verify_bytes(content, offline=True).report

    assert answers(report)[Question.INTACT] is not Outcome.PASSED
    assert 'class="verdict bon"' not in verify_page(client, content, "attestation.europass.json")


@pytest.mark.parametrize("ending", ["attestation.jwt", "attestation.sd-jwt"])
def test_another_installation_verifies_with_what_ours_publishes(
    client: Client, issuing: Issuing, ending: str
) -> None:
    award = an_award(issuing)
    content = client.get(url(of(award), ending)).content
    actions.revoke_award(award=award, reason="error", by=issuing.signatory)
    paths = [f"/o/{issuing.organisation.slug}/did.json"]
    found_list = of(award).status_list
    assert found_list is not None
    places = {
        found_list.url: f"/status/{found_list.id}",
        f"{found_list.url}.jwt": f"/status/{found_list.id}.jwt",
    }
    published = {address: client.get(path).content for address, path in places.items()}
    published |= {f"https://localhost:8000{path}": client.get(path).content for path in paths}

    with outside_world(None, MemoryFetcher(published)) as network:
        report = verification.verify_bytes(content).report

    assert answers(report)[Question.INTACT] is Outcome.PASSED
    assert answers(report)[Question.VALID] is Outcome.FAILED
    assert "status.revoked" in {check.code for check in report.reasons(Question.VALID)}
    assert network.asked


# — The files —


@pytest.mark.parametrize("ending", FORMS)
def test_a_form_is_a_file_with_its_type_and_a_name_that_tells_nobody(
    client: Client, issuing: Issuing, ending: str
) -> None:
    credential = of(an_award(issuing))

    response = client.get(url(credential, ending))

    name = ending.replace("attestation.", f"attestation-{credential.reference}.", 1)
    assert response.headers["Content-Type"] == MEDIA_TYPES[ending]
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert client.head(url(credential, ending)).status_code == 200
    assert client.post(url(credential, ending)).status_code == 405


@pytest.mark.parametrize("ending", [*FORMS, "badge.png"])
def test_a_form_behind_an_unknown_link_is_not_found(client: Client, ending: str) -> None:
    for token in ("x" * 22, "court", "x" * 23):
        assert client.get(f"/a/{token}/{ending}").status_code == 404


@pytest.mark.parametrize("ending", [*FORMS, "badge.png"])
def test_a_form_says_nothing_of_the_person_but_the_name(
    client: Client, issuing: Issuing, ending: str
) -> None:
    person = a_person(
        issuing.organisation,
        "Inès Rouvière",
        birth_date=date(1999, 3, 7),
        email="ines@example.org",
        identifier="Z-789-456",
    )
    content = client.get(url(of(an_award(issuing, person=person)), ending)).content

    found = verification.verify_bytes(content, offline=True)

    assert found.report.credential is not None
    assert found.report.credential.holder.name == "Inès Rouvière"
    told = repr(found.report.credential) + repr(found.report.document)
    for secret in ("1999-03-07", "ines@example.org", "Z-789-456", issuing.signatory.email):
        assert secret not in told


def test_a_form_that_the_credential_cannot_take_is_refused_with_the_reason(client: Client) -> None:
    level = LevelContent(none_reason=Text.of({"fr": "Trop court pour être situé."}))
    credential = of(an_award(an_issuing_organisation(content=complete_content(level=level))))

    response = client.get(url(credential, "attestation.sd-jwt"))
    page = text_of(client.get(url(credential)))

    assert response.status_code == 404
    assert "n’en a pas : « Trop court pour être situé. »" in text_of(response)
    assert "n’en a pas : « Trop court pour être situé. »" in page
    assert f'href="{url(credential, "attestation.sd-jwt")}"' not in page
    assert f'href="{url(credential, "attestation.jwt")}"' in page


def test_nothing_is_made_of_a_document_that_changed(client: Client) -> None:
    credential = of(an_award())
    changed = credential.document_bytes.replace(b"Jeanne Vidal", b"Jeanne Fidal")
    Credential.objects.filter(pk=credential.pk).update(document=changed)

    response = client.get(url(credential, "attestation.jwt"))

    assert response.status_code == 409
    assert "n’est plus celle qui a été signée" in text_of(response)


# — The page —


def test_the_page_offers_each_form_with_what_it_is_for_and_what_it_leaves_out(
    client: Client, issuing: Issuing
) -> None:
    credential = of(an_award(issuing))

    page = text_of(client.get(url(credential)))

    for ending in FILES:
        assert f'href="{url(credential, ending)}" download' in page
    assert "Pour un portefeuille d’identité numérique" in page
    assert (
        "Ne dit pas quel type d’évaluation a eu lieu, ni sous quelle forme on y participe : voyez le badge."
        in page
    )
    assert "En une seule langue : français." in page
    assert "Ce que ce format laisse de côté" in page
    assert "n’a pas de cachet" not in page


def test_the_page_says_where_there_is_no_seal(client: Client) -> None:
    assert "n’a pas de cachet : rien, dans ce fichier, ne prouve qui l’a fait." in text_of(
        client.get(url(of(an_award())))
    )


def test_the_page_of_a_revoked_award_hands_over_no_other_form(client: Client, issuing: Issuing) -> None:
    award = an_award(issuing)
    actions.revoke_award(award=award, reason="error", by=issuing.signatory)

    page = text_of(client.get(url(of(award))))

    assert f'href="{url(of(award), "attestation.json")}"' in page
    for ending in FILES[1:]:
        assert url(of(award), ending) not in page


def test_the_page_needs_no_key_to_tell_what_each_form_says(
    client: Client, issuing: Issuing, settings: LazySettings, tmp_path: Path
) -> None:
    credential = of(an_award(issuing))
    settings.ENVIRONMENT = type(settings.ENVIRONMENT)(
        {**settings.ENVIRONMENT.values, "JALON_KEY_ENCRYPTION_KEY": "", "JALON_KEY_ENCRYPTION_KEY_FILE": ""}
    )
    settings.DATA_DIR = tmp_path

    page = text_of(client.get(url(credential)))

    assert "Attestation numérique européenne" in page


def test_the_addresses_of_forms_lead_to_the_page_when_they_are_pasted(
    client: Client, issuing: Issuing
) -> None:
    credential = of(an_award(issuing))
    pasted = f"http://localhost:8000{url(credential, 'attestation.sd-jwt')}"

    response = client.post("/verifier/", {"way": "text", "text": pasted})

    assert response.headers["Location"] == url(credential)


def test_an_attestation_for_a_wallet_is_drawn_with_what_it_says_and_nothing_more(
    client: Client, issuing: Issuing
) -> None:
    content = client.get(url(of(an_award(issuing, grade="16/20")), "attestation.sd-jwt")).content

    page = verify_page(client, content, "attestation.sd-jwt")

    assert "21 heures" in page
    assert "niveau 3 sur 8" in page
    assert "16/20" in page
    assert "<dt>Évaluation</dt>" not in page
    assert "aucun niveau" not in page
