"""The quality of a draft: remarks, neighbours, checklists answered without overwriting anybody."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from tests.factories.catalogue import a_commune
from tests.factories.design import a_specification, complete_content
from tests.factories.people import a_member, a_user, an_organisation
from tests.jalon.web.studio.conftest import Studio

from jalon.catalogue.actions import rebuild
from jalon.design.models import ChecklistAnswer, MicroCredential, Specification
from jalon.design.rules import plain
from jalon.design.rules.checklists import EVIDENCE_LENGTH
from jalon.design.rules.content import CriterionContent
from jalon.people.models import User
from jalon.people.rules import Role
from sceau.model.texts import Text

ITEM = "annex_ii.relevance"


def _page(studio: Studio) -> str:
    return studio.client.get(studio.url("principes/")).content.decode()


def _seen(page: str, item: str = ITEM) -> str:
    found = re.search(rf'name="{re.escape(item)}\.seen" value="([^"]*)"', page)
    assert found, item
    return found[1]


def _answer(client: Client, studio: Studio, seen: str, evidence: str, verdict: str = "yes") -> object:
    data = {f"{ITEM}.seen": seen, f"{ITEM}.evidence": evidence, f"{ITEM}.verdict": verdict}
    return client.post(studio.url("principes/"), data)


def test_answer_is_kept_and_shown_with_its_author(studio: Studio) -> None:
    answer = _answer(studio.client, studio, _seen(_page(studio)), "Lettre de trois éleveurs, mars 2026.")

    assert answer.status_code == 302
    page = _page(studio)
    assert "Lettre de trois éleveurs, mars 2026." in page
    assert "Claire Delmas" in page
    assert "1 sur 10 ont une réponse" in page


def test_answer_given_meanwhile_is_shown_beside_what_was_typed(studio: Studio) -> None:
    colleague = a_member(a_user(full_name="Paul Vidal"), studio.organisation, Role.DESIGNER)
    before = _seen(_page(studio))
    other = Client()
    other.force_login(colleague)
    _answer(other, studio, before, "Deux communes l'ont demandé.", "partly")

    answer = _answer(studio.client, studio, before, "Lettre de trois éleveurs.")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Paul Vidal a répondu entre-temps" in page.replace("\u00a0", " ")
    assert "Deux communes l&#x27;ont demandé." in page or "Deux communes l’ont demandé." in page
    assert "Lettre de trois éleveurs." in page
    assert ChecklistAnswer.objects.get().evidence == "Deux communes l'ont demandé."

    assert _answer(studio.client, studio, _seen(page), "Les deux.").status_code == 302
    assert ChecklistAnswer.objects.get().evidence == "Les deux."


def test_evidence_too_long_is_given_back_whole(studio: Studio) -> None:
    answer = _answer(studio.client, studio, _seen(_page(studio)), "y" * (EVIDENCE_LENGTH + 3))

    assert answer.status_code == 422
    assert "y" * (EVIDENCE_LENGTH + 3) in answer.content.decode()
    assert not ChecklistAnswer.objects.exists()


def test_what_does_not_agree_leads_to_its_field(studio: Studio) -> None:
    content = replace(
        complete_content(), criteria=(CriterionContent("https://example.org/c", Text.of({"fr": "Tient"})),)
    )
    Specification.objects.filter(id=studio.draft.id).update(content=plain.write(content))

    page = _page(studio)

    assert "regarde aucun acquis" in page
    assert "evaluation/#f-criteria" in page


def test_neighbour_of_another_organisation_is_shown_and_our_own_is_not(studio: Studio) -> None:
    neighbour = an_organisation("CFPPA du Ségala", slug="cfppa-du-segala")
    a_specification(neighbour, published=True)
    a_specification(studio.organisation, published=True)
    rebuild()

    page = _page(studio)

    assert page.count("CFPPA du Ségala") == 1
    assert page.count("L’adapter ou vous entendre") == 1


@pytest.mark.parametrize(("place", "said"), [("48095", "à 23 km"), ("48061", "dans la même commune")])
def test_neighbour_is_told_with_how_far_it_is(studio: Studio, place: str, said: str) -> None:
    theirs = an_organisation("CFPPA du Ségala", slug="cfppa-du-segala")
    for organisation, code in ((studio.organisation, "48061"), (theirs, place)):
        commune = a_commune(code)
        organisation.locality, organisation.postal_code = commune.name, commune.postcode_list[0]
        organisation.save()
    a_specification(theirs, published=True)
    rebuild()

    page = _page(studio)

    assert f"CFPPA du Ségala, {said}." in page.replace("\u00a0", " ")


def test_neighbour_is_adapted_from_the_page_and_a_source_is_no_neighbour(studio: Studio) -> None:
    theirs = a_specification(an_organisation("CFPPA du Ségala", slug="cfppa-du-segala"), published=True)
    rebuild()
    adapt = f"/atelier/adapter/{theirs.micro_credential.slug}/"
    before = _page(studio)

    studio.client.post(adapt, {"organisation": str(studio.organisation.id), "do": "adapt"})
    copy = MicroCredential.objects.get(adaptation__isnull=False).draft
    page = studio.client.get(f"/atelier/dossier/{copy.id}/principes/").content.decode()

    assert f'href="{adapt}"' in before
    assert "CFPPA du Ségala" not in page


def test_outcomes_without_any_criterion_do_not_pass_for_agreeing(studio: Studio) -> None:
    page = _page(studio)

    Specification.objects.filter(id=studio.draft.id).update(
        content=plain.write(replace(complete_content(), learning_outcomes=()))
    )
    empty = _page(studio)

    assert "s’accordent." not in page
    assert "s’accordent." not in empty
    assert "rien à comparer" in empty
    assert "evaluation/#f-criteria" in page.split("annex_ii")[0].split("Ce qui ne s")[1]


def test_readers_see_and_cannot_answer_and_strangers_find_nothing(
    studio: Studio, as_role: Callable[[Role | None], User]
) -> None:
    seen = _seen(_page(studio))

    as_role(Role.PARTNER)
    assert studio.client.get(studio.url("principes/")).status_code == 200
    assert _answer(studio.client, studio, seen, "x").status_code == 403
    as_role(None)
    assert studio.client.get(studio.url("principes/")).status_code == 404
    assert _answer(studio.client, studio, seen, "x").status_code == 404
    assert not ChecklistAnswer.objects.exists()
