"""The first page, the opening of a file, publishing, versions and their difference."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.factories.design import FIRST_OUTCOME, THIRD_OUTCOME, a_specification
from tests.factories.people import a_member, a_user, an_organisation
from tests.jalon.web.studio.conftest import Studio

from jalon.design import actions
from jalon.design.models import MicroCredential, Specification
from jalon.design.rules.content import SpecificationContent
from jalon.people.models import User
from jalon.people.rules import Role
from sceau.model.texts import Text


def test_home_of_somebody_without_organisation_leads_to_one(client: Client, db: None) -> None:
    client.force_login(a_user())

    page = client.get("/atelier/").content.decode()

    assert "Vous n’agissez encore pour aucun organisme" in page
    assert "/compte/organismes/nouveau/" in page
    assert client.get("/atelier/nouvelle/").status_code == 302


@pytest.mark.parametrize(("role", "invited"), [(Role.DESIGNER, True), (Role.PARTNER, False)])
def test_empty_home_says_where_the_first_stone_goes(
    client: Client, db: None, role: Role, invited: bool
) -> None:
    client.force_login(a_member(a_user(), an_organisation(), role))

    page = client.get("/atelier/").content.decode()

    assert "Votre premier jalon se plante ici." in page
    assert ("/atelier/nouvelle/" in page) == invited


def test_home_shows_drafts_published_ones_and_the_next_thing_to_do(studio: Studio) -> None:
    a_specification(studio.organisation, content=SpecificationContent(title=Text.of({"fr": "Affûter"})))
    a_specification(studio.organisation, published=True)

    page = studio.client.get("/atelier/").content.decode()

    assert "MFR du Lévezou" in page
    assert "complet, prêt à publier" in page
    assert "il manque 10 éléments" in page
    assert f"/atelier/dossier/{studio.draft.id}/publier/" in page
    assert page.count('class="lame"') == 1


def test_next_thing_is_the_draft_that_lacks_least_then_awarding(studio: Studio) -> None:
    a_member(studio.designer, studio.organisation, Role.SIGNATORY)
    studio.save("duree-niveau", workload_hours="")

    assert "attend encore\xa0: charge de travail" in studio.client.get("/atelier/").content.decode()

    studio.save("duree-niveau", workload_hours="21")
    actions.publish_specification(specification=studio.draft, by=studio.designer)
    page = studio.client.get("/atelier/").content.decode()
    assert "Tout est publié" in page
    assert 'class="lame" href="/delivrer/"' in page


def test_home_asks_as_many_questions_for_one_file_as_for_four(
    studio: Studio, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(20) as few:
        studio.client.get("/atelier/")
    for _each in range(3):
        a_specification(studio.organisation)
        a_specification(studio.organisation, published=True)

    with django_assert_max_num_queries(20) as many:
        studio.client.get("/atelier/")

    assert len(many) == len(few)


def test_file_is_opened_with_a_title_and_goes_to_what_comes_next(studio: Studio) -> None:
    data = {"title": "Vendre à l'étal", "domain": "terre", "organisation": str(studio.organisation.id)}

    answer = studio.client.post("/atelier/nouvelle/", data)

    opened = MicroCredential.objects.get(slug="vendre-a-l-etal")
    assert opened.draft is not None
    assert answer["Location"] == f"/atelier/dossier/{opened.draft.id}/"
    assert (opened.organisation, opened.domain) == (studio.organisation, "terre")


def test_file_without_a_title_is_refused_with_what_was_chosen_kept(studio: Studio) -> None:
    answer = studio.client.post(
        "/atelier/nouvelle/", {"title": " ", "domain": "bati", "organisation": str(studio.organisation.id)}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Il manque le titre" in page
    assert 'value="bati" id="id_domain_2" checked' in page or "checked" in page


def test_member_of_two_organisations_chooses_for_which(studio: Studio) -> None:
    other = an_organisation("CFPPA des Essais")
    a_member(studio.designer, other, Role.DESIGNER)

    assert "CFPPA des Essais" in studio.client.get("/atelier/nouvelle/").content.decode()
    studio.client.post("/atelier/nouvelle/", {"title": "Souder", "organisation": str(other.id)})

    assert MicroCredential.objects.get(slug="souder").organisation == other


def test_publish_page_lists_what_is_missing_with_the_way_to_it(studio: Studio) -> None:
    studio.save("duree-niveau", workload_hours="")

    page = studio.client.get(studio.url("publier/")).content.decode()
    refused = studio.client.post(studio.url("publier/"), {"confirmed": "on"})

    assert "Il manque encore 1 élément pour publier" in page
    assert studio.url("duree-niveau/#f-workload-hours") in page
    assert (refused.status_code, "Il manque les heures de travail" in refused.content.decode()) == (422, True)
    studio.draft.refresh_from_db()
    assert studio.draft.state == "draft"


def test_nothing_is_published_without_the_explicit_word(studio: Studio) -> None:
    reading = studio.client.get(studio.url("publier/")).content.decode()
    refused = studio.client.post(studio.url("publier/"))

    assert "Remettre en état une haie de bocage, à la main." in reading
    assert "Seule, elle n’est ni un diplôme ni une certification enregistrée." in reading
    assert (refused.status_code, "Cochez la case pour publier" in refused.content.decode()) == (422, True)
    studio.draft.refresh_from_db()
    assert studio.draft.state == "draft"


def test_published_version_is_public_and_leads_to_awarding(studio: Studio) -> None:
    a_member(studio.designer, studio.organisation, Role.SIGNATORY)

    answer = studio.client.post(studio.url("publier/"), {"confirmed": "on"}, follow=True)

    design = MicroCredential.objects.get(id=studio.draft.micro_credential_id)
    page = answer.content.decode()
    assert "C’est public." in page
    assert f"/micro-certifications/{design.slug}/" in page
    assert f'href="/delivrer/versions/{studio.draft.id}/liste/"' in page
    assert Client().get(f"/micro-certifications/{design.slug}/").status_code == 200
    again = studio.client.get(studio.url("publier/"))
    assert again["Location"] == f"/atelier/{design.id}/"


@pytest.fixture
def second(studio: Studio) -> Specification:
    """A second version with a reworded outcome, a moved one and other hours."""
    actions.publish_specification(specification=studio.draft, by=studio.designer)
    draft = actions.start_new_version(micro_credential=studio.draft.micro_credential, by=studio.designer)
    for field, seen, value in (
        (
            f"learning_outcomes.{FIRST_OUTCOME}.statement.fr",
            "Choisir les brins à coucher",
            "Choisir les brins",
        ),
        ("workload_hours", "21", "24"),
    ):
        actions.save_field(specification=draft, field=field, value=value, seen=seen, by=studio.designer)
    actions.move_outcome(specification=draft, outcome_id=THIRD_OUTCOME, to=1, by=studio.designer)
    return draft


def test_two_versions_are_compared_in_words_struck_and_underlined(
    studio: Studio, second: Specification
) -> None:
    url = f"/atelier/{second.micro_credential_id}/comparer/"

    page = studio.client.get(url).content.decode()

    assert "De la version 1 à la version 2" in page
    assert "de la place 3 à la place 1" in page
    assert "<del>" in page
    assert "<ins>24 h</ins>" in page
    assert "ajouté" not in page
    same = studio.client.get(f"{url}?de=2&vers=2").content.decode()
    assert "Ces deux versions disent la même chose." in same
    assert studio.client.get(f"{url}?de=x&vers=99").status_code == 200


def test_version_page_lists_all_and_opens_the_next(studio: Studio, second: Specification) -> None:
    url = f"/atelier/{second.micro_credential_id}/"
    page = studio.client.get(url).content.decode()
    assert "Commencer une nouvelle version" not in page
    assert "Claire Delmas" in page

    answer = studio.client.post(f"{url}nouvelle-version/")
    assert answer["Location"] == f"/atelier/dossier/{second.id}/"

    actions.discard_draft(specification=second, by=studio.designer)
    assert "Commencer une nouvelle version" in studio.client.get(url).content.decode()
    studio.client.post(f"{url}nouvelle-version/")
    assert studio.draft.micro_credential.specifications.filter(number=2, state="draft").exists()


def test_micro_certification_is_withdrawn_and_offered_again(studio: Studio) -> None:
    actions.publish_specification(specification=studio.draft, by=studio.designer)
    url = f"/atelier/{studio.draft.micro_credential_id}/offre/"

    studio.client.post(url, {"do": "withdraw"})
    assert MicroCredential.objects.get(id=studio.draft.micro_credential_id).withdrawn_at is not None
    assert "n’est plus proposée" in studio.client.get("/atelier/").content.decode()

    studio.client.post(url, {"do": "offer"})
    assert MicroCredential.objects.get(id=studio.draft.micro_credential_id).withdrawn_at is None


def test_draft_is_thrown_away_only_after_a_question(studio: Studio) -> None:
    page = studio.client.get(studio.url("jeter/")).content.decode()
    assert "Jeter ce brouillon\xa0?" in page
    assert Specification.objects.filter(id=studio.draft.id).exists()

    studio.client.post(studio.url("jeter/"))

    assert not Specification.objects.filter(id=studio.draft.id).exists()


def test_preview_is_the_public_page_and_says_that_it_is_not_yet(studio: Studio) -> None:
    page = studio.client.get(studio.url("apercu/")).content.decode()

    assert "Aperçu de la version 1" in page
    assert "Plesser une haie" in page
    assert "noindex" in page


def test_values_are_read_in_the_language_of_the_page(studio: Studio) -> None:
    reading = studio.url("lecture/")

    french = studio.client.get(reading, headers={"accept-language": "fr"}).content.decode()
    french = french.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    english = studio.client.get(reading, headers={"accept-language": "en"}).content.decode()

    said = {
        "Forêt et milieux": "Forest and habitats",
        "niveau 3 du cadre européen": "EQF level 3",
        "en présence": "presential",
        "assurance qualité de l’organisme": "institutional quality assurance",
    }
    for words, translation in said.items():
        assert words in french
        assert words not in english
        assert translation in english


def test_preview_and_reading_of_an_empty_draft_break_nothing(
    studio: Studio, as_role: Callable[..., User]
) -> None:
    empty = a_specification(studio.organisation, content=SpecificationContent())

    for page in ("apercu/", "lecture/", "publier/"):
        assert studio.client.get(f"/atelier/dossier/{empty.id}/{page}").status_code == 200
    assert studio.client.get("/atelier/").status_code == 200
    assert studio.client.get(f"/atelier/{empty.micro_credential_id}/").status_code == 200


def test_who_publishes_without_awarding_is_told_whose_turn_it_is(studio: Studio) -> None:
    answer = studio.client.post(studio.url("publier/"), {"confirmed": "on"}, follow=True)

    page = answer.content.decode()
    assert "La suite revient aux membres qui préparent les listes" in page
    assert "vous pouvez délivrer" not in page
    assert f"/delivrer/versions/{studio.draft.id}/" not in page
