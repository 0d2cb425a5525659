"""The public page of a credential of ours, and the files to take away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.factories.awarding import Issuing, an_award, an_issuing_organisation
from tests.factories.people import a_person
from tests.factories.verification import outside_world

from jalon.awarding import actions
from jalon.awarding.models import Award, Credential
from jalon.awarding.rules.building import AwardChanges
from jalon.foundation import clock
from jalon.people.models import Organisation
from jalon.verification import actions as verification

pytestmark = pytest.mark.django_db


@pytest.fixture
def issuing() -> Issuing:
    """An organisation of ours that an authority confirmed."""
    return an_issuing_organisation(
        legal_name="Atelier du bocage",
        identity_confirmed_by="Région Occitanie",
        identity_confirmed_at=clock.now() - timedelta(days=30),
        identity_basis="convention",
    )


def of(award: Award) -> Credential:
    credential = award.credential
    assert credential is not None
    return credential


def url(credential: Credential, ending: str = "") -> str:
    return f"/a/{credential.link_token}/{ending}"


def text_of(response: HttpResponse) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_the_page_verifies_at_each_view_with_no_network(client: Client, issuing: Issuing) -> None:
    credential = of(an_award(issuing))

    from jalon.awarding.queries import OwnIssuers

    with outside_world(OwnIssuers()) as network:
        response = client.get(url(credential))

    page = text_of(response)
    assert response.status_code == 200
    assert network.asked == []
    assert "Attestation intacte et valable" in page
    assert "Région Occitanie" in page
    assert "Délivrée à <b>Jeanne Vidal</b>." in page
    assert "Plesser une haie" in page
    assert f"{credential.reference[:4]}-{credential.reference[4:8]}-{credential.reference[8:]}" in page
    assert 'class="qr"' in page
    for ending in ("attestation.json", "attestation.pdf", "badge.svg"):
        assert f'href="{url(credential, ending)}"' in page


def test_the_page_is_kept_from_indexes_caches_and_other_sites(client: Client, issuing: Issuing) -> None:
    credential = of(an_award(issuing))

    for ending in ("", "attestation.json", "badge.svg"):
        response = client.get(url(credential, ending))

        assert response.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["Referrer-Policy"] == "same-origin"
    assert '<meta name="robots" content="noindex, nofollow">' in text_of(client.get(url(credential)))


def test_nothing_about_the_person_leaks_but_the_name(client: Client, issuing: Issuing) -> None:
    person = a_person(
        issuing.organisation,
        "Inès Rouvière",
        birth_date=date(1999, 3, 7),
        email="ines@example.org",
        identifier="Z-7",
    )
    credential = of(an_award(issuing, person=person))

    pages = [client.get(url(credential, ending)).content for ending in ("", "attestation.json", "badge.svg")]

    assert "Inès Rouvière" in pages[0].decode()
    for page in pages:
        for secret in (b"1999", b"7 mars", b"ines@example.org", issuing.signatory.email.encode()):
            assert secret not in page


def test_the_signed_file_is_the_exact_bytes(client: Client, issuing: Issuing) -> None:
    credential = of(an_award(issuing))

    response = client.get(url(credential, "attestation.json"))

    assert response.content == credential.document_bytes
    assert response.headers["Content-Type"] == "application/vc"
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="attestation-{credential.reference}.json"'
    )
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("ending", "content_type"),
    [("attestation.pdf", "application/pdf"), ("badge.svg", "image/svg+xml; charset=utf-8")],
)
def test_the_pdf_and_the_badge_carry_a_credential_that_verifies(
    client: Client, issuing: Issuing, ending: str, content_type: str
) -> None:
    credential = of(an_award(issuing))

    response = client.get(url(credential, ending))

    assert response.headers["Content-Type"] == content_type
    result = verification.verify_bytes(response.content, offline=True)
    assert result.report.document is not None
    assert result.report.document["id"] == credential.urn


def test_a_withdrawal_is_shown_at_once_with_date_author_and_reason(client: Client, issuing: Issuing) -> None:
    award = an_award(issuing)
    assert "Attestation intacte et valable" in text_of(client.get(url(of(award))))

    actions.revoke_award(award=award, reason="not_earned", note="Jury du 3 juin.", by=issuing.signatory)

    page = text_of(client.get(url(of(award))))
    assert 'class="verdict non"' in page
    assert "Attestation retirée" in page
    assert "par Atelier du bocage. Motif : les acquis n’étaient pas atteints ; Jury du 3 juin." in page


def test_each_page_says_which_replaces_which(client: Client, issuing: Issuing) -> None:
    award = an_award(issuing)
    new = actions.correct_award(
        award=award, changes=AwardChanges(holder_name="Jeanne Vidal-Roux"), by=issuing.signatory
    )

    old_page = text_of(client.get(url(of(award))))
    new_page = text_of(client.get(url(of(new))))

    assert "Attestation remplacée" in old_page
    assert "Non, elle est remplacée" in old_page
    assert f'href="{url(of(new))}"' in old_page
    assert "Attestation intacte et valable" in new_page
    assert "Elle remplace une attestation délivrée le" in new_page
    assert f'href="{url(of(award))}"' in new_page


def test_the_file_of_a_withdrawn_credential_says_the_same(client: Client, issuing: Issuing) -> None:
    award = an_award(issuing)
    actions.revoke_award(award=award, reason="error", by=issuing.signatory)

    response = client.post("/verifier/", {"way": "text", "text": of(award).document_bytes.decode()})

    assert "Motif : une erreur lors de la délivrance." in text_of(response)


def test_an_altered_copy_learns_nothing_of_the_withdrawal(client: Client, issuing: Issuing) -> None:
    award = an_award(issuing)
    actions.revoke_award(award=award, reason="error", note="Secret du jury", by=issuing.signatory)
    altered = of(award).document_bytes.replace(b"Jeanne Vidal", b"Quelqu'un d'autre")

    page = text_of(client.post("/verifier/", {"way": "text", "text": altered.decode()}))

    assert "Le contenu a changé depuis la signature" in page
    assert "Secret du jury" not in page


def test_an_unconfirmed_organisation_is_yellow(client: Client) -> None:
    page = text_of(client.get(url(of(an_award()))))

    assert 'class="verdict doute"' in page
    assert "Inscrit ici, identité non confirmée" in page


@pytest.mark.parametrize("ending", ["", "attestation.json", "attestation.pdf", "badge.svg"])
def test_an_unknown_link_is_not_found(client: Client, ending: str) -> None:
    for token in ("x" * 22, "court", "x" * 23):
        assert client.get(f"/a/{token}/{ending}").status_code == 404


def test_an_unknown_link_costs_one_query(client: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]  # pytest-django gives it no exported type
        client.get(f"/a/{'x' * 22}/attestation.json")


def test_the_page_cannot_be_posted_to(client: Client, issuing: Issuing) -> None:
    assert client.post(url(of(an_award(issuing)))).status_code == 405


def test_a_renamed_organisation_is_not_confirmed_under_its_old_name(client: Client, issuing: Issuing) -> None:
    credential = of(an_award(issuing))
    Organisation.objects.filter(pk=issuing.organisation.pk).update(legal_name="Université de nulle part")

    page = text_of(client.get(url(credential)))

    assert "Le nom ne correspond pas" in page


def test_the_page_speaks_the_other_languages_of_the_specification(client: Client, issuing: Issuing) -> None:
    credential = of(an_award(issuing))

    french = text_of(client.get(url(credential), headers={"accept-language": "fr"}))
    english = text_of(client.get(url(credential), headers={"accept-language": "en"}))

    assert "Plesser une haie" in french
    assert "Laying a hedge" in english
    assert "Choose the stems to lay" in english


def test_the_other_languages_are_not_put_over_a_changed_text(client: Client, issuing: Issuing) -> None:
    credential = of(an_award(issuing))
    changed = credential.document_bytes.replace(b"Plesser une haie", b"Abattre un arbre")
    assert changed != credential.document_bytes
    Credential.objects.filter(pk=credential.pk).update(document=changed)

    english = text_of(client.get(url(credential), headers={"accept-language": "en"}))

    assert "Laying a hedge" not in english
