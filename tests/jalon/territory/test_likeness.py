"""Which needs may be the same: pairs that people would bring together, and pairs that they would not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalon.territory.rules.likeness import Comparable, likeness, stem_key, stems

NASBINALS = (44.663, 3.047)
MENDE = (44.518, 3.501)
LILLE = (50.637, 3.063)

# Pairs that the rule and its threshold were set on.
SAME = [
    ("Réparer des murs en pierre sèche", "Restaurer les murets de pierres sèches"),
    ("Conduire un tracteur en pente", "conduite de tracteurs dans la pente"),
    ("Aide à domicile auprès de personnes âgées", "Accompagner les personnes agées à leur domicile"),
    ("Traite robotisée : régler le robot, lire les alertes", "Savoir régler un robot de traite"),
    ("Tronçonneuse : l'utiliser et l'entretenir", "On cherche qui sait entretenir une tronçoneuse"),
    ("Parler anglais à l'accueil du camping", "Accueillir en anglais au camping municipal"),
    ("Souder à l'arc", "Soudure à l'arc"),
    (
        "Nous cherchons trois personnes capables de faire du fromage de chèvre à la ferme",
        "Fabrication de fromages fermiers de chèvre",
    ),
    ("Taille des haies bocagères", "Tailler et entretenir les haies du bocage"),
    (
        "Installer des panneaux solaires sur les toits des granges",
        "Pose de panneaux photovoltaïques en toiture de grange",
    ),
    (
        "Remplacer un agriculteur pendant ses congés : traite et soins aux vaches",
        "Service de remplacement : traire et soigner les vaches",
    ),
    ("Utiliser un tableur pour suivre les stocks de la coopérative", "Suivi des stocks avec un tableur"),
    ("Repair dry stone walls along footpaths", "Dry-stone wall repairing"),
    ("We need people who can run a milking robot", "Milking robots: running them and reading alerts"),
    ("Helping elderly people at home", "Home help for the elderly"),
    ("Pruning apple trees in old orchards", "How to prune old apple trees"),
    ("Drive a tractor safely on steep slopes", "Safe tractor driving on slopes"),
    ("Welding farm machinery", "Weld and repair farm machines"),
]
OTHER = [
    ("Conduire un tracteur en pente", "Conduire un car scolaire"),
    ("Gérer un site internet pour vendre", "Vendre sur les marchés"),
    ("Raccorder la fibre optique", "Poser des compteurs d'eau"),
    ("Tailler des arbres fruitiers", "Tailler la pierre"),
    ("Soigner des brebis", "Soigner l'accueil des clients"),
    ("Tondre les moutons", "Tondre les pelouses de la commune"),
    ("Conduire des engins de chantier", "Conduire une exploitation laitière"),
    ("Fabriquer du fromage de chèvre", "Élever des chèvres pour la viande"),
    ("Accueillir des touristes en anglais", "Accueillir de jeunes enfants à la crèche"),
    ("Entretenir une chaudière à bois", "Entretenir les sentiers en forêt de bois"),
    ("Réparer des vélos électriques", "Réparer les installations électriques des fermes"),
    ("Aide à domicile auprès de personnes âgées", "Aide aux devoirs à domicile pour collégiens"),
    ("Comptabilité d'une petite ferme", "Ouvrir une ferme au public"),
    ("Repair dry stone walls", "Repair agricultural machines"),
    ("Pruning apple trees", "Selling apples at the market"),
    ("Driving a school bus", "Driving a tractor on slopes"),
    ("Looking after young children at home", "Looking after sheep on the hills"),
    ("Welding farm machinery", "Selling farm machinery"),
    ("We are looking for people who can run a campsite", "We are looking for people who can weld"),
]
# Pairs written afterwards and looked at once: nothing was set on them, and nothing may be.
KEPT_APART_SAME = [
    ("Abattre un arbre en sécurité", "Abattage d'arbres : travailler en sécurité"),
    ("Monter une yourte ou une structure légère en bois", "Construire des habitations légères en bois"),
    ("Poser des clôtures électriques pour les brebis", "Clôtures mobiles électrifiées pour ovins"),
    ("Savoir répondre aux appels d'offres publics", "Réponse à un appel d'offres"),
    (
        "Cuisiner pour une cantine scolaire avec des produits locaux",
        "Cuisine de cantine en circuit court, produits locaux",
    ),
    ("Diagnostiquer une panne sur un tracteur", "Pannes de tracteurs : trouver la cause"),
    ("Beekeeping for beginners: looking after hives", "Keeping bees and looking after the hives"),
    ("Making goat cheese on the farm", "Farmhouse goat cheese making"),
    ("Fixing electric fences for sheep", "Electric fencing for sheep"),
    ("Using a chainsaw safely", "Safe chainsaw use"),
]
KEPT_APART_OTHER = [
    ("Abattre un arbre en sécurité", "Sécurité incendie dans une salle des fêtes"),
    ("Cuisiner pour une cantine scolaire", "Conduire un car scolaire"),
    ("Poser des clôtures électriques", "Poser du carrelage"),
    ("Répondre aux appels d'offres publics", "Accueillir du public en mairie"),
    ("Diagnostiquer une panne sur un tracteur", "Conduire un tracteur avec une remorque"),
    ("Produire du miel", "Produire du lait bio"),
    ("Making goat cheese", "Breeding goats for meat"),
    ("Using a chainsaw safely", "Using a spreadsheet for accounts"),
    ("Electric fencing for sheep", "Shearing sheep"),
    ("Repairing electric bikes", "Electric fencing for sheep"),
]


def of(text: str, point: tuple[float, float] | None = NASBINALS, day: date | None = None) -> Comparable:
    return Comparable(stems(text), point, day)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_need_in_other_words_is_worth_showing(one: str, other: str) -> None:
    assert likeness(of(one), of(other)).is_worth_showing


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_need_with_a_word_in_common_is_not(one: str, other: str) -> None:
    assert not likeness(of(one), of(other)).is_worth_showing


def test_pairs_kept_apart_are_told_apart_too() -> None:
    found = [likeness(of(one), of(other)).is_worth_showing for one, other in KEPT_APART_SAME]
    wrong = [likeness(of(one), of(other)).is_worth_showing for one, other in KEPT_APART_OTHER]

    # What is missed says it in other words: «brebis» and «ovins», a yurt and a light dwelling.
    assert (sum(found), len(found)) == (8, 10)
    assert (sum(wrong), len(wrong)) == (0, 10)


@pytest.mark.parametrize(
    ("word", "stem"),
    [("milking", "milk"), ("running", "run"), ("machinery", "machin"), ("safely", "safe"), ("king", "king")],
)
def test_english_words_lose_their_endings(word: str, stem: str) -> None:
    assert stems(word) == (stem,)


def test_distance_lowers_what_words_say() -> None:
    one, other = SAME[1]

    near, far = likeness(of(one), of(other, MENDE)), likeness(of(one), of(other, LILLE))

    assert near.is_worth_showing
    assert near.km == pytest.approx(39.5, abs=1)
    assert not far.is_worth_showing


def test_dates_a_year_apart_weigh_little() -> None:
    one, other = SAME[3]
    day = date(2027, 3, 1)

    near = likeness(of(one, day=day), of(other, day=day + timedelta(days=30)))
    far = likeness(of(one, day=day), of(other, day=day + timedelta(days=500)))

    assert near.score > far.score > 0
    assert far.days == 500


@pytest.mark.parametrize("text", ["", "🚜🚜", "le la les", "de 1 à 2"])
def test_no_words_are_like_nothing(text: str) -> None:
    assert likeness(of(text), of(text)).score < 0.7
    assert likeness(of(text), of("Souder à l'arc")).score == 0


@given(st.text(max_size=300), st.text(max_size=300))
def test_likeness_is_between_nothing_and_all_whatever_is_typed(one: str, other: str) -> None:
    assert 0 <= likeness(of(one), of(other)).score <= 1


def test_a_very_long_text_takes_bounded_work() -> None:
    assert len(stems("mot" + "".join(f" mot{n}" for n in range(100_000)))) == 60


def test_stem_key_has_whole_stems_between_spaces() -> None:
    assert stem_key("Des murs !") == " mur "
    assert stem_key("🚜") == ""
