"""Public doubles for tests: fixed keys, ports that live in memory, and a whole example credential."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from sceau.did import did_key
from sceau.errors import FetchError
from sceau.keys.signer import Ed25519Signer
from sceau.model.concepts import Concept
from sceau.model.credential import (
    Credential,
    Evidence,
    Holder,
    Identifier,
    Issuer,
    OutcomeResult,
    StatusEntry,
)
from sceau.model.micro_credential import (
    Assessment,
    LearningOutcome,
    Level,
    MicroCredential,
    Part,
    QualityAssurance,
    Recognition,
    RecognitionStatus,
    RubricLevel,
    Workload,
)
from sceau.model.texts import Text
from sceau.ports import Fetched, Voucher

EXAMPLE_MOMENT = datetime(2026, 6, 2, 8, 0, tzinfo=UTC)


def key_signer(number: int = 1) -> Ed25519Signer:
    """
    A signer with a fixed did:key; another *number* is another key. For tests only: everyone knows these keys.
    """
    seed = number.to_bytes(32, "big")
    public = Ed25519Signer(seed, "").public_key_multibase
    return Ed25519Signer(seed, did_key.verification_method(public))


def web_signer(did: str = "did:web:example.org:o:atelier", number: int = 1) -> Ed25519Signer:
    """A signer with a fixed key under a did:web."""
    return Ed25519Signer(number.to_bytes(32, "big"), f"{did}#key-{number}")


class MemoryStatuses:
    """Implements `sceau.ports.StatusSource`: the lists by URL; any other is out of reach."""

    def __init__(
        self, lists: Mapping[str, bytes | Fetched] | None = None, *, fetched_at: datetime = EXAMPLE_MOMENT
    ) -> None:
        self._lists = dict(lists or {})
        self._fetched_at = fetched_at
        self.asked: list[str] = []

    def status_list(self, url: str) -> Fetched:
        """The list, or `FetchError`."""
        self.asked.append(url)
        found = self._lists.get(url)
        if found is None:
            raise FetchError(f"expected an answer from {url}, met none")
        return found if isinstance(found, Fetched) else Fetched(found, self._fetched_at, "application/vc")


class MemoryDocuments:
    """Implements `sceau.ports.DocumentSource`."""

    def __init__(self, *documents: Mapping[str, object]) -> None:
        self._documents = {str(document["id"]): dict(document) for document in documents}

    def did_document(self, did: str) -> dict[str, object] | None:
        """The document, or None."""
        return self._documents.get(did)


class MemoryFetcher:
    """Implements `sceau.ports.Fetcher`: the pages by URL; any other is out of reach."""

    def __init__(
        self, pages: Mapping[str, bytes] | None = None, *, fetched_at: datetime = EXAMPLE_MOMENT
    ) -> None:
        self._pages = dict(pages or {})
        self._fetched_at = fetched_at
        self.asked: list[str] = []

    def fetch(self, url: str, *, max_bytes: int) -> Fetched:
        """The page, or `FetchError`."""
        self.asked.append(url)
        body = self._pages.get(url)
        if body is None or len(body) > max_bytes:
            raise FetchError(f"expected an answer from {url}, met none")
        return Fetched(body, self._fetched_at)


class MemoryTrust:
    """Implements `sceau.ports.TrustSource`."""

    def __init__(self, vouchers: Mapping[str, tuple[Voucher, ...]] | None = None) -> None:
        self._vouchers = dict(vouchers or {})

    def vouchers(self, issuer_id: str, *, at: datetime) -> tuple[Voucher, ...]:
        """Those given for *issuer_id* that hold at the moment."""
        return tuple(
            voucher
            for voucher in self._vouchers.get(issuer_id, ())
            if voucher.since <= at.date() and (voucher.until is None or at.date() <= voucher.until)
        )


def example_issuer(issuer_id: str = "") -> Issuer:
    """A fictional training body; its id is the did:key of `key_signer` unless another is given."""
    return Issuer(
        id=issuer_id or did_key.did(key_signer().public_key_multibase),
        name="Atelier du bocage (organisme fictif)",
        country_code="FR",
        country="France",
        region="Occitanie",
        locality="Villeneuve-les-Haies",
        url="https://atelier.example.org/",
        email="contact@atelier.example.org",
        identifiers=(Identifier("SIRET", "00000000000000"), Identifier("NDA", "00000000000")),
    )


def example_micro_credential() -> MicroCredential:
    """A micro-credential with every element of Annex I, mandatory and optional, in French."""
    return MicroCredential(
        id="urn:uuid:5b8c2f0e-3f0d-4c0e-9f5e-6f0b7f3f9a11",
        version="3",
        title=_fr("Planter et entretenir une haie champêtre"),
        description=_fr("Concevoir, planter et entretenir une haie d’essences locales sur une exploitation."),
        outcomes=(
            LearningOutcome(
                id="urn:uuid:0a4f5f0c-6f1c-4b8c-8a57-d4b5a1c3e901",
                statement=_fr("Choisir des essences adaptées au sol et au climat"),
                alignments=(
                    Concept(
                        iri="http://data.europa.eu/esco/skill/00000000-0000-4000-8000-000000000001",
                        label=_fr("choisir des végétaux"),
                        framework="ESCO",
                    ),
                ),
            ),
            LearningOutcome(
                id="urn:uuid:0a4f5f0c-6f1c-4b8c-8a57-d4b5a1c3e902",
                statement=_fr("Planter une haie de 50 m en équipe, en sécurité"),
            ),
            LearningOutcome(
                id="urn:uuid:0a4f5f0c-6f1c-4b8c-8a57-d4b5a1c3e903",
                statement=_fr("Planifier l’entretien des trois premières années"),
            ),
        ),
        workload=Workload(hours=Decimal("35"), credits_ects=Decimal("1.5")),
        level=Level(concept=Concept("http://data.europa.eu/snb/eqf/4", _fr("Niveau 4"), "EQF", "4")),
        assessment=Assessment(
            types=(
                Concept(
                    "http://data.europa.eu/snb/assessment/6a4db9f11d",
                    _fr("Évaluation en situation de travail"),
                    "Europass assessment types",
                ),
            ),
            description=_fr("Mise en situation sur un chantier, puis entretien de vingt minutes."),
            supervision=Concept(
                "http://data.europa.eu/snb/supervision-verification/920fbb3cbe",
                _fr("Surveillée, identité vérifiée"),
                "Europass supervision and identity verification",
            ),
            identity_check=_fr("Pièce d’identité présentée à l’évaluateur."),
        ),
        participation=(
            Concept(
                "http://data.europa.eu/snb/learning-assessment/45bb6fa1de",
                _fr("Sur place"),
                "Europass modes of learning",
            ),
        ),
        quality_assurance=(
            QualityAssurance(
                kind=Concept(
                    "http://data.europa.eu/snb/accreditation/bb4618238e",
                    _fr("Assurance qualité de l’établissement"),
                    "Europass accreditation types",
                ),
                name=_fr("Qualiopi"),
                url="https://qualite.example.org/certificats/0001",
            ),
        ),
        languages=("fr",),
        recognition=Recognition(RecognitionStatus.ATTESTATION),
        prerequisites=_fr("Aucun."),
        stackability=_fr("Compte vers un parcours d’agroforesterie."),
        stacks_into=(
            Concept(
                "https://atelier.example.org/parcours/agroforesterie",
                _fr("Parcours d’agroforesterie"),
                "Atelier du bocage",
            ),
        ),
        further_information=_fr("Bottes et gants nécessaires."),
        url="https://atelier.example.org/micro-certifications/haie",
        image_svg='<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" r="3"/></svg>',
    )


def example_credential(
    *,
    issuer_id: str = "",
    status: tuple[StatusEntry, ...] = (),
    valid_until: datetime | None = datetime(2031, 6, 2, 8, 0, tzinfo=UTC),
) -> Credential:
    """A whole credential of a fictional person, issued by `key_signer` unless another issuer is given."""
    return Credential(
        id="urn:uuid:7d9f6a52-51a3-4a63-9f0d-0d5f3f1a2b3c",
        holder=Holder(
            name="Camille Exemple", given_name="Camille", family_name="Exemple", identifier="2026-0042"
        ),
        issuer=example_issuer(issuer_id),
        micro_credential=example_micro_credential(),
        awarded_on=date(2026, 6, 1),
        valid_from=EXAMPLE_MOMENT,
        valid_until=valid_until,
        grade="16/20",
        status=status,
    )


def whole_credential() -> Credential:
    """A credential with something in each place of the record, in two languages."""
    bare = example_credential(
        status=(StatusEntry("https://atelier.example.org/status/1", 42),),
    )
    micro = bare.micro_credential
    levels = tuple(
        RubricLevel(
            f"urn:uuid:0a4f5f0c-6f1c-4b8c-8a57-d4b5a1c3ea0{number}", _fr(name), _fr(text), str(number)
        )
        for number, name, text in ((1, "Guidé", "Avec de l’aide."), (2, "Maîtrisé", "Seul, en sécurité."))
    )
    first = replace(micro.outcomes[0], rubric=levels)
    return replace(
        bare,
        micro_credential=replace(
            micro,
            title=Text((*micro.title.versions, ("en", "Plant and keep a country hedge"))),
            outcomes=(first, *micro.outcomes[1:]),
            recognition=Recognition(
                RecognitionStatus.BLOC, "RNCP00000BC01", "Bloc fictif", "Branche fictive"
            ),
            parts=(Part("urn:uuid:5b8c2f0e-3f0d-4c0e-9f5e-6f0b7f3f9a12", _fr("Choisir des essences")),),
        ),
        results=(OutcomeResult(first.id, level_id=levels[1].id, value="17/20"),),
        evidence=(
            Evidence(
                name=_fr("Photo de la haie plantée"),
                description=_fr("Prise le jour du chantier."),
                id="https://atelier.example.org/preuves/1",
                kind="photo",
            ),
        ),
    )


def _fr(text: str) -> Text:
    return Text((("fr", text),))
