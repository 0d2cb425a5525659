"""Concepts found by what somebody types."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.frameworks import a_concept, an_edition

from jalon.frameworks import index, index_files
from jalon.frameworks.models import Concept
from jalon.frameworks.queries.search import search
from jalon.frameworks.rules import searching
from jalon.frameworks.rules.concept_texts import ConceptText
from jalon.frameworks.rules.kinds import ConceptKind, ConceptStatus


@pytest.fixture
def concepts(db: None) -> None:
    a_concept("tailler des haies champêtres", "prune country hedges", alt_labels={"fr": ["plesser une haie"]})
    a_concept("entretenir des haies", "maintain hedges")
    a_concept("conduire un tracteur", "drive a tractor")
    a_concept("sécurité alimentaire", "food safety", kind=ConceptKind.KNOWLEDGE)
    a_concept("apiculteur/apicultrice", "beekeeper", kind=ConceptKind.OCCUPATION, code="6123.1")
    a_concept("C++", "C++", kind=ConceptKind.KNOWLEDGE)
    a_concept("durabilité incarnée", edition=an_edition("greencomp", "1"), kind=ConceptKind.COMPETENCE)


def labels_found(text: str, **arguments: object) -> list[str]:
    return [found.concept.label() for found in search(text, **arguments)]  # type: ignore[arg-type]


@pytest.mark.usefixtures("concepts")
@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("sécurité alimentaire", "sécurité alimentaire"),
        ("SECURITE ALIMENTAIRE", "sécurité alimentaire"),
        ("alimentair", "sécurité alimentaire"),
        ("sécurtié", "sécurité alimentaire"),
        ("taille de haie", "tailler des haies champêtres"),
        ("entretien des haies", "entretenir des haies"),
        ("plesser", "tailler des haies champêtres"),
        ("conduite de tracteurs", "conduire un tracteur"),
        ("tracter", "conduire un tracteur"),
        ("hedge pruning", "tailler des haies champêtres"),
        ("apicul", "apiculteur/apicultrice"),
        ("6123.1", "apiculteur/apicultrice"),
        ("c++", "C++"),
    ],
)
def test_a_concept_is_found_by_its_words_however_they_are_written(typed: str, first: str) -> None:
    assert labels_found(typed)[:1] == [first]


@pytest.mark.usefixtures("concepts")
def test_each_beginning_of_a_label_finds_it() -> None:
    label = "conduire un tracteur"

    found = [labels_found(label[:length]) for length in range(3, len(label) + 1)]

    assert [labels for labels in found if label not in labels] == []


@pytest.mark.usefixtures("concepts")
def test_search_keeps_to_frameworks_and_kinds() -> None:
    assert labels_found("durabilité", frameworks=["esco"]) == []
    assert labels_found("durabilité", frameworks=["greencomp"]) == ["durabilité incarnée"]
    assert labels_found("apiculteur", kinds=[ConceptKind.SKILL]) == []


@pytest.mark.usefixtures("concepts")
def test_all_words_are_wanted_where_a_name_has_them_all() -> None:
    assert labels_found("entretenir haies") == ["entretenir des haies"]
    assert "conduire un tracteur" in labels_found("réparer un tracteur")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "first", "others"),
    [
        # A name with the very word comes before a shorter one whose word only begins alike.
        (
            "facturation",
            "surveiller des procédures de facturation",
            ["facteur/factrice", "examiner des faits"],
        ),
        ("excell", "utiliser Excel", ["viser l’excellence dans le service"]),
        # The stem of a slip may be that of another word.
        ("service cleint", "service clients", ["gestion de stocks", "clin d’œil"]),
        ("apicultrur", "apiculteur", ["agriculteur", "viticulteur"]),
        # An ending that the list does not have, with a slip in the beginning.
        ("apicultage", "apiculteur", ["servir des boissons"]),
        # Both words by a distant ending are worth less than one of them as it was typed.
        ("conduire tracteur", "conduire un tracteur agricole", ["conduire des actions par tracts"]),
    ],
)
def test_the_very_words_come_before_what_only_resembles_them(
    typed: str, first: str, others: list[str]
) -> None:
    for label in [*others, first]:
        a_concept(label)

    assert labels_found(typed)[0] == first


@pytest.mark.django_db
def test_a_slip_is_found_although_its_stem_is_that_of_another_word() -> None:
    for label in ("serve beverages", "monitor customer service", "server room"):
        a_concept(en=label)

    assert search("customer servise", lang="en")[0].concept.label("en") == "monitor customer service"


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["wifi", "bûcheron"])
def test_a_word_that_nothing_is_like_finds_nothing(typed: str) -> None:
    a_concept("installer du câblage", "wiring")
    a_concept("peupler une ruche")

    assert labels_found(typed) == []


@pytest.mark.usefixtures("concepts")
@pytest.mark.parametrize("typed", ["", "   ", "🐝🐝", "…!?", "\0", "zzzzqqqq", "x" * 100_000, "zz " * 50_000])
def test_what_finds_nothing_finds_nothing_quietly(typed: str) -> None:
    assert labels_found(typed) == []


@pytest.mark.usefixtures("concepts")
def test_a_withdrawn_or_changed_concept_is_not_found_as_it_was() -> None:
    assert labels_found("tracteur") == ["conduire un tracteur"]

    Concept.objects.filter(labels__fr="conduire un tracteur").update(status=ConceptStatus.WITHDRAWN)
    a_concept("réparer un tracteur")

    assert labels_found("tracteur") == ["réparer un tracteur"]


@pytest.mark.usefixtures("concepts")
def test_names_in_the_asked_language_come_first() -> None:
    a_concept("conserver", "food")
    a_concept("food", "conserve")

    assert labels_found("food ", lang="fr")[0] == "food"
    assert labels_found("food ", lang="en")[0] == "conserver"


@pytest.mark.django_db
def test_a_kept_index_answers_as_the_one_it_was_built_from() -> None:
    a_concept("tailler des haies", "prune hedges", code="T1")
    a_concept("greffer un arbre", "graft a tree")
    built = searching.built(index.concept_texts())

    index_files.keep("search-test", built)
    read = index_files.read("search-test", searching.SearchIndex)

    for typed in ("tailler", "T1", "greffe", "hegdes"):
        assert searching.scores(read, typed, "fr").tolist() == searching.scores(built, typed, "fr").tolist()
        assert searching.scores(read, typed, "fr").any()


@pytest.mark.django_db
def test_a_damaged_index_is_built_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_FEW", 0)  # so that even a small one is kept in files
    a_concept("tailler des haies")
    assert labels_found("haies") == ["tailler des haies"]
    kept = index_files.folder() / f"search-{index.signature()}"

    (kept / "starts.npy").write_bytes(b"cut")
    index.forget()

    assert labels_found("haies") == ["tailler des haies"]


WORDS = st.lists(
    st.sampled_from(["tailler", "haie", "arbre", "bois", "sol", "prune", "hedge"]), min_size=1, max_size=4
)


@given(st.lists(WORDS, min_size=1, max_size=8), WORDS, st.randoms())
def test_the_order_of_rows_does_not_change_the_answer(
    names: list[list[str]], typed: list[str], order
) -> None:  # type: ignore[no-untyped-def]  # a random.Random of Hypothesis
    texts = [
        ConceptText(number, f"u{number}", "esco", ConceptKind.SKILL, {"fr": " ".join(name)})
        for number, name in enumerate(names)
    ]
    shuffled = list(texts)
    order.shuffle(shuffled)

    def by_uri(some: list[ConceptText]) -> dict[str, float]:
        scores = searching.scores(searching.built(some), " ".join(typed), "fr")
        return {text.uri: round(float(score), 5) for text, score in zip(some, scores, strict=True)}

    assert by_uri(shuffled) == by_uri(texts)
