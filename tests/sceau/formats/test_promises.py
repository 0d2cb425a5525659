"""
What each form promises to carry, of any record, is read back; a form that forgets one element is found out.

`losses` compares what was written with what is read, so by itself it would call a forgotten element a loss
and be content. Here stands what may be lost, by hand.
"""

from __future__ import annotations

import dataclasses
import importlib
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from tests.sceau.formats.european_records import pictures_for, records

from sceau.errors import DataModelError
from sceau.exports import EUROPASS, OPEN_BADGES, SD_JWT_VC, VC_JWT, Export, Sealing
from sceau.formats.losses import ELEMENTS, Kept, losses
from sceau.model.credential import Credential
from sceau.model.micro_credential import Level
from sceau.model.texts import NO_TEXT, Text
from sceau.status.token_list import Reference
from sceau.testing import EXAMPLE_MOMENT, key_signer, whole_credential

ROOT = Path(__file__).resolve().parents[3]
ISSUER = key_signer().verification_method.partition("#")[0]


def _clr() -> Export:
    """The example of a form by others, from where it stands."""
    sys.path.insert(0, str(ROOT / "examples/format_plugin"))
    try:
        found: Export = importlib.import_module("sceau_clr.export").EXPORT
    finally:
        sys.path.pop(0)
    return found


FORMS: dict[str, Export] = {each.name: each for each in (OPEN_BADGES, VC_JWT, EUROPASS, SD_JWT_VC, _clr())}
MAY_LOSE: dict[str, set[str]] = {
    "openbadges": set(),
    "vc-jwt": set(),
    "clr": set(),
    "europass": {"rubrics", "results", "picture"},
    "sd-jwt-vc": {
        "assessment",
        "participation",
        "supervision",
        "further_information",
        "alignments",
        "rubrics",
        "results",
        "evidence",
        "parts",
        "assessment_description",
        "recognition",
        "awarding_body_details",
        "status",
        "version",
        "page",
        "picture",
    },
}
MAY_BE_PART: dict[str, set[str]] = {
    "openbadges": {"title"},
    "vc-jwt": {"title"},
    "clr": {"title"},
    "europass": {"evidence"},
    "sd-jwt-vc": {"title", "outcomes", "quality_assurance", "stackability"},
}
"""Of the whole example, which has its title in two languages."""
ANNEX_I = list(ELEMENTS)[:11]


def sealing(credential: Credential) -> Sealing:
    place = next((Reference(each.list_url, each.index) for each in credential.status), None)
    return Sealing(key_signer(), EXAMPLE_MOMENT, pictures=pictures_for(credential), token_status=place)


def broken(
    form: Export, credential: Credential, *, forgetting: Callable[[Credential], Credential]
) -> set[str]:
    """The promises that *form* does not keep of *credential*: elements that do not come back at all."""
    back = form.read(form.write(forgetting(credential), sealing(credential)))
    lost = {loss.element for loss in losses(credential, back) if loss.kept is Kept.NOT}
    return lost - MAY_LOSE[form.name]


def in_french(value: Any) -> Any:
    """*value* with each of its texts said once: what becomes of other languages is tested elsewhere."""
    if isinstance(value, Text):
        return Text((("fr", value.versions[0][1]),)) if value else value
    if isinstance(value, tuple):
        return tuple(in_french(each) for each in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        members = {one.name: in_french(getattr(value, one.name)) for one in dataclasses.fields(value)}
        return dataclasses.replace(value, **members)
    return value


def nothing(credential: Credential) -> Credential:
    return credential


@pytest.mark.parametrize("name", FORMS)
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)
@given(credential=records())
def test_of_any_record_what_is_promised_comes_back(name: str, credential: Credential) -> None:
    credential = in_french(credential)
    whole = credential.micro_credential
    # The wallet's file says in which language the course is, and never in which its texts are.
    taught = tuple(dict.fromkeys(("fr", *whole.languages)))
    mine = replace(
        credential,
        # It says in words what else a credential counts for, else by name alone.
        micro_credential=replace(whole, languages=taught, stackability=whole.stackability or OTHER),
        issuer=replace(credential.issuer, id=ISSUER),
        holder=replace(credential.holder, identifier=credential.holder.identifier or "urn:uuid:1"),
    )

    try:
        found = broken(FORMS[name], mine, forgetting=nothing)
    except DataModelError:  # the wallet type asks for a level and languages, and refuses with the reason
        assert name == "sd-jwt-vc"
        return

    assert found == set()


def micro(**changes: Any) -> Callable[[Credential], Credential]:
    return lambda whole: replace(whole, micro_credential=replace(whole.micro_credential, **changes))


OTHER = Text((("fr", "Tout autre chose"),))
WHOLE = whole_credential()
MICRO = WHOLE.micro_credential
FORGETTING: dict[str, Callable[[Credential], Credential]] = {
    "learner": lambda c: replace(c, holder=replace(c.holder, name="X", given_name="", family_name="X")),
    "title": micro(title=OTHER),
    "country": lambda c: replace(c, issuer=replace(c.issuer, country_code="BE")),
    "awarding_body": lambda c: replace(c, issuer=replace(c.issuer, name="X")),
    "date": lambda c: replace(c, awarded_on=c.awarded_on.replace(year=2020)),
    "outcomes": micro(outcomes=tuple(replace(o, statement=OTHER) for o in MICRO.outcomes)),
    "workload": micro(workload=replace(MICRO.workload, hours=MICRO.workload.hours + 1)),
    "level": micro(
        level=Level(
            replace(MICRO.level.concept, iri="http://data.europa.eu/snb/eqf/7", code="7", label=OTHER)
            if MICRO.level.concept
            else None
        )
    ),
    "assessment": micro(
        assessment=replace(
            MICRO.assessment,
            types=tuple(
                replace(t, iri=t.iri[:-1] + "0", code="", label=OTHER) for t in MICRO.assessment.types
            ),
        )
    ),
    "participation": micro(
        participation=tuple(
            replace(t, iri=t.iri[:-1] + "0", code="", label=OTHER) for t in MICRO.participation
        )
    ),
    "quality_assurance": micro(
        quality_assurance=tuple(
            replace(q, kind=replace(q.kind, iri=q.kind.iri[:-1] + "0", label=OTHER), name=OTHER, url="")
            for q in MICRO.quality_assurance
        )
    ),
    "grade": lambda c: replace(c, grade=""),
    "prerequisites": micro(prerequisites=NO_TEXT),
}


def test_each_element_of_the_annex_is_among_those_that_are_forgotten() -> None:
    assert set(ANNEX_I) <= FORGETTING.keys()


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("element", FORGETTING)
def test_a_form_that_gets_an_element_wrong_is_found_out(name: str, element: str) -> None:
    """The property can fail: each exporter, made to write something else in one place, breaks it."""
    whole = replace(
        WHOLE, issuer=replace(WHOLE.issuer, id=ISSUER), holder=replace(WHOLE.holder, identifier="urn:uuid:1")
    )
    form = FORMS[name]

    before = losses(whole, form.read(form.write(whole, sealing(whole))))
    wrong = FORGETTING[element](whole)
    after = losses(whole, form.read(form.write(wrong, sealing(whole))))

    assert {loss.element for loss in before if loss.kept is Kept.NOT} <= MAY_LOSE[name]
    assert {loss.element for loss in before if loss.kept is Kept.PARTLY} <= MAY_BE_PART[name]
    found = {loss.element for loss in set(after) - set(before)}
    assert (element in found) == (element not in MAY_LOSE[name])
