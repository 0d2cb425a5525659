"""
What is missing in the demonstration territory: real communes, invented needs.

Sources of the communes: INSEE (code, name, population, density), IGN (centre), La Poste (postcode), DGCL and
ANCT (intercommunal body, rural zoning), editions of 2025 and 2026, Licence Ouverte 2.0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from jalon.foundation import clock
from jalon.people.models import Organisation, User
from jalon.territory import actions
from jalon.territory.models import EXTRACT, Commune, Need, PartKind, key_of
from jalon.territory.rules.needs import Asker, AskerKind, Constraint, NeedFacts

# Code, name, postcode, department, region, EPCI, population, latitude, longitude, density, FRR class.
_Row = tuple[str, str, str, str, str, str, int, float, float, int, str]
COMMUNES: tuple[_Row, ...] = (
    ("48104", "Nasbinals", "48260", "48", "76", "200069144", 571, 44.64603, 3.04618, 6, "FRR socle"),
    ("48009", "Peyre en Aubrac", "48130", "48", "76", "200069144", 2296, 44.69232, 3.27297, 6, "FRR socle"),
    ("48128", "Rimeize", "48200", "48", "76", "200069185", 623, 44.7626, 3.31934, 7, "FRR socle"),
    (
        "48140",
        "Saint-Chély-d'Apcher",
        "48200",
        "48",
        "76",
        "200069185",
        3955,
        44.81439,
        3.27833,
        5,
        "FRR socle",
    ),
    ("48092", "Marvejols", "48100", "48", "76", "244800470", 4764, 44.55495, 3.28783, 5, "FRR socle"),
    ("48095", "Mende", "48000", "48", "76", "244800405", 12464, 44.53491, 3.49086, 3, "FRR socle"),
    ("12119", "Laguiole", "12210", "12", "76", "200067171", 1207, 44.69365, 2.86794, 5, "FRR socle"),
    ("12164", "Mur-de-Barrez", "12600", "12", "76", "200067171", 693, 44.87049, 2.68504, 6, "FRR socle"),
    ("15045", "Chaudes-Aigues", "15110", "15", "84", "200066660", 813, 44.84227, 3.00571, 6, "FRR socle"),
)
EPCI = {
    "200069144": "CC des Hautes Terres de l'Aubrac",
    "200069185": "CC des Terres d'Apcher-Margeride-Aubrac",
    "244800470": "CC du Gévaudan",
    "244800405": "CC Coeur de Lozère",
    "200067171": "CC Aubrac, Carladez et Viadène",
    "200066660": "CC de Saint-Flour",
}
TERRITORY = ("Aubrac et Margeride (territoire fictif)", ("200069144", "200069185", "200067171"))


@dataclass(frozen=True)
class Stated:
    """
    One need of the demonstration.

    Attributes:
        by: Who asks, in words; empty for a learner; `organisation` speaks instead where it is given.
        days_ago: When it was stated, counted back from the day the demonstration is loaded.
        answer: Key of a micro-certification of the demonstration that is linked to it.
    """

    skill: str
    commune: str
    kind: AskerKind
    days_ago: int
    by: str = ""
    organisation: str = ""
    people: int | None = None
    in_days: int | None = None
    constraints: str = ""
    ticked: tuple[Constraint, ...] = ()
    accepted: bool = True
    answer: str = ""


NEEDS = (
    Stated(
        "Entretenir et plesser les haies de nos chemins. Nos agents savent débroussailler, pas plesser.",
        "48009",
        AskerKind.LOCAL_AUTHORITY,
        200,
        by="Une mairie (fictive)",
        people=3,
        answer="haies",
    ),
    Stated(
        "Isoler les combles avec la laine du pays",
        "48140",
        AskerKind.COMPANY,
        3,
        by="Une entreprise du bâtiment (fictive)",
        people=5,
        in_days=200,
        answer="laine",
    ),
    Stated(
        "Réparer des murs en pierre sèche",
        "48104",
        AskerKind.LOCAL_AUTHORITY,
        60,
        by="Une communauté de communes (fictive)",
        people=6,
        in_days=150,
        ticked=(Constraint.SEASON,),
    ),
    Stated(
        "Restaurer les murets de pierres sèches autour des estives",
        "12119",
        AskerKind.OTHER,
        30,
        by="Un groupement pastoral (fictif)",
        people=4,
        in_days=180,
        constraints="Pas pendant la transhumance.",
        ticked=(Constraint.SEASON, Constraint.TRANSPORT),
    ),
    Stated(
        "Conduire un porteur forestier sur un sol mouillé",
        "48128",
        AskerKind.COMPANY,
        25,
        organisation="bois",
        people=2,
    ),
    Stated(
        "Accompagner une personne âgée chez elle après une hospitalisation",
        "48092",
        AskerKind.LEARNER,
        12,
        people=1,
        ticked=(Constraint.TRANSPORT, Constraint.CHILDCARE),
        constraints="Disponible le soir et le samedi.",
    ),
    Stated(
        "Affûter et entretenir une tronçonneuse",
        "15045",
        AskerKind.LEARNER,
        4,
        people=1,
        ticked=(Constraint.CONNECTION,),
        accepted=False,
    ),
    Stated(
        "Accueillir en anglais les randonneurs du chemin de Saint-Jacques",
        "48104",
        AskerKind.COMPANY,
        2,
        by="Un gîte d'étape (fictif)",
        people=3,
        in_days=120,
        accepted=False,
    ),
)


def load(
    *,
    organisations: Mapping[str, Organisation],
    moderator: User,
    admin: User,
    speakers: Mapping[str, User],
    answers: Mapping[str, UUID],
) -> None:
    """
    Put the communes, a territory and the needs in place, through the same actions that people use.

    Args:
        moderator, admin: Of the organisation that looks after the territory.
        speakers: Who speaks for each organisation that states a need.
        answers: Micro-certifications by their key in `NEEDS`.
    """
    if not Commune.objects.exists():
        Commune.objects.bulk_create([_commune(*row) for row in COMMUNES])
    actions.draw_territory(
        organisation=organisations["atelier"],
        name=TERRITORY[0],
        parts=[(PartKind.EPCI, code) for code in TERRITORY[1]],
        by=admin,
    )
    for stated in NEEDS:
        with clock.frozen(clock.now() - timedelta(days=stated.days_ago)):
            need = _state(stated, organisations, speakers)
        with clock.frozen(clock.now() - timedelta(days=max(stated.days_ago - 1, 0))):
            _follow(stated, need, moderator, answers)


def _commune(
    code: str,
    name: str,
    postcode: str,
    department: str,
    region: str,
    epci: str,
    population: int,
    latitude: float,
    longitude: float,
    density: int,
    frr: str,
) -> Commune:
    return Commune(
        code=code,
        name=name,
        postcodes=f" {postcode} ",
        department=department,
        region=region,
        epci_code=epci,
        epci_name=EPCI[epci],
        population=population,
        latitude=latitude,
        longitude=longitude,
        density=density,
        frr=frr,
        edition=EXTRACT,
        key=key_of(name),
    )


def _state(stated: Stated, organisations: Mapping[str, Organisation], speakers: Mapping[str, User]) -> Need:
    facts = NeedFacts(
        skill=stated.skill,
        commune_code=stated.commune,
        people_count=stated.people,
        needed_by=clock.today() + timedelta(days=stated.in_days + stated.days_ago)
        if stated.in_days
        else None,
        constraints=stated.constraints,
        ticked=frozenset(stated.ticked),
    )
    if stated.organisation:
        speaker = speakers[stated.organisation]
        return actions.state_need(facts=facts, organisation=organisations[stated.organisation], by=speaker)
    return actions.state_need(facts=facts, asker=Asker(stated.kind, stated.by, agrees=bool(stated.by)))


def _follow(stated: Stated, need: Need, moderator: User, answers: Mapping[str, UUID]) -> None:
    if stated.accepted and not stated.organisation:
        need = actions.accept_need(need=need, by=moderator)
    if stated.answer:
        actions.link_design(need=need, micro_credential_id=answers[stated.answer], by=moderator)
