"""Suggestions in the studio: reasons shown, a person decides, a programme gives outcomes."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories.design import FIRST_OUTCOME, SECOND_OUTCOME
from tests.factories.frameworks import a_concept
from tests.jalon.web.studio.conftest import Studio

from jalon.design.models import AlignmentDecision, Specification
from jalon.frameworks.models import Concept, Framework
from jalon.people.models import User
from jalon.people.rules import Role


@pytest.fixture
def stems(studio: Studio) -> Concept:
    """A concept near the first outcome («Choisir les brins à coucher»), among others that are not."""
    a_concept("conduire un tracteur", "drive a tractor")
    a_concept("accueillir des clients", "welcome customers")
    return a_concept("choisir des brins", "choose stems", descriptions={"fr": "Trier les tiges d'une haie."})


def _page(studio: Studio, more: str = "") -> str:
    return studio.client.get(studio.url(f"notions/?acquis={quote(FIRST_OUTCOME)}{more}")).content.decode()


def _press(studio: Studio, do: str, concept: Concept, rank: int = 1) -> object:
    return studio.client.post(
        studio.url("notions/"), {"outcome": FIRST_OUTCOME, "do": f"{do}:{rank}:{concept.uri}"}
    )


def _aligned(studio: Studio) -> list[str]:
    content = Specification.objects.get(id=studio.draft.id).read()
    return [a.uri for a in content.learning_outcomes[0].alignments]


def test_suggestion_shows_its_reason_and_ties_nothing_by_itself(studio: Studio, stems: Concept) -> None:
    page = _page(studio)

    assert "choisir des brins" in page
    assert "brins" in page.split("choisir des brins", 1)[1][:400]
    assert f"accept:1:{stems.uri}" in page
    assert _aligned(studio) == []


def test_accepted_suggestion_is_tied_and_names_who_decided(studio: Studio, stems: Concept) -> None:
    answer = _press(studio, "accept", stems)

    page = _page(studio)
    assert answer.status_code == 302
    assert _aligned(studio) == [stems.uri]
    assert f"accept:1:{stems.uri}" not in page
    assert "Claire Delmas, le" in page.replace("\u00a0", " ")
    assert AlignmentDecision.objects.get().rank == 1


def test_declined_suggestion_is_not_shown_again_and_can_still_be_looked_up(
    studio: Studio, stems: Concept
) -> None:
    _press(studio, "decline", stems)

    assert f":{stems.uri}" not in _page(studio)
    assert f"accept:0:{stems.uri}" in _page(studio, "&q=brins")
    _press(studio, "accept", stems, rank=0)
    assert _aligned(studio) == [stems.uri]
    assert AlignmentDecision.objects.order_by("created_at").last().rank is None


def test_search_forgives_slips_and_its_part_is_a_part(studio: Studio, stems: Concept) -> None:
    part = studio.client.get(
        studio.url(f"notions/?acquis={quote(FIRST_OUTCOME)}&q=chosir+brin&partie=trouves")
    )

    assert "choisir des brins" in part.content.decode()
    assert "<html" not in part.content.decode()
    assert "Rien pour" in _page(studio, "&q=zzzzzzzzq")


def test_concept_that_the_framework_withdrew_is_pointed_out(studio: Studio, stems: Concept) -> None:
    _press(studio, "accept", stems)
    Concept.objects.filter(pk=stems.pk).update(status="withdrawn")

    page = _page(studio)

    assert 'class="err"' in page.split("Relié à", 1)[1][:1500]


def test_nothing_imported_and_no_outcome_are_said(studio: Studio) -> None:
    assert "Aucun référentiel n’est importé ici" in _page(studio)
    Specification.objects.filter(id=studio.draft.id).update(content={"title": {"fr": "Vide"}})
    assert "Écrivez d’abord un acquis" in _page(studio)


def test_what_no_page_sends_changes_nothing(studio: Studio, stems: Concept) -> None:
    for do in (
        "accept:1:http://nowhere.example/",
        "accept::",
        "",
        "eat:1:" + stems.uri,
        "accept:x:" + stems.uri,
    ):
        studio.client.post(studio.url("notions/"), {"outcome": SECOND_OUTCOME, "do": do})

    assert _aligned(studio) == []
    assert AlignmentDecision.objects.filter(rank__isnull=False).count() == 0


PROGRAMME = """Programme de formation : entretien des haies
Durée : 21 heures
Objectifs :
- Choisir les brins à garder
- Conduire un tracteur en pente
Tarif : 300 €
"""


def _read(studio: Studio, **data: object) -> str:
    return studio.client.post(studio.url("programme/"), data).content.decode()


def test_programme_gives_phrases_with_concepts_and_adds_what_is_ticked(
    studio: Studio, stems: Concept
) -> None:
    page = _read(studio, text=PROGRAMME)
    assert "Choisir les brins à garder" in page
    assert "Tarif" not in page.split("phrases trouvées", 1)[-1]
    before = len(Specification.objects.get(id=studio.draft.id).read().learning_outcomes)

    studio.client.post(
        studio.url("programme/"),
        {
            "do": "take",
            "phrase": ["1"],
            "words:1": "Choisir les brins à garder",
            "concept:1": [f"1:{stems.uri}"],
            "words:2": "Conduire un tracteur en pente",
        },
    )

    outcomes = Specification.objects.get(id=studio.draft.id).read().learning_outcomes
    assert len(outcomes) == before + 1
    assert str(outcomes[-1].statement) == "Choisir les brins à garder"
    assert [a.uri for a in outcomes[-1].alignments] == [stems.uri]


def test_programme_in_a_file_is_read_and_what_is_no_document_is_said(studio: Studio, stems: Concept) -> None:
    text = SimpleUploadedFile("programme.txt", PROGRAMME.encode())
    broken = SimpleUploadedFile("programme.pdf", b"%PDF-1.7 broken")

    assert "Choisir les brins à garder" in _read(studio, file=text)
    refused = studio.client.post(studio.url("programme/"), {"file": broken})
    assert refused.status_code == 422
    assert studio.client.post(studio.url("programme/"), {"text": "  "}).status_code == 422


@pytest.mark.parametrize("text", ["🌳🌳🌳", "Plaissar ha reiñ an drailh", "x" * 150_000])
def test_strange_programmes_do_no_harm(studio: Studio, stems: Concept, text: str) -> None:
    assert studio.client.post(studio.url("programme/"), {"text": text}).status_code == 200


def test_readers_are_led_to_the_reading_and_strangers_find_nothing(
    studio: Studio, stems: Concept, as_role: Callable[[Role | None], User]
) -> None:
    as_role(Role.PARTNER)
    assert studio.client.get(studio.url("notions/")).status_code == 302
    _press(studio, "accept", stems)
    assert _aligned(studio) == []
    as_role(None)
    assert studio.client.get(studio.url("notions/")).status_code == 404
    assert studio.client.post(studio.url("programme/"), {"text": "x"}).status_code == 404


def test_what_the_licence_of_a_framework_asks_for_is_shown(studio: Studio, stems: Concept) -> None:
    Framework.objects.filter(code="esco").update(
        attributions={"fr": "ESCO, Commission européenne, {version}"}
    )

    assert "ESCO, Commission européenne, 1.2.0" in _page(studio)
