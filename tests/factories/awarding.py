"""Organisations that can award, lists of people, batches and awards for tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.factories.design import a_specification, complete_content
from tests.factories.people import a_member, a_person, a_user, an_organisation

from jalon.awarding import actions
from jalon.awarding.models import Award, AwardBatch
from jalon.awarding.rules.columns import ColumnMapping
from jalon.design.models import Specification
from jalon.design.rules.content import SpecificationContent
from jalon.foundation import jobs
from jalon.people.models import Organisation, Person, User
from jalon.people.rules import Role

HEADER = "Nom;Prénom;Né(e) le;Courriel;N° apprenant"


@dataclass(frozen=True)
class Issuing:
    """An organisation with a published version and a signatory."""

    organisation: Organisation
    specification: Specification
    signatory: User


def an_issuing_organisation(*, content: SpecificationContent | None = None, **fields: Any) -> Issuing:
    """An organisation with a published version, and somebody who may award and revoke."""
    organisation = an_organisation(**fields)
    specification = a_specification(organisation, published=True, content=content or complete_content())
    signatory = a_member(a_user(), organisation, Role.SIGNATORY, Role.ADMIN)
    return Issuing(organisation, specification, signatory)


def a_list(count: int, *, start: int = 1) -> bytes:
    """A CSV of *count* people whom everything tells apart."""
    lines = [HEADER]
    for number in range(start, start + count):
        birth = f"{number % 28 + 1:02}/{number % 12 + 1:02}/{1960 + number % 40}"
        lines.append(f"Vidal{number};Jeanne;{birth};jeanne{number}@example.org;A-{number}")
    return ("\n".join(lines) + "\n").encode()


def a_checked_batch(issuing: Issuing, data: bytes | None = None, **fields: Any) -> AwardBatch:
    """A list whose columns are as guessed and whose rows are checked; nothing is signed yet."""
    batch = actions.receive_file(
        organisation=issuing.organisation,
        specification=issuing.specification,
        name="liste.csv",
        data=a_list(3) if data is None else data,
        by=issuing.signatory,
    )
    mapping = ColumnMapping.from_dict(batch.mapping)
    return actions.map_columns(batch=batch, mapping=mapping, by=issuing.signatory, **fields)


def an_awarded_batch(issuing: Issuing, data: bytes | None = None) -> AwardBatch:
    """A list whose ready rows are awarded, by a worker of this process."""
    batch = actions.start_batch(batch=a_checked_batch(issuing, data), by=issuing.signatory)
    jobs.Worker().run_until_empty()
    batch.refresh_from_db()
    return batch


def an_award(
    issuing: Issuing | None = None,
    *,
    person: Person | None = None,
    awarded_on: date | None = None,
    **fields: Any,
) -> Award:
    """One award, signed; of an organisation of its own unless one is given."""
    issuing = issuing or an_issuing_organisation()
    return actions.issue_award(
        organisation=issuing.organisation,
        specification=issuing.specification,
        person=person or a_person(issuing.organisation),
        by=issuing.signatory,
        awarded_on=awarded_on,
        **fields,
    )
