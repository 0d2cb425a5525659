"""Who lives in the demonstration territory. Everybody and every place here is invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jalon.people.rules import (
    DEMONSTRATION_DOMAIN,
    AccreditationKind,
    OrganisationFacts,
    OrganisationKind,
    Role,
)


@dataclass(frozen=True)
class Account:
    """An account of the demonstration: first name for its address, full name, roles."""

    key: str
    full_name: str
    roles: tuple[Role, ...]

    @property
    def email(self) -> str:
        return f"{self.key}@{DEMONSTRATION_DOMAIN}"


@dataclass(frozen=True)
class Demonstrated:
    """
    One organisation of the demonstration.

    Attributes:
        confirmed_by: Who vouches for it, or empty: then its credentials show what «unknown to us» looks like.
        accreditation: Kind, name and body of its quality label.
    """

    key: str
    facts: OrganisationFacts
    accounts: tuple[Account, ...]
    confirmed_by: str
    basis: str
    accreditation: tuple[AccreditationKind, str, str]


# SIREN numbers that begin with 0000 are not given to anybody; these pass the check of the key.
ORGANISATIONS: tuple[Demonstrated, ...] = (
    Demonstrated(
        key="atelier",
        facts=OrganisationFacts(
            kind=OrganisationKind.TRAINING_PROVIDER,
            legal_name="Atelier rural des Trois Vallées (organisme fictif)",
            region="Région de démonstration",
            street="4 place du Lavoir",
            postal_code="00100",
            locality="Saint-Aubin-les-Sources",
            siret="00000001800010",
            nda="00000000101",
            website="https://atelier.example",
            email="bonjour@atelier.example",
        ),
        accounts=(
            Account("claire", "Claire Delmas", (Role.ADMIN,)),
            Account("amina", "Amina Belkacem", (Role.DESIGNER,)),
            Account("nathalie", "Nathalie Mercadier", (Role.TRAINER,)),
            Account("luc", "Luc Astruc", (Role.ASSESSOR,)),
            Account("helene", "Hélène Roques", (Role.SIGNATORY,)),
            Account("bruno", "Bruno Fages", (Role.PARTNER,)),
        ),
        confirmed_by="Région de démonstration (fictive)",
        basis="dossier d'agrément relu (fictif)",
        accreditation=(
            AccreditationKind.QUALIOPI,
            "Certification qualité (fictive)",
            "Organisme certificateur fictif",
        ),
    ),
    Demonstrated(
        key="fermes",
        facts=OrganisationFacts(
            kind=OrganisationKind.ASSOCIATION,
            legal_name="Réseau des fermes du Haut-Pays (organisme fictif)",
            region="Région de démonstration",
            street="Hameau des Combettes",
            postal_code="00120",
            locality="Combettes-le-Haut",
            siret="00000002600013",
            nda="00000000102",
            website="https://fermes.example",
            email="contact@fermes.example",
        ),
        accounts=(
            Account("sylvain", "Sylvain Costes", (Role.ADMIN, Role.DESIGNER, Role.TRAINER, Role.SIGNATORY)),
        ),
        confirmed_by="",
        basis="",
        accreditation=(
            AccreditationKind.QUALIOPI,
            "Certification qualité (fictive)",
            "Organisme certificateur fictif",
        ),
    ),
    Demonstrated(
        key="bois",
        facts=OrganisationFacts(
            kind=OrganisationKind.COMPANY,
            legal_name="Coopérative Bois des Plateaux (organisme fictif)",
            region="Région de démonstration",
            street="Route de la Scierie",
            postal_code="00140",
            locality="La Plaine-aux-Hêtres",
            siret="00000003400017",
            nda="00000000103",
            website="https://bois.example",
            email="formation@bois.example",
        ),
        accounts=(
            Account("mathilde", "Mathilde Vidal", (Role.ADMIN, Role.DESIGNER, Role.TRAINER, Role.SIGNATORY)),
        ),
        confirmed_by="Branche fictive du bois",
        basis="adhésion contrôlée (fictive)",
        accreditation=(AccreditationKind.LABEL, "Label de branche (fictif)", "Branche fictive du bois"),
    ),
)


@dataclass(frozen=True)
class Earning:
    """
    One award of the demonstration.

    Attributes:
        days_ago: When it was awarded, counted back from the day the demonstration is loaded.
        then: ``""``, ``"revoke"`` or ``"correct"`` (the name was printed wrong at first).
    """

    specification: str
    name: str
    birth_date: date
    days_ago: int
    grade: str = ""
    then: str = ""


EARNINGS: tuple[Earning, ...] = (
    Earning("compostage", "Inès Rouvière", date(1994, 5, 17), 130, "acquis"),
    Earning("compostage", "Jean-Noël Pagès", date(1968, 12, 25), 130, "acquis"),
    Earning("compostage", "Maëlys Ferrand", date(2001, 3, 9), 130, "acquis"),
    Earning("compostage", "Ahmed Benali", date(1989, 7, 2), 130, "acquis"),
    Earning("compostage", "Odile Teyssèdre", date(1957, 10, 30), 130, "acquis", "revoke"),
    Earning("compostage", "Loïc Granier", date(1998, 1, 14), 20, "acquis"),
    Earning("haies", "Inès Rouvière", date(1994, 5, 17), 300),
    Earning("haies", "Cœline Desœuvre", date(1990, 6, 21), 300, "", "correct"),
    Earning("haies", "Théo Malaval", date(2003, 11, 3), 300),
    Earning("haies", "Renée Albaret", date(1962, 4, 8), 300),
    Earning("haies", "Yann Kerbrat", date(1985, 9, 12), 300),
    Earning("circuits-courts", "Fatou Diarra", date(1991, 2, 27), 1280, "17/20"),
    Earning("circuits-courts", "Gaël Bonnefous", date(1979, 8, 19), 1280, "13/20"),
    Earning("circuits-courts", "Élodie Vayssade", date(1987, 5, 5), 75, "15/20"),
    Earning("circuits-courts", "Nadir Haddad", date(1995, 10, 11), 75, "16/20"),
    Earning("circuits-courts", "Solène Puech", date(2000, 12, 1), 75, "12/20"),
    Earning("bois-energie", "Bastien Cayla", date(1992, 6, 30), 45),
    Earning("bois-energie", "Marguerite Sabatier", date(1983, 1, 22), 45),
    Earning("bois-energie", "Kévin Lacombe", date(1999, 9, 9), 45, "", "revoke"),
    Earning("bois-energie", "Zoé Fournier-Blanc", date(2002, 7, 16), 45),
    Earning("bois-energie", "Désiré Antoine", date(1976, 3, 31), 45),
    Earning("bois-energie", "Paulette Estève", date(1971, 11, 27), 45),
)

# What was wrong on the first paper of whoever was corrected.
MISPRINTS = {"Cœline Desœuvre": "Celine Desoeuvre"}

# A list that the trainer prepared and that waits for the signatory, with what lists really contain.
WAITING_LIST = """Session de compostage, printemps ;;;
;;;
NOM;Prénom;Date de naissance;Courriel
Barthélemy;Agnès;03/04/1988;agnes@exemple.example
Coste;Rémi;12/11/1995;
Rouvière;Inès;17/05/1994;
Vernhes;Louise;31/02/1990;
Delpuech;Marc;;
Delpuech;Marc;;
Soulié;Émilie;08/09/1993;emilie(at)exemple.example
"""
