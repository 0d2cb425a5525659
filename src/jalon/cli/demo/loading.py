"""Loads the demonstration territory once, through the same actions that people use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from importlib import resources

import yaml
from django.db import transaction
from tqdm import tqdm

from jalon.awarding import actions as awarding
from jalon.awarding.actions.seals import keep_seal
from jalon.awarding.rules.building import AwardChanges
from jalon.awarding.rules.columns import ColumnMapping
from jalon.cli.demo import concepts, rooms, test_seal
from jalon.cli.demo import needs as missing
from jalon.cli.demo import offers as shown_offers
from jalon.cli.demo import people as cast
from jalon.design import actions as design
from jalon.design.models import MicroCredential, Specification
from jalon.design.queries import co_designers
from jalon.design.rules import plain
from jalon.foundation import clock
from jalon.people import actions as people
from jalon.people.labels import ROLES
from jalon.people.models import Membership, Organisation, User
from jalon.people.queries import demonstration_accounts
from jalon.people.rules import Role

SPECIFICATIONS = {
    "compostage": "atelier",
    "haies": "atelier",
    "circuits-courts": "fermes",
    "bois-energie": "bois",
}
# Written with partners: the first of them signed its endorsement, the other only agreed.
ENDORSED, AGREED = "circuits-courts", ("atelier", "bois")
# Far enough back that an award of three years' validity has run out by now.
BEGINNING = timedelta(days=1300)


def load_once(*, say: Callable[[str], None] = print) -> bool:
    """Load everything, in one transaction, unless an organisation exists already; says whether it did."""
    if Organisation.objects.exists():
        return False
    say("Territoire de démonstration : préparation (une seule fois)…")
    with transaction.atomic():
        _load()
    return True


def accounts_notice() -> str:
    """What to tell whoever started the server: the accounts, and that one click is enough."""
    accounts = demonstration_accounts()
    if not accounts:
        return ""
    lines = [
        f"  {account.user.email:<28} {account.user.full_name} ({ROLES[account.role]})" for account in accounts
    ]
    return "\n".join(
        ["Comptes de démonstration (page « Se connecter », un clic, sans mot de passe) :", *lines]
    )


def _load() -> None:
    concepts.bring_in()
    start = clock.now() - BEGINNING
    with clock.frozen(start):
        organisations = {shown.key: _organisation(shown) for shown in cast.ORGANISATIONS}
        versions = {name: _specification(name, organisations) for name in SPECIFICATIONS}
        _endorse(versions[ENDORSED])
    for earning in tqdm(cast.EARNINGS, desc="Attestations", unit="", leave=False, disable=None):
        _award(earning, organisations[SPECIFICATIONS[earning.specification]], versions[earning.specification])
    _drafts(organisations["atelier"], versions["compostage"].micro_credential)
    _room(organisations, versions["compostage"].micro_credential)
    _waiting_batch(organisations["atelier"], versions["compostage"])
    _needs(organisations, versions)
    shown_offers.offer(versions)
    _seal(organisations["atelier"])
    # They were signed on the days of the awards; a verifier wants lists of today.
    awarding.refresh_status_lists()


def _organisation(shown: cast.Demonstrated) -> Organisation:
    users = {
        account.key: User.objects.create_user(account.email, full_name=account.full_name)
        for account in shown.accounts
    }
    founder = users[shown.accounts[0].key]
    organisation = people.create_organisation(facts=shown.facts, by=founder, is_demonstration=True)
    kind, name, granted_by = shown.accreditation
    today = clock.today()
    people.keep_accreditation(
        organisation=organisation,
        by=founder,
        kind=kind,
        name=name,
        granted_by=granted_by,
        valid_from=today,
        valid_until=today + timedelta(days=5 * 365),
    )
    # The founder's roles are for a founder alone; here the work is shared.
    Membership.objects.filter(organisation=organisation).delete()
    Membership.objects.bulk_create(
        Membership(user=users[account.key], organisation=organisation, role=role.value)
        for account in shown.accounts
        for role in account.roles
    )
    if shown.confirmed_by:
        people.confirm_identity(organisation=organisation, by=shown.confirmed_by, basis=shown.basis)
    return organisation


def _seal(organisation: Organisation) -> None:
    """A seal for tests, made here and now: its certificate says so, and no key of it lies in these files."""
    keep_seal(
        organisation=organisation,
        by=_acting(organisation, Role.ADMIN),
        data=test_seal.made(organisation, at=clock.now()),
    )


def _acting(organisation: Organisation, role: Role) -> User:
    return (
        Membership.objects.select_related("user").filter(organisation=organisation, role=role.value)[0].user
    )


def _specification(name: str, organisations: dict[str, Organisation]) -> Specification:
    organisation = organisations[SPECIFICATIONS[name]]
    source = resources.files("jalon.cli.demo") / "specifications" / f"{name}.yaml"
    content = plain.read(yaml.safe_load(source.read_text(encoding="utf-8")))
    designer = _acting(organisation, Role.DESIGNER)
    micro_credential = design.start_micro_credential(
        organisation=organisation, title=content.title.as_dict(), by=designer, domain=content.domain
    )
    draft = Specification.objects.get(micro_credential=micro_credential)
    draft.content = plain.write(content)
    draft.save()
    if name == ENDORSED:
        partners = {key: (organisations[key], _acting(organisations[key], Role.SIGNATORY)) for key in AGREED}
        rooms.agree_before_publication(draft=draft, owner=designer, signatories=partners, wishing=AGREED[0])
    return design.publish_specification(specification=draft, by=designer)


def _endorse(version: Specification) -> None:
    """Sign now what a worker would sign later, so that the public page shows it from the first minute."""
    for co_designer in co_designers(version):
        awarding.issue_endorsement(co_designer.sign_off_id)


def _room(organisations: dict[str, Organisation], micro_credential: MicroCredential) -> None:
    """Partners writing the next version together."""
    draft = Specification.objects.get(micro_credential=micro_credential, published_at__isnull=True)
    rooms.write_together(
        draft=draft,
        designer=_acting(organisations["atelier"], Role.DESIGNER),
        fermes=organisations["fermes"],
        fermes_signs=_acting(organisations["fermes"], Role.SIGNATORY),
    )


def _award(earning: cast.Earning, organisation: Organisation, version: Specification) -> None:
    signatory = _acting(organisation, Role.SIGNATORY)
    day = clock.now() - timedelta(days=earning.days_ago)
    printed = cast.MISPRINTS.get(earning.name, earning.name) if earning.then == "correct" else earning.name
    with clock.frozen(day):
        match = people.find_or_create_person(
            organisation=organisation, full_name=printed, birth_date=earning.birth_date
        )
        if match.person is None:
            raise LookupError(f"the demonstration has two people called {printed}")
        award = awarding.issue_award(
            organisation=organisation,
            specification=version,
            person=match.person,
            by=signatory,
            grade=earning.grade,
        )
    with clock.frozen(day + timedelta(days=9)):
        if earning.then == "correct":
            awarding.correct_award(award=award, changes=AwardChanges(holder_name=earning.name), by=signatory)
        elif earning.then == "revoke":
            awarding.revoke_award(
                award=award,
                reason="error",
                note="Inscrite par erreur sur la liste du groupe (fictif).",
                by=signatory,
            )


def _drafts(organisation: Organisation, micro_credential: MicroCredential) -> None:
    """A next version under way, and a design that has just begun."""
    designer = _acting(organisation, Role.DESIGNER)
    with clock.frozen(clock.now() - timedelta(days=6)):
        draft = design.start_new_version(micro_credential=micro_credential, by=designer)
        design.add_outcome(
            specification=draft,
            by=designer,
            statement={"fr": "Tenir le carnet de la placette et en tirer un bilan annuel"},
        )
    with clock.frozen(clock.now() - timedelta(days=2)):
        design.start_micro_credential(
            organisation=organisation,
            title={"fr": "Isoler une toiture en laine de mouton"},
            by=designer,
            domain="bati",
        )


def _waiting_batch(organisation: Organisation, version: Specification) -> None:
    """A list that the trainer uploaded, with the problems that lists have, waiting for the signatory."""
    trainer = _acting(organisation, Role.TRAINER)
    batch = awarding.receive_file(
        organisation=organisation,
        specification=version,
        name="compostage-printemps.csv",
        data=cast.WAITING_LIST.encode("cp1252"),
        by=trainer,
    )
    awarding.map_columns(batch=batch, mapping=ColumnMapping.from_dict(batch.mapping), by=trainer)


def _needs(organisations: dict[str, Organisation], versions: dict[str, Specification]) -> None:
    """What companies, authorities and people say is missing, at every stage."""
    wool = MicroCredential.objects.filter(specifications__published_at__isnull=True).latest("created_at")
    missing.load(
        organisations=organisations,
        moderator=_acting(organisations["atelier"], Role.DESIGNER),
        admin=_acting(organisations["atelier"], Role.ADMIN),
        speakers={"bois": _acting(organisations["bois"], Role.DESIGNER)},
        answers={"haies": versions["haies"].micro_credential_id, "laine": wool.id},
    )
