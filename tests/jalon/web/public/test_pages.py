"""The public pages: what is shown, and what is refused."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.design import a_specification, complete_content
from tests.factories.people import an_organisation

from jalon.catalogue import actions
from jalon.design.models import Specification
from jalon.design.rules.content import RecognitionContent
from jalon.foundation import clock
from sceau.model.micro_credential import RecognitionStatus
from sceau.model.texts import Text

pytestmark = pytest.mark.django_db


def _html(client: Client, url: str, **headers: str) -> str:
    response = client.get(url, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_home_opens_with_nothing_published(client: Client) -> None:
    html = _html(client, "/")

    assert html.count("<h1") == 1
    assert "Publiées en dernier" not in html
    assert '<form class="cherche" action="/catalogue/"' in html


def test_home_shows_true_numbers(client: Client, published: Specification) -> None:
    html = _html(client, "/")

    assert "1 publiée<" in html
    assert "1 organisme<" in html
    assert "Plesser une haie" in html


def test_catalogue_shows_a_row_with_one_link(client: Client, published: Specification) -> None:
    html = _html(client, "/catalogue/")
    url = reverse("public:micro_credential", args=[published.micro_credential.slug])

    assert html.count(f'href="{url}"') == 1
    assert "niveau\u00a03 sur 8" in html or "niveau 3 sur 8" in html
    assert "sans frais pour vous" in html


def test_catalogue_says_how_to_widen(client: Client, published: Specification) -> None:
    html = _html(client, "/catalogue/?q=lune&commune=Florac&domaine=soin")

    assert "Rien sur «\u00a0lune\u00a0» à Florac pour l’instant." in html
    assert 'href="/catalogue/?commune=Florac&amp;domaine=soin"' in html
    assert 'content="noindex,follow"' in html


def test_catalogue_keeps_what_was_asked(client: Client, published: Specification) -> None:
    html = _html(client, '/catalogue/?q=haie"><script>&domaine=foret&sans_frais=1')

    assert "<script>" not in html.replace('<script src="', "")
    assert "haie&quot;&gt;&lt;script&gt;" in html
    assert re.search(r'name="domaine" value="foret" checked', html)
    assert re.search(r'name="sans_frais" value="1" checked', html)


@pytest.mark.parametrize(
    "query", ["page=99999999999", "page=x", "q=%00", "q=" + "a" * 5000, "domaine=%F0%9F%92%A3"]
)
def test_catalogue_survives_any_address(client: Client, published: Specification, query: str) -> None:
    assert client.get(f"/catalogue/?{query}").status_code == 200


def test_micro_credential_shows_every_element(client: Client, published: Specification) -> None:
    html = _html(client, reverse("public:micro_credential", args=[published.micro_credential.slug]))

    for words in (
        "Plesser une haie",
        "Choisir les brins à coucher",
        "Entailler et coucher un brin sans le rompre",
        "mise en situation pratique",
        "Dix mètres de haie plessée",
        "surveillée, avec contrôle d’identité",
        "Pièce d’identité montrée",
        "21\u00a0h",
        "en présence",
        "Qualiopi",
        "Pouvoir travailler dehors",
        "français",
        "sans fin",
        "Maison rurale d’essai",
        "France",
    ):
        assert words in html, words


def test_micro_credential_says_what_it_is_not(client: Client, published: Specification) -> None:
    html = _html(client, reverse("public:micro_credential", args=[published.micro_credential.slug]))

    assert "ni un diplôme ni une certification enregistrée" in html
    assert "éligible" not in html


def test_registered_block_links_to_its_register(client: Client) -> None:
    content = complete_content(
        recognition=RecognitionContent(
            RecognitionStatus.BLOC, code="RNCP38093BC05", title="Conduire", certifying_body="Le ministère"
        )
    )
    specification = a_specification(an_organisation(), published=True, content=content)

    html = _html(client, reverse("public:micro_credential", args=[specification.micro_credential.slug]))

    assert "https://www.francecompetences.fr/recherche/rncp/38093/" in html
    assert "Le ministère" in html


def test_micro_credential_speaks_english_where_it_can(client: Client, published: Specification) -> None:
    url = reverse("public:micro_credential", args=[published.micro_credential.slug])

    html = _html(client, url, accept_language="en")

    assert '<html lang="en">' in html
    assert "Laying a hedge" in html
    assert "What you will be able to do" in html
    assert '<span lang="fr">Dix mètres de haie plessée' in html


def test_data_block_is_valid_and_closed(client: Client) -> None:
    content = complete_content(title=Text.of({"fr": "</script><script>alert(1)</script>"}))
    specification = a_specification(an_organisation(), published=True, content=content)

    html = _html(client, reverse("public:micro_credential", args=[specification.micro_credential.slug]))

    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert block is not None
    assert json.loads(block[1])["name"] == "</script><script>alert(1)</script>"
    assert "<script>alert" not in html


def test_earlier_version_stays_readable_and_says_what_replaced_it(
    client: Client, published: Specification
) -> None:
    design = published.micro_credential
    second = a_specification(
        design.organisation,
        published=True,
        micro_credential=design,
        content=complete_content(title=Text.of({"fr": "Plesser et entretenir"})),
        published_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
    )
    actions.index(second)

    latest = _html(client, reverse("public:micro_credential", args=[design.slug]))
    earlier = _html(client, reverse("public:version", args=[design.slug, 1]))

    assert "Plesser et entretenir" in latest
    assert "remplacée" not in latest
    assert "Version 1, remplacée." in earlier
    assert "1er mars 2026" in earlier
    assert "application/ld+json" not in earlier
    assert 'content="noindex,follow"' in earlier


@pytest.mark.parametrize("number", [0, 2, 99])
def test_version_that_does_not_exist_is_not_found(
    client: Client, published: Specification, number: int
) -> None:
    url = reverse("public:version", args=[published.micro_credential.slug, number])

    assert client.get(url).status_code == 404


def test_draft_has_no_public_page(client: Client) -> None:
    draft = a_specification(an_organisation())

    url = reverse("public:micro_credential", args=[draft.micro_credential.slug])

    assert client.get(url).status_code == 404
    assert client.get(reverse("public:version", args=[draft.micro_credential.slug, 1])).status_code == 404


def test_draft_of_a_published_one_stays_private(client: Client, published: Specification) -> None:
    design = published.micro_credential
    a_specification(
        design.organisation,
        micro_credential=design,
        content=complete_content(title=Text.of({"fr": "Secret"})),
    )

    html = _html(client, reverse("public:micro_credential", args=[design.slug]))

    assert "Secret" not in html
    assert client.get(reverse("public:version", args=[design.slug, 2])).status_code == 404


def test_withdrawn_one_says_so_and_offers_nothing(client: Client, published: Specification) -> None:
    design = published.micro_credential
    design.withdrawn_at = clock.now()
    design.save()

    html = _html(client, reverse("public:micro_credential", args=[design.slug]))

    assert "N’est plus proposée depuis le" in html
    assert "Se renseigner" not in html
    assert "application/ld+json" not in html


def test_organisation_says_who_confirmed_it(client: Client, published: Specification) -> None:
    organisation = published.micro_credential.organisation
    unknown = _html(client, reverse("public:organisation", args=[organisation.slug]))
    organisation.identity_confirmed_by = "la Région"
    organisation.identity_confirmed_at = datetime(2026, 3, 2, tzinfo=UTC)
    organisation.save()

    known = _html(client, reverse("public:organisation", args=[organisation.slug]))

    assert "Inconnu ne veut pas dire faux" in unknown
    assert "Identité confirmée par la Région" in known
    assert "Inconnu ne veut pas dire faux" not in known
    assert "123\u00a0456\u00a0782\u00a000010" in known
    assert "Qualiopi, actions de formation" in known


@pytest.mark.django_db
def test_address_of_an_organisation_adds_nobody_to_the_mail(client: Client, published: Specification) -> None:
    organisation = published.micro_credential.organisation
    organisation.email = "a?bcc=x@example.org"
    organisation.save()

    for url in (
        f"/organismes/{organisation.slug}/",
        f"/micro-certifications/{published.micro_credential.slug}/",
    ):
        html = client.get(url).content.decode()
        assert 'href="mailto:a%3Fbcc%3Dx@example.org' in html
        assert 'href="mailto:a?bcc' not in html


def test_organisation_that_published_nothing_has_no_page(client: Client) -> None:
    organisation = an_organisation()
    a_specification(organisation)

    assert client.get(reverse("public:organisation", args=[organisation.slug])).status_code == 404


@pytest.mark.parametrize("name", ["accessibility", "privacy", "legal"])
def test_page_about_the_house_opens(client: Client, name: str, settings) -> None:
    settings.CONTACT_EMAIL = "bonjour@example.org"

    html = _html(client, reverse(f"public:{name}"))

    assert html.count("<h1") == 1


def test_legal_page_admits_that_nobody_is_named(client: Client, settings) -> None:
    settings.OPERATOR = ""

    assert "JALON_OPERATOR" in _html(client, reverse("public:legal"))


def test_small_files_are_served(client: Client, published: Specification) -> None:
    robots, manifest, sitemap = (
        client.get(f"/{name}") for name in ("robots.txt", "manifest.webmanifest", "sitemap.xml")
    )

    assert "Disallow: /a/" in robots.content.decode()
    assert json.loads(manifest.content)["start_url"] == "/"
    assert f"/micro-certifications/{published.micro_credential.slug}/</loc>" in sitemap.content.decode()
    assert client.get("/favicon.ico").status_code == 301


def test_language_switch_works_without_script_and_comes_back(client: Client) -> None:
    response = client.post("/langue/", {"language": "en", "next": "/catalogue/?q=haie"}, follow=True)

    assert response.request["PATH_INFO"] == "/catalogue/"
    assert '<html lang="en">' in response.content.decode()


def test_language_switch_goes_to_no_other_site(client: Client) -> None:
    response = client.post("/langue/", {"language": "en", "next": "https://example.org/"})

    assert response.headers["Location"] == "/"


@pytest.mark.django_db
def test_open_data_page_leads_to_no_file_that_is_not_there(client: Client) -> None:
    page = client.get("/donnees-ouvertes/").content.decode()

    assert client.get("/catalogue/lheo.xml").status_code == 404
    assert "/catalogue/lheo.xml" not in page
    assert "aucune offre n’est encore complète" in page
    assert {client.get(link).status_code for link in re.findall(r'href="(/catalogue/[^"#]*)"', page)} == {200}
