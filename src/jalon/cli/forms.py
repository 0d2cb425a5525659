"""The forms in which `jalon issue` hands a credential over, and which of them a credential could not take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from jalon.awarding.rules.sealing import sealed_export
from jalon.cli.issuing_losses import LeftOut, left_out
from sceau.errors import DataModelError, NoLevelError, SceauError
from sceau.exports import EUROPASS, OPEN_BADGES, SD_JWT_VC, VC_JWT, Sealing
from sceau.model.credential import Credential

DEFAULT = OPEN_BADGES.name
NAMES = (OPEN_BADGES.name, VC_JWT.name, EUROPASS.name, SD_JWT_VC.name)

NO_SEAL = "europass : sans certificat d’organisme (--seal), l’attestation européenne n’est pas scellée."
SEALED = "europass : scellée au niveau {level} ; les niveaux LT et LTA ne sont pas faits ici."
UNDATED = (
    "europass : l’autorité d’horodatage n’a pas répondu ({problem}) ; les cachets sont de niveau B-B, sans "
    "date sûre."
)
NO_STATUS = (
    "sd-jwt-vc : sans adresse publique (JALON_PUBLIC_URL), cette attestation ne dit pas où lire si elle est "
    "révoquée."
)
BEARER = (
    "sd-jwt-vc : sans clé de la personne (--holder-key), ce fichier est au porteur : qui en a une copie peut "
    "le montrer."
)
BOUND = "sd-jwt-vc : lié à la clé donnée ; seul le portefeuille qui la détient peut répondre à qui vérifie."


@dataclass(frozen=True)
class Refusal:
    """A form that one credential could not take, and why."""

    form: str
    code: str
    message: str


@dataclass(frozen=True)
class Made:
    """
    Attributes:
        files: Contents by file name; the first is the one that stands for the award.
        left_out: What each of them could not carry.
        names: The forms that were made.
    """

    files: dict[str, bytes]
    refusals: tuple[Refusal, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    names: tuple[str, ...] = ()


class NoFormError(DataModelError):
    """Not one of the forms that were asked for could be made."""

    code = "cli.no_form"

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__("; ".join(f"{each.form}: {each.message}" for each in refusals))
        self.refusals = tuple(refusals)


@dataclass
class Refusals:
    """How often a form was refused, reason by reason."""

    counted: Counter[Refusal] = field(default_factory=Counter)

    def count(self, refusals: Iterable[Refusal]) -> None:
        """Add those of one credential."""
        self.counted.update(refusals)

    def as_list(self) -> list[dict[str, Any]]:
        """``[{"format": "sd-jwt-vc", "code": "model.no_level", "message": "…", "count": 12}]``."""
        return [
            {"format": each.form, "code": each.code, "message": each.message, "count": count}
            for each, count in self.counted.items()
        ]


def make(
    credential: Credential,
    names: Sequence[str],
    *,
    stem: str,
    sealing: Sealing,
    european: Sealing | None = None,
    number: str = "",
) -> Made:
    """
    One credential in each of the forms *names*.

    Args:
        sealing: What all but the European form is made with.
        european: What that one is made with.
        number: The awarding body's own number for the person. It goes into the wallet attestation alone,
            where its holder chooses who sees it.

    Raises:
        NoFormError: None of them could be made.
    """
    files: dict[str, bytes] = {}
    refusals: list[Refusal] = []
    unsaid: list[LeftOut] = []
    for name in names:
        try:
            told = _numbered(credential, number) if name == SD_JWT_VC.name else credential
            means = european if european is not None and name == EUROPASS.name else sealing
            made = sealed_export(name, told, means).exported
        except SceauError as error:
            if len(names) == 1 and name == DEFAULT:
                raise
            refusals.append(Refusal(name, error.code, sentence(credential, error)))
            continue
        files[stem + made.suffix] = made.data
        if made.losses:
            unsaid.append(left_out(name, told, made))
    if not files:
        raise NoFormError(refusals)
    refused = {each.form for each in refusals}
    return Made(files, tuple(refusals), tuple(unsaid), tuple(each for each in names if each not in refused))


def _numbered(credential: Credential, number: str) -> Credential:
    return replace(credential, holder=replace(credential.holder, identifier=number))


def sentence(credential: Credential, error: SceauError) -> str:
    """Why a form was refused, in French."""
    if isinstance(error, NoLevelError):
        reason = str(credential.micro_credential.level.none_reason)
        because = f" Le référentiel dit pourquoi : « {reason} »" if reason else ""
        return (
            "L’attestation de portefeuille européen demande un niveau de 1 à 8, et cette "
            f"micro-certification n’en a pas.{because}"
        )
    if "learner_identification" in str(error):
        return (
            "L’attestation de portefeuille européen demande un identifiant de la personne : ajoutez une "
            "colonne « Identifiant » à la liste."
        )
    return f"Cette forme ne peut pas dire ce que dit l’attestation ({error})."
