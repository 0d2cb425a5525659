"""What `jalon issue` did, as one JSON object and as French sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jalon.awarding.labels import sentence
from jalon.awarding.rules.holders import HOMONYM, Rejection
from jalon.cli.forms import NoFormError, Refusals
from jalon.cli.issuing_losses import Losses
from jalon.cli.publication import FOLDER, Identity, address_of

SHOWN = 10


@dataclass
class Outcome:
    """
    What the command did.

    Attributes:
        nameless: Rows counted as already issued on the strength of a name alone, with the name.
        refusals: The forms that some credential could not take.
        losses: What the forms that were made could not carry.
        made: The forms that some credential took.
        tells_forms: Other forms than the usual one were asked for, so that the report speaks of them.
    """

    issued: int = 0
    already: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    nameless: list[tuple[int, str]] = field(default_factory=list)
    refusals: Refusals = field(default_factory=Refusals)
    losses: Losses = field(default_factory=Losses)
    tells_forms: bool = False
    made: set[str] = field(default_factory=set)

    @property
    def forms_of_nobody(self) -> tuple[str, ...]:
        """The forms that were asked for and that not one credential could take."""
        refused = dict.fromkeys(refusal.form for refusal in self.refusals.counted)
        return tuple(form for form in refused if form not in self.made)

    def as_dict(self) -> dict[str, object]:
        """The one object of ``--json``."""
        return {
            "issued": self.issued,
            "already": self.already,
            "rejected": [
                {"row": r.row, "column": r.column, "code": r.code, "message": _why(r)}
                for r in sorted(self.rejected, key=lambda rejection: rejection.row)
            ],
            "files": self.files,
            "losses": self.losses.as_list(),
            **({"refused_formats": self.refusals.as_list()} if self.tells_forms else {}),
        }


def lines(
    outcome: Outcome, who: Identity, name: str, folder: Path, published: Sequence[Path]
) -> Iterator[str]:
    yield f"{_count(outcome.issued, 'attestation délivrée', 'attestations délivrées')} dans {folder}."
    if outcome.already:
        holders = _count(outcome.already, "personne l’avait", "personnes l’avaient")
        yield f"{holders} déjà : rien n’a été refait."
    yield from _namesakes(outcome.nameless)
    if outcome.rejected:
        yield f"{_count(len(outcome.rejected), 'ligne non délivrée', 'lignes non délivrées')} :"
        for rejection in sorted(outcome.rejected, key=lambda each: each.row):
            where = f", colonne « {rejection.column} »" if rejection.column else ""
            yield f"  ligne {rejection.row}{where} : {_why(rejection)}"
    for refusal, count in outcome.refusals.counted.items():
        yield f"{refusal.form} : {_count(count, 'attestation non faite', 'attestations non faites')}."
        yield f"  {refusal.message}"
    yield from outcome.losses.lines(has_badge=any(file.endswith(".json") for file in outcome.files))
    if asked := sorted(each.row for each in outcome.rejected if each.code.startswith(HOMONYM)):
        yield (
            "Si ce sont d’autres personnes, relancez avec leurs numéros de ligne : "
            f"--distinct {','.join(map(str, asked))}"
        )
    if any(rejection.code.startswith("again.") for rejection in outcome.rejected):
        yield "Pour délivrer de nouveau à ces personnes, relancez avec --again."
    yield f"Émetteur : {name}, {who.did}"
    if published:
        yield from _hosting(who, folder, published)
    else:
        yield (
            "Sans adresse publique en https (JALON_PUBLIC_URL), l’émetteur est did:key et les attestations "
            "ne portent "
            "pas d’état : elles ne pourront pas être révoquées en ligne."
        )


def _why(rejection: Rejection) -> str:
    if rejection.code == NoFormError.code:
        return "Aucune des formes demandées n’a pu être faite ; la raison est plus bas."
    return sentence(rejection.code, rejection.facts)


def _hosting(who: Identity, out: Path, published: Sequence[Path]) -> Iterator[str]:
    root = out / FOLDER
    yield "À publier, pour que chacun puisse vérifier :"
    for path in published:
        yield f"  {path} → {address_of(path, who, root)}"
    yield f"Ne publiez que {root} : le reste de {out} porte des noms de personnes."


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number < 2 else several}"


def _namesakes(rows: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Those known by a name alone: perhaps somebody else with the same name, which only a person can tell."""
    for row, name in rows[:SHOWN]:
        yield (
            f"  ligne {row} : {name} l’avait déjà, sans date de naissance ni identifiant pour en être sûr. "
            "Si c’est une autre personne, ajoutez sa date de naissance à la liste."
        )
    if len(rows) > SHOWN:
        yield f"  … et {len(rows) - SHOWN} autres connus par leur seul nom."
