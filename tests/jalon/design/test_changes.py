"""The difference between two versions, by the identity of each outcome."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.factories.design import FIRST_OUTCOME, SECOND_OUTCOME, THIRD_OUTCOME, complete_content
from tests.jalon.design.strategies import contents, words

from jalon.design import labels
from jalon.design.rules.changes import Kind, Piece, changes, pieces
from jalon.design.rules.content import Alignment, LevelContent, OutcomeContent, SpecificationContent
from sceau.model.texts import Text

OLD = complete_content()
FIRST, SECOND, THIRD = OLD.learning_outcomes


def told(new: SpecificationContent) -> list[str]:
    return [labels.change_sentence(change) for change in changes(OLD, new)]


@given(contents)
def test_nothing_changed_in_the_same_content(content: SpecificationContent) -> None:
    assert changes(content, content) == []


@given(contents, contents)
def test_every_change_is_told(old: SpecificationContent, new: SpecificationContent) -> None:
    found = changes(old, new)

    assert all(labels.change_sentence(each) for each in found)
    assert bool(found) == bool(changes(new, old))


def test_moved_outcome_is_neither_removed_nor_added() -> None:
    new = replace(OLD, learning_outcomes=(THIRD, FIRST, SECOND))

    (found,) = changes(OLD, new)

    assert (found.kind, found.outcome_id) == (Kind.OUTCOME_MOVED, THIRD_OUTCOME)
    assert told(new) == ["Acquis déplacé de la place 3 à la place 1 : «Régler et affûter ses outils»."]


def test_outcomes_that_only_made_room_are_not_said_to_have_moved() -> None:
    added = OutcomeContent("urn:uuid:00000000-0000-0000-0000-000000000009", Text.of({"fr": "Nouvel acquis"}))

    assert told(replace(OLD, learning_outcomes=(added, FIRST, SECOND, THIRD))) == [
        "Acquis 1 ajouté : «Nouvel acquis»."
    ]
    assert told(replace(OLD, learning_outcomes=(SECOND, THIRD))) == [
        "Acquis 1 retiré : «Choisir les brins à coucher»."
    ]


@given(st.permutations(range(6)))
def test_fewest_outcomes_are_moved(order: list[int]) -> None:
    outcomes = [OutcomeContent(f"https://example.org/{n}", Text.of({"fr": str(n)})) for n in range(6)]
    new = replace(OLD, learning_outcomes=tuple(outcomes[n] for n in order))

    moved = {c.outcome_id for c in changes(replace(OLD, learning_outcomes=tuple(outcomes)), new)}
    kept = [n for n in order if f"https://example.org/{n}" not in moved]

    assert kept == sorted(kept)
    longest = max(
        sum(1 for _ in run) if (run := [order[i] for i in range(6) if mask >> i & 1]) == sorted(run) else 0
        for mask in range(64)
    )
    assert len(kept) == longest


def test_reworded_and_moved_outcome_is_told_twice_under_one_identity() -> None:
    reworded = replace(SECOND, statement=Text.of({"fr": "Coucher un brin", "en": "Cut and lay a stem"}))

    found = changes(OLD, replace(OLD, learning_outcomes=(reworded, FIRST, THIRD)))

    assert {c.kind for c in found} == {Kind.OUTCOME_REWORDED, Kind.OUTCOME_MOVED}
    reword = next(c for c in found if c.kind is Kind.OUTCOME_REWORDED)
    assert (reword.outcome_id, reword.language, reword.new) == (SECOND_OUTCOME, "fr", "Coucher un brin")


def test_fields_are_told_with_old_and_new_words() -> None:
    new = replace(
        OLD,
        title=Text.of({"fr": "Plesser une haie", "en": "Hedge laying"}),
        workload_hours=Decimal("24.5"),
        level=LevelContent(none_reason=Text.of({"fr": "Trop court."})),
        participation=("on_site", "blended"),
        validity_months=24,
        prerequisites=Text(()),
        stacks_into=(Alignment("RNCP", "https://e.org", "BPREA", "RNCP38093"),),
    )

    assert told(new) == [
        "Titre (anglais) : «Laying a hedge» devient «Hedge laying».",
        "Heures de travail : «21» devient «24.5».",
        "Niveau : «niveau 3 du cadre européen» est retiré.",
        "Pourquoi il n'y a pas de niveau : «Trop court.» est écrit, il n'y avait rien.",
        "Forme de participation : «en présence, en situation de travail» devient "
        "«en présence, en présence et à distance».",
        "Prérequis : «Pouvoir travailler dehors une journée.» est retiré.",
        "Certifications visées : «RNCP · RNCP38093 · BPREA · https://e.org» est ajouté.",
        "Durée de validité en mois : «24» est écrit, il n'y avait rien.",
    ]


def test_alignment_of_an_outcome_is_told() -> None:
    linked = replace(FIRST, alignments=(Alignment("ESCO", "https://e.org", "tailler", ""),))

    (found,) = changes(OLD, replace(OLD, learning_outcomes=(linked, SECOND, THIRD)))

    assert (found.kind, found.field, found.outcome_id) == (Kind.ROW_ADDED, "alignments", FIRST_OUTCOME)


@given(words, words)
def test_pieces_give_both_texts_back(old: str, new: str) -> None:
    assume(old or new)
    found = pieces(old, new)

    assert "".join(p.words for p in found if p.is_old) == old
    assert "".join(p.words for p in found if p.is_new) == new


def test_sentences_that_share_few_words_are_shown_one_after_the_other() -> None:
    old = "Pris en charge par la communauté de communes pour les habitants."
    new = "Gratuit pour les habitants de la communauté de communes."

    assert pieces(old, new) == [Piece(old, True, False), Piece(new, False, True)]


def test_one_word_more_is_shown_alone() -> None:
    assert [piece.words for piece in pieces("Conduire un compost", "Conduire un compost partagé")] == [
        "Conduire un compost",
        " partagé",
    ]
