"""Taking a published version away: each form read back, cached, licensed, credited; only what is public."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client
from tests.factories.design import FIRST_OUTCOME, a_specification, complete_content
from tests.factories.people import a_member, a_user, an_organisation

from jalon.design import actions
from jalon.design.importers import read_file
from jalon.design.models import Licence, Specification
from jalon.design.rules.content import CriterionContent, ModuleContent
from jalon.people.models import Organisation
from jalon.people.rules import Role
from sceau.formats import european
from sceau.model.texts import Text

LICENCE = '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
TYPES = {
    "json": "application/json",
    "jsonld": "application/ld+json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WHOLE = replace(
    complete_content(),
    title=Text.of({"fr": "=Plesser 😀 une haie", "br": "Garzh c’hoad"}),
    criteria=(
        CriterionContent(
            "urn:uuid:5b5f7b1e-6d0c-4f0e-9a58-0f2a8d1c7b11", Text.of({"fr": "Tient"}), (FIRST_OUTCOME,)
        ),
    ),
    modules=(
        ModuleContent(
            "urn:uuid:5b5f7b1e-6d0c-4f0e-9a58-0f2a8d1c7b12", Text.of({"fr": "Au champ"}), Decimal("10.5")
        ),
    ),
)


def _whole(organisation: Organisation | None = None) -> Specification:
    return a_specification(organisation or an_organisation("MFR du Lévezou"), published=True, content=WHOLE)


def _path(specification: Specification, ending: str) -> str:
    slug, number = specification.micro_credential.slug, specification.number
    return f"/micro-certifications/{slug}/v/{number}/referentiel.{ending}"


@pytest.mark.django_db
@pytest.mark.parametrize("ending", TYPES)
def test_each_form_is_typed_cached_licensed_and_read_back(client: Client, ending: str) -> None:
    specification = _whole()

    answer = client.get(_path(specification, ending))

    assert answer.status_code == 200
    assert answer["Content-Type"] == TYPES[ending]
    assert (answer["Link"], answer["Cache-Control"]) == (LICENCE, "public, max-age=3600")
    assert answer["Last-Modified"]
    imported = read_file(answer.content, f"haie.{ending}")
    content = imported.content
    assert str(content.title) == "=Plesser 😀 une haie"
    assert [str(o.statement) for o in content.learning_outcomes] == [
        str(o.statement) for o in WHOLE.learning_outcomes
    ]
    assert content.workload_hours == Decimal(21)
    if ending != "xlsx":
        assert (imported.owner, imported.country) == ("MFR du Lévezou", "FR")
        assert imported.address.endswith(f"/v/{specification.number}/")


@pytest.mark.django_db
def test_own_json_loses_nothing(client: Client) -> None:
    specification = _whole()

    answer = client.get(_path(specification, "json"))

    assert read_file(answer.content).content == WHOLE
    document = answer.json()
    assert (document["id"], document["version"]) == (specification.urn, 1)
    assert document["licence"]["name"] == "CC-BY-4.0"


@pytest.mark.django_db
@pytest.mark.parametrize("ending", TYPES)
def test_who_has_it_already_is_told_so(client: Client, ending: str) -> None:
    specification = _whole()
    etag = client.get(_path(specification, ending))["ETag"]

    again = client.get(_path(specification, ending), headers={"if-none-match": etag})
    specification.micro_credential.licence = Licence.CC0
    specification.micro_credential.save()
    changed = client.get(_path(specification, ending), headers={"if-none-match": etag})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert changed.status_code == 200


@pytest.mark.django_db
def test_what_is_not_published_is_not_there(client: Client) -> None:
    draft = a_specification(an_organisation(), content=WHOLE)
    published = _whole()

    assert client.get(_path(draft, "json")).status_code == 404
    assert client.get(_path(published, "json").replace("/v/1/", "/v/2/")).status_code == 404
    assert client.get(_path(published, "exe")).status_code == 404


@pytest.mark.django_db
def test_page_offers_each_form_and_says_what_the_model_leaves_out(client: Client) -> None:
    specification = _whole()

    page = client.get(f"/micro-certifications/{specification.micro_credential.slug}/").content.decode()

    for ending in TYPES:
        assert _path(specification, ending) in page
    assert f"/atelier/adapter/{specification.micro_credential.slug}/" in page
    assert "Emporter ce référentiel" in page
    assert "critères" in page.partition("n’a pas de place pour")[2][:200]


@pytest.mark.django_db
def test_reserved_words_are_read_and_not_adapted(client: Client) -> None:
    specification = _whole()
    specification.micro_credential.licence = Licence.RESERVED
    specification.micro_credential.save()

    page = client.get(f"/micro-certifications/{specification.micro_credential.slug}/").content.decode()
    answer = client.get(_path(specification, "json"))

    assert "/atelier/adapter/" not in page
    assert "Link" not in answer


def _adapted(source: Specification, title: str) -> Specification:
    other = an_organisation("Ferme-école du Aubrac")
    designer = a_member(a_user(), other, *Role)
    made = actions.adapt_specification(source=source, organisation=other, by=designer)
    draft = made.specifications.get()
    draft.delete()
    return a_specification(
        other,
        micro_credential=made,
        published=True,
        content=replace(complete_content(), title=Text.of({"fr": title})),
    )


@pytest.mark.django_db
def test_source_is_credited_and_lists_what_was_made_of_it(client: Client) -> None:
    source = _whole()
    copy = _adapted(source, "Plesser en montagne")
    a_specification(
        copy.micro_credential.organisation,
        micro_credential=copy.micro_credential,
        content=replace(complete_content(), title=Text.of({"fr": "Titre encore secret"})),
    )

    of_source = client.get(f"/micro-certifications/{source.micro_credential.slug}/").content.decode()
    of_copy = client.get(f"/micro-certifications/{copy.micro_credential.slug}/").content.decode()

    assert "Plesser en montagne" in of_source
    assert "Titre encore secret" not in of_source
    credit = of_copy.partition("D’après")[2][:600]
    assert "Plesser 😀 une haie" in credit
    assert "MFR du Lévezou" in credit
    assert "creativecommons.org/licenses/by/4.0" in credit
    document = client.get(_path(copy, "json")).json()
    assert document["adapted_from"]["owner"] == "MFR du Lévezou"


@pytest.mark.django_db
def test_european_form_is_no_qualification_and_names_the_organisation(client: Client) -> None:
    document = json.loads(client.get(_path(_whole(), "jsonld")).content)

    assert document["type"] == "LearningAchievementSpecification"
    found = european.specification.from_document(document)
    assert [body.name for body in found.bodies] == ["MFR du Lévezou"]
    assert found.micro_credential.recognition.status == "attestation"
