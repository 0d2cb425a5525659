"""The catalogue by its facets, places and dates, as a list, as a map, and for other machines."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree
from django.test import Client
from django.urls import reverse
from tests.factories.catalogue import a_provider, a_session, an_offer, published, some_communes

from jalon.catalogue.models import Occurrence, Offering
from jalon.catalogue.rules import lheo
from jalon.catalogue.rules.points import point
from jalon.design.models import Specification
from jalon.foundation import clock
from jalon.territory.models import Commune
from sceau.model.texts import Text

pytestmark = pytest.mark.django_db


def html_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


@pytest.fixture
def offer() -> Offering:
    """One offer with a session in Florac and one in Mende, 22 km north of it."""
    some_communes()
    offering = an_offer(published(a_provider()))
    a_session(offering, commune_code="48061", in_days=20)
    a_session(offering, commune_code="48095", in_days=60)
    return offering


def test_row_tells_the_session_that_is_near_not_the_first(client: Client, offer: Offering) -> None:
    html = html_of(client, "/catalogue/?commune=Mende&rayon=10")

    assert "Mende, à 0 km" in html
    assert "1 fiche sur 1" in html
    assert "Florac Trois Rivières, à" not in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("commune=Langogne&rayon=20", 0),
        ("commune=Langogne&rayon=50", 1),
        ("commune=48000&rayon=0", 1),
        ("commune=Rennes&rayon=500", 0),
        ("commune=Saint-Denis+(974)&rayon=500", 0),
        ("departement=48", 1),
        ("region=76", 1),
        ("departement=30", 0),
        ("places=1", 1),
        ("acces=transport&acces=equipement", 1),
        ("acces=transport&acces=garde", 0),
        ("financement=opco", 1),
        ("niveau=3&duree=21", 1),
        ("niveau=7", 0),
    ],
)
def test_question_finds_what_answers_it(client: Client, offer: Offering, query: str, found: int) -> None:
    html = html_of(client, f"/catalogue/?{query}")

    assert html.count('<li class="ligne">') == found


def test_dates_are_of_the_same_session_as_the_place(client: Client, offer: Offering) -> None:
    late = (clock.today() + timedelta(days=40)).isoformat()

    near_florac = html_of(client, f"/catalogue/?commune=Florac+Trois+Rivi%C3%A8res&rayon=5&des={late}")
    near_mende = html_of(client, f"/catalogue/?commune=Mende&rayon=5&des={late}")

    assert '<li class="ligne">' not in near_florac
    assert '<li class="ligne">' in near_mende


@pytest.mark.parametrize(
    "query",
    [
        "commune=Nullepart-sur-Rien",
        "commune=%00%00",
        "rayon=-5",
        "rayon=99999999999999999999999999999999",
        "des=2030-12-31&avant=2030-01-01",
        "des=31/02/2030",
        "page=1000000000",
        "departement=999&region=zz",
        "code=%27%22%3B--",
        "acces=" + "&acces=".join(str(n) for n in range(900)),
        "vue=carte&commune=Nullepart",
        "tri=distance",
    ],
)
def test_strange_address_gets_a_page(client: Client, offer: Offering, query: str) -> None:
    assert html_of(client, f"/catalogue/?{query}").count("<h1") == 1


def test_thousands_of_values_are_refused_in_words(client: Client, offer: Offering) -> None:
    answer = client.get("/catalogue/?" + "&".join(f"acces={n}" for n in range(5000)))

    assert answer.status_code == 400
    assert b"<h1" in answer.content


def test_reversed_dates_are_told(client: Client, offer: Offering) -> None:
    assert "La seconde date vient avant" in html_of(client, "/catalogue/?des=2030-12-31&avant=2030-01-01")


def test_page_beyond_the_last_gives_the_last(client: Client, offer: Offering) -> None:
    assert '<li class="ligne">' in html_of(client, "/catalogue/?page=1000000000")


def test_homonyms_are_offered(client: Client, offer: Offering) -> None:
    html = html_of(client, "/catalogue/?commune=Saint-Denis")

    assert "Saint-Denis (974) et 30 km autour" in html
    assert "code=93066" in html


def test_communes_come_while_typing(client: Client, offer: Offering) -> None:
    assert client.get("/catalogue/communes/?q=flor").json() == {"communes": ["Florac Trois Rivières (48)"]}
    assert client.get("/catalogue/communes/?q=%00").json() == {"communes": []}


def test_map_and_its_list_say_the_same(client: Client, offer: Offering) -> None:
    regions = html_of(client, "/catalogue/?vue=carte")
    communes = html_of(client, "/catalogue/?vue=carte&departement=48")

    assert re.search(r'aria-label="Occitanie : 1"', regions)
    assert '<a href="/catalogue/?region=76&amp;vue=carte">Occitanie</a> <span class="num">1</span>' in regions
    for name in ("Mende", "Florac Trois Rivières"):
        assert f'aria-label="{name} : 1"' in communes
        assert f">{name}</a>" in communes


def test_map_has_its_ground_without_any_imported_commune(client: Client, offer: Offering) -> None:
    Commune.objects.exclude(code__in=["48061", "48095"]).delete()

    country = html_of(client, "/catalogue/?vue=carte")
    department = html_of(client, "/catalogue/?vue=carte&departement=48")
    around = html_of(client, "/catalogue/?vue=carte&code=48061&rayon=50")

    for html in (country, department, around):
        assert re.search(
            r'<path d="M[^"]{200,}z"/><path class="vu" d="M[^"]+z"/><path class="bord" d="M', html
        )
    assert 'class="tour"' in around
    assert 'class="tour"' not in country + department
    assert "48061" in around


def test_map_of_a_place_overseas_is_drawn_without_ground(client: Client, offer: Offering) -> None:
    Commune.objects.filter(code="48061").update(latitude=-21.1, longitude=55.5, department="974")
    Occurrence.objects.filter(commune_code="48061").update(
        latitude=-21.1, longitude=55.5, department="974", **vars(point(-21.1, 55.5))
    )

    html = html_of(client, "/catalogue/?vue=carte&code=48061&rayon=20")

    assert 'class="tour"' in html
    assert "<path" not in html.split('class="carte"')[1].split("</svg>")[0]


def test_page_of_the_offer_tells_each_session(client: Client, offer: Offering) -> None:
    html = html_of(client, reverse("public:micro_credential", args=[offer.micro_credential.slug]))
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert block is not None
    instances = json.loads(block[1])["hasCourseInstance"]

    assert html.count("Il reste 10 places.") == 2
    assert "Accessible en transport en commun" in html
    assert "fauteuil" not in html
    assert [i["location"]["name"] for i in instances] == ["Florac Trois Rivières", "Mende"]
    assert instances[0]["remainingAttendeeCapacity"] == 10


# — For other machines —


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/turtle", "text/turtle"),
        ("application/rdf+xml;q=0.9, text/turtle;q=0.1", "application/rdf+xml"),
        ("text/html", "application/ld+json"),
        ("", "application/ld+json"),
    ],
)
def test_serialisation_follows_what_the_reader_accepts(
    client: Client, offer: Offering, accept: str, kind: str
) -> None:
    answer = client.get("/catalogue/loq", headers={"accept": accept} if accept else {})

    assert answer.headers["Content-Type"] == kind
    assert "Accept" in answer.headers["Vary"]


def test_list_leads_to_the_documents_of_each_organisation(client: Client, offer: Offering) -> None:
    slug = offer.organisation.slug

    listed = client.get("/catalogue/loq.ttl").content.decode()
    document = client.get(f"/catalogue/loq/{slug}.jsonld")

    assert f"/catalogue/loq/{slug}.ttl" in listed
    kinds = [kind for node in document.json() for kind in node.get("@type", [])]
    assert kinds.count("http://data.europa.eu/snb/model/elm/LearningOpportunity") == 3


def test_document_that_has_not_changed_is_not_sent_again(client: Client, offer: Offering) -> None:
    url = f"/catalogue/loq/{offer.organisation.slug}.ttl"
    first = client.get(url)

    same = client.get(url, headers={"if-none-match": first.headers["ETag"]})
    a_session(offer, in_days=90)
    changed = client.get(url, headers={"if-none-match": first.headers["ETag"]})

    assert (same.status_code, same.content) == (304, b"")
    assert changed.status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "/catalogue/loq.csv",
        "/catalogue/loq.ttl?elm=4",
        "/catalogue/loq/personne.ttl",
        "{own}?page=0",
        "{own}?page=2",
    ],
)
def test_document_that_does_not_exist_is_not_found(client: Client, offer: Offering, url: str) -> None:
    own = f"/catalogue/loq/{offer.organisation.slug}.ttl"

    assert client.get(url.format(own=own)).status_code == 404


def test_version_is_chosen_by_the_address(client: Client, offer: Offering) -> None:
    written = client.get(f"/catalogue/loq/{offer.organisation.slug}.ttl?elm=3.3").content.decode()

    assert "http://data.europa.eu/snb/model/ontology/" in written
    assert "snb/model/elm/" not in written


def _lheo(client: Client) -> Element:
    answer = client.get("/catalogue/lheo.xml")
    assert answer.status_code == 200
    return ElementTree.fromstring(b"".join(answer.streaming_content))  # type: ignore[attr-defined]  # it streams


def test_lheo_file_holds_the_offers_that_say_enough(client: Client, offer: Offering) -> None:
    other = published(a_provider(siret=""), "Tailler")
    an_offer(other)

    names = [e.text for e in _lheo(client).iter(f"{{{lheo.NAMESPACE}}}intitule-formation")]
    report = b"".join(client.get("/catalogue/lheo-absents.csv").streaming_content).decode()  # type: ignore[attr-defined]  # it streams

    assert names == ["Plesser une haie"]
    assert "Tailler" in report
    assert "le SIRET de l'organisme ; une session à venir" in report
    assert "Plesser" not in report


def test_lheo_file_of_nothing_does_not_exist(client: Client) -> None:
    assert client.get("/catalogue/lheo.xml").status_code == 404


def test_report_holds_no_formula(client: Client) -> None:
    published(a_provider(), Text.of({"fr": "=HYPERLINK(1)"}))

    report = b"".join(client.get("/catalogue/lheo-absents.csv").streaming_content).decode()  # type: ignore[attr-defined]  # it streams

    assert ";'=HYPERLINK" in report


def test_invented_organisations_are_no_open_data(client: Client) -> None:
    organisation = a_provider(is_demonstration=True)
    published(organisation)

    assert client.get(f"/catalogue/loq/{organisation.slug}.ttl").status_code == 404


def test_feed_is_atom(client: Client, published: Specification) -> None:
    root = ElementTree.fromstring(client.get("/catalogue/nouveautes.atom").content)

    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    assert (
        root.findtext("{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}title")
        == "Plesser une haie"
    )


def test_large_site_map_comes_in_parts(
    client: Client, offer: Offering, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jalon.web.public import files

    published(a_provider(siret=""), "Tailler")
    monkeypatch.setattr(files, "ADDRESSES_A_FILE", 1)

    assert "/sitemap-2.xml" in client.get("/sitemap.xml").content.decode()
    assert client.get("/sitemap-2.xml").content.decode().count("<loc>") == 1
    assert client.get("/sitemap-3.xml").status_code == 404


def test_list_of_opportunities_is_found_with_a_final_slash_too(client: Client) -> None:
    answer = client.get("/catalogue/loq/?elm=3.3")

    assert (answer.status_code, answer["Location"]) == (302, "/catalogue/loq?elm=3.3")
