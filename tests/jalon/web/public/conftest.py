"""What the tests of public pages share."""

from __future__ import annotations

import pytest
from tests.factories.design import a_specification
from tests.factories.people import an_accreditation, an_organisation
from tools import messages

from jalon.catalogue import actions
from jalon.design.models import Specification


@pytest.fixture(scope="session", autouse=True)
def _catalogues() -> None:
    """English pages need the compiled catalogue, which `make` keeps up to date."""
    messages.compile_all()


@pytest.fixture
def published(db: None) -> Specification:
    """A published micro-certification of an organisation with an accreditation."""
    organisation = an_organisation(
        "Maison rurale d'essai",
        slug="maison-rurale",
        locality="Florac",
        postal_code="48400",
        siret="12345678200010",
    )
    an_accreditation(organisation)
    specification = a_specification(organisation, published=True)
    actions.index(specification)
    return specification
