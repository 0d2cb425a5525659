"""What the open formats are made of: each row of the catalogue with all that is public about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.db.models import Count, QuerySet

from jalon.catalogue.models import CatalogueEntry, Offering, Session
from jalon.catalogue.queries.cards import offered
from jalon.catalogue.queries.offers import with_sessions
from jalon.catalogue.rules.offered import Body, Held, Offered
from jalon.catalogue.rules.offering import is_open
from jalon.design.models import MicroCredential, Specification
from jalon.foundation import clock
from jalon.people.models import Organisation

_AT_ONCE = 200


def body_of(organisation: Organisation) -> Body:
    """An organisation as it describes itself."""
    return Body(
        name=organisation.legal_name,
        url=f"{settings.PUBLIC_URL}/organismes/{organisation.slug}/",
        country_code=organisation.country_code,
        website=organisation.website,
        email=organisation.email,
        street=organisation.street,
        postal_code=organisation.postal_code,
        locality=organisation.locality,
        region=organisation.region,
        siret=organisation.siret,
        nda=organisation.nda,
    )


def offered_of(
    micro_credential: MicroCredential, specification: Specification, offering: Offering | None
) -> Offered:
    """A published version and an offer of it; *offering* read by `with_sessions`, or not at all."""
    sessions = offering.sessions.all() if offering else ()
    today = clock.today()
    held = tuple(_held(session) for session in sessions if session.starts_on >= today)
    changed = [specification.published_at or specification.updated_at]
    if offering is not None:
        changed += [offering.updated_at, *(session.updated_at for session in sessions)]
    return Offered(
        identifier=str(micro_credential.id),
        content=specification.read(),
        version=specification.number,
        url=f"{settings.PUBLIC_URL}/micro-certifications/{micro_credential.slug}/",
        body=body_of(offering.organisation if offering else micro_credential.organisation),
        modified_at=max(changed),
        offer=offering.facts() if offering else None,
        offer_identifier=str(offering.id) if offering else "",
        sessions=held,
    )


def _held(session: Session) -> Held:
    facts = session.facts()
    commune = session.commune
    return Held(
        identifier=str(session.id),
        facts=facts,
        is_open=is_open(facts, today=clock.today()),
        latitude=commune.latitude if commune else None,
        longitude=commune.longitude if commune else None,
    )


def open_rows() -> QuerySet[CatalogueEntry]:
    """Rows for other machines: invented organisations only where all the installation is a show."""
    rows = offered()
    return rows if settings.DEMO else rows.filter(organisation__is_demonstration=False)


def organisations() -> list[tuple[str, str, int]]:
    """Slug, name and number of rows of each organisation that has some."""
    rows = open_rows().order_by("organisation__slug")
    return list(rows.values_list("organisation__slug", "organisation__legal_name").annotate(many=Count("pk")))


def some_of(organisation: Organisation, *, start: int, many: int) -> list[Offered]:
    """Rows *start* to *start* + *many* of an organisation, by number."""
    rows = open_rows().filter(organisation=organisation).order_by("number")[start : start + many]
    return _read(list(rows.select_related("micro_credential__organisation", "specification")))


def everything() -> Iterator[Offered]:
    """Every row, a few hundred at a time, so that memory does not grow with their number."""
    return _in_batches(open_rows())


def fit_for_lheo() -> Iterator[Offered]:
    """Rows whose offer says all that its own columns can tell; `lheo_gaps.gaps` looks at the rest."""
    told = ("rhythm", "alternance", "public_codes", "entry_mode", "course_kind", "entry_level")
    rows = open_rows().filter(offering__isnull=False, organisation__country_code="FR")
    return _in_batches(rows.filter(**{f"offering__{name}__gt": "" for name in told}))


def french() -> Iterator[Offered]:
    """Rows of French organisations."""
    return _in_batches(open_rows().filter(organisation__country_code="FR"))


def _in_batches(found: QuerySet[CatalogueEntry]) -> Iterator[Offered]:
    last = 0
    rows = found.select_related("micro_credential__organisation", "specification").order_by("number")
    while batch := list(rows.filter(number__gt=last)[:_AT_ONCE]):
        yield from _read(batch)
        last = batch[-1].number


def _read(rows: Sequence[CatalogueEntry]) -> list[Offered]:
    found = with_sessions(Offering.objects.filter(pk__in=[r.offering_id for r in rows if r.offering_id]))
    offers: dict[object, Offering] = {offering.pk: offering for offering in found}
    return [offered_of(row.micro_credential, row.specification, offers.get(row.offering_id)) for row in rows]
