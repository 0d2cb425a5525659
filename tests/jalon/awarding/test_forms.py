"""An award in its other forms: made from what was signed, the same each time, kept where that is wished."""

from __future__ import annotations

import base64
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from tests.factories.awarding import Issuing, a_list, an_award, an_awarded_batch, an_issuing_organisation
from tests.factories.design import complete_content
from tests.factories.people import SIRET, a_member, a_user
from tests.factories.seals import PASSPHRASE, a_certificate, a_p12
from tests.sceau.keys.test_x509 import NOW

from jalon.awarding import actions
from jalon.awarding.actions.seals import keep_seal, remove_seal
from jalon.awarding.documents import forms
from jalon.awarding.errors import ChangedDocumentError, NotAFormError
from jalon.awarding.models import Award, Credential, KeptForm
from jalon.design.rules.content import LevelContent
from jalon.foundation import clock, jobs
from jalon.foundation.errors import NotAllowedError
from jalon.people.models import Organisation
from jalon.people.rules import Role
from sceau.errors import NoLevelError
from sceau.exports import exports
from sceau.formats.losses import Kept, losses
from sceau.model.texts import Text
from sceau.proofs import jades, sd_jwt

pytestmark = pytest.mark.django_db

ALL = ["vc-jwt", "europass", "sd-jwt-vc"]


def of(award: Award) -> Credential:
    credential = award.credential
    assert credential is not None
    return credential


def claims_of(credential: Credential) -> dict[str, Any]:
    return sd_jwt.parse(actions.file_of(credential, "sd-jwt-vc").data.decode()).claims()


def salt_of(disclosure: str) -> str:
    salt: str = json.loads(base64.urlsafe_b64decode(disclosure + "=" * (-len(disclosure) % 4)))[0]
    return salt


def without_level() -> Issuing:
    level = LevelContent(none_reason=Text.of({"fr": "Trop court."}))
    return an_issuing_organisation(content=complete_content(level=level))


@pytest.mark.parametrize("form", ALL)
def test_a_form_made_twice_has_the_same_bytes(form: str) -> None:
    credential = of(an_award())

    first = actions.file_of(credential, form)
    with clock.frozen(clock.now() + timedelta(days=40)):
        second = actions.file_of(credential, form)

    assert first == second
    assert not KeptForm.objects.exists()


@pytest.mark.parametrize("form", ALL)
def test_a_form_is_the_same_after_a_new_key_took_over(form: str) -> None:
    issuing = an_issuing_organisation()
    credential = of(an_award(issuing))
    before = actions.file_of(credential, form).data

    actions.rotate_key(organisation=issuing.organisation, by=issuing.signatory)

    assert actions.file_of(credential, form).data == before


def test_two_awards_share_no_salt() -> None:
    issuing = an_issuing_organisation()
    tokens = [actions.file_of(of(an_award(issuing)), "sd-jwt-vc").data.decode() for _ in range(2)]

    salts = [[salt_of(each) for each in sd_jwt.parse(token).disclosures] for token in tokens]

    assert len(salts[0]) > 5
    assert len({*salts[0], *salts[1]}) == len(salts[0]) + len(salts[1])


def test_a_wallet_s_attestation_names_the_person_and_the_list_as_a_token() -> None:
    credential = of(an_award())
    assert credential.status_list is not None

    claims = claims_of(credential)

    assert claims["learner_identification"] == f"urn:uuid:{credential.award.person_id}"
    place = {"uri": f"{credential.status_list.url}.jwt", "idx": credential.status_index}
    assert claims["status"] == {"status_list": place}
    assert claims["jti"] == credential.urn
    assert claims["iss"] == credential.issuer_did


def test_an_award_without_end_gives_a_file_that_ends_and_is_renewed_before() -> None:
    credential = of(an_award())
    signed = forms.content_of(credential).valid_from

    first = claims_of(credential)["exp"]
    with clock.frozen(signed + timedelta(days=5 * 365 - 300)):
        later = claims_of(credential)["exp"]

    assert datetime.fromtimestamp(first, signed.tzinfo) == signed + timedelta(days=5 * 365)
    assert datetime.fromtimestamp(later, signed.tzinfo) == signed + timedelta(days=10 * 365)


def test_an_award_with_an_end_keeps_it() -> None:
    award = an_award(an_issuing_organisation(content=complete_content(validity_months=12)))
    assert award.valid_until is not None

    assert claims_of(of(award))["exp"] == int(award.valid_until.timestamp())


def test_a_specification_without_level_has_no_attestation_and_every_other_form() -> None:
    credential = of(an_award(without_level()))

    with pytest.raises(NoLevelError):
        actions.file_of(credential, "sd-jwt-vc")

    offers = {offer.form: offer for offer in forms.offers(credential)}
    assert isinstance(offers["sd-jwt-vc"].refusal, NoLevelError)
    for form in ("vc-jwt", "europass"):
        assert actions.file_of(credential, form).data
        assert offers[form].refusal is None


def test_no_form_is_made_of_what_was_not_signed() -> None:
    credential = of(an_award())
    credential.document = credential.document_bytes.replace(b"Jeanne Vidal", b"Jeanne Fidal")
    credential.save()

    for form in ALL:
        with pytest.raises(ChangedDocumentError):
            actions.file_of(credential, form)


def test_a_form_that_nobody_knows_is_refused() -> None:
    with pytest.raises(NotAFormError):
        actions.file_of(of(an_award()), "pdf")


@pytest.mark.parametrize("form", ["openbadges", *ALL])
def test_what_a_form_is_said_to_carry_is_read_back_from_it(form: str) -> None:
    """The losses are told without a key; the file that is handed over must not lose more."""
    credential = of(an_award())
    offer = next(each for each in forms.offers(credential) if each.form == form)
    told = forms.for_wallet(credential) if form == "sd-jwt-vc" else forms.in_every_language(credential)

    read = exports()[form].read(actions.file_of(credential, form).data)

    lost = {each.element for each in losses(told, read)}
    said = {each.element for each in offer.losses}
    assert lost == said or (offer.only_language and said < lost)


def test_the_attestation_does_not_say_the_assessment_and_the_european_form_says_all_of_annex_i() -> None:
    offers = {offer.form: offer for offer in forms.offers(of(an_award()))}

    assert ("assessment", Kept.NOT) in {(each.element, each.kept) for each in offers["sd-jwt-vc"].losses}
    assert offers["openbadges"].only_language == "fr"
    assert not {"title", "outcomes", "assessment", "level"} & {
        each.element for each in offers["europass"].losses
    }
    assert offers["europass"].only_language == ""


def test_a_european_form_has_a_picture_in_each_language_of_the_title() -> None:
    found = forms.pictures(of(an_award()))

    assert list(found) == ["fr", "en"]
    assert all(picture.startswith(b"\x89PNG") for picture in found.values())
    assert found["fr"] != found["en"]


# — The type —


def test_an_own_type_is_named_with_the_hash_of_what_its_address_answers(settings: LazySettings) -> None:
    credential = of(an_award())
    default = claims_of(credential)

    settings.VCT = settings.OWN_VCT
    own = claims_of(credential)

    assert default["vct"] == "urn:eu.europa.ec.eudi:learning:credential:1"
    assert "vct#integrity" not in default
    assert own["vct"] == "http://localhost:8000/types/micro-certification/1"
    assert own["vct#integrity"].startswith("sha256-")


def test_a_type_of_elsewhere_is_named_as_it_is(settings: LazySettings) -> None:
    settings.VCT = "urn:example:attestation:1"

    claims = claims_of(of(an_award()))

    assert claims["vct"] == "urn:example:attestation:1"
    assert "vct#integrity" not in claims


# — What the organisation wishes —


def wanting(*names: str) -> Issuing:
    issuing = an_issuing_organisation()
    actions.choose_forms(organisation=issuing.organisation, forms=names, by=issuing.signatory)
    return issuing


def test_forms_that_are_wished_are_made_by_the_worker_and_served_as_they_were_kept() -> None:
    credential = of(an_award(wanting("sd-jwt-vc", "vc-jwt")))
    made = {form: actions.file_of(credential, form).data for form in ALL}

    jobs.Worker().run_until_empty()

    kept = {each.form: bytes(each.document) for each in KeptForm.objects.filter(credential=credential)}
    assert kept == {form: made[form] for form in ("sd-jwt-vc", "vc-jwt")}
    KeptForm.objects.filter(form="vc-jwt").update(document=b"as it was kept")
    assert actions.file_of(credential, "vc-jwt").data == b"as it was kept"


def test_a_list_of_people_gets_the_wished_forms_too() -> None:
    issuing = wanting("vc-jwt")

    an_awarded_batch(issuing, a_list(3))

    assert KeptForm.objects.filter(form="vc-jwt").count() == 3


def test_making_the_forms_again_changes_nothing() -> None:
    award = an_award(wanting("vc-jwt"))

    assert actions.make_forms([award.id]) == 1
    assert actions.make_forms([award.id]) == 0


def test_a_form_that_a_credential_cannot_take_is_left_out_and_the_others_are_made() -> None:
    issuing = without_level()
    actions.choose_forms(organisation=issuing.organisation, forms=ALL, by=issuing.signatory)

    assert actions.make_forms([an_award(issuing).id]) == 2


def test_an_organisation_that_wishes_nothing_has_nothing_made() -> None:
    an_award()

    jobs.Worker().run_until_empty()

    assert not KeptForm.objects.exists()


def test_a_kept_attestation_near_its_end_is_made_anew() -> None:
    award = an_award(wanting("sd-jwt-vc"))
    actions.make_forms([award.id])
    kept = KeptForm.objects.get()
    assert kept.ends_at is not None

    with clock.frozen(kept.ends_at + timedelta(days=1)):
        served = actions.file_of(of(award), "sd-jwt-vc").data

    assert served != bytes(kept.document)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.TRAINER, Role.DESIGNER, Role.ASSESSOR, Role.PARTNER])
def test_only_who_has_awards_signed_chooses_the_forms(role: Role) -> None:
    issuing = an_issuing_organisation()
    for somebody in (a_member(a_user(), issuing.organisation, role), a_user()):
        with pytest.raises(NotAllowedError):
            actions.choose_forms(organisation=issuing.organisation, forms=["vc-jwt"], by=somebody)


def test_a_wish_for_no_known_form_is_refused() -> None:
    with pytest.raises(NotAFormError):
        wanting("openbadges")


# — The seal —


def sealing() -> Issuing:
    """An organisation that has a certificate for seals."""
    issuing = an_issuing_organisation(legal_name="Atelier du bocage", siret=SIRET)
    with_a_seal(issuing.organisation, issuing)
    return issuing


def with_a_seal(organisation: Organisation, issuing: Issuing) -> None:
    keep_seal(
        organisation=organisation,
        by=issuing.signatory,
        data=a_p12(a_certificate(organisation.legal_name)),
        passphrase=PASSPHRASE,
    )


@pytest.fixture
def when_certificates_hold() -> Any:
    with clock.frozen(NOW):
        yield


@pytest.mark.usefixtures("when_certificates_hold")
def test_a_sealed_form_is_kept_since_it_bears_its_moment() -> None:
    credential = of(an_award(sealing()))

    first = actions.file_of(credential, "europass")
    with clock.frozen(NOW + timedelta(days=2)):
        second = actions.file_of(credential, "europass")

    assert first.is_sealed
    assert jades.parse(first.data, max_bytes=10**7)
    assert second.data == first.data


@pytest.mark.usefixtures("when_certificates_hold")
def test_what_was_sealed_stays_so_when_the_seal_goes() -> None:
    issuing = sealing()
    credential = of(an_award(issuing))
    sealed = actions.file_of(credential, "europass").data

    remove_seal(organisation=issuing.organisation, by=issuing.signatory)

    assert actions.file_of(credential, "europass").data == sealed


@pytest.mark.usefixtures("when_certificates_hold")
def test_what_was_kept_unsealed_makes_room_for_what_is_sealed() -> None:
    issuing = an_issuing_organisation(legal_name="Atelier du bocage", siret=SIRET)
    actions.choose_forms(organisation=issuing.organisation, forms=["europass"], by=issuing.signatory)
    award = an_award(issuing)
    actions.make_forms([award.id])
    assert not KeptForm.objects.get().is_sealed

    with_a_seal(issuing.organisation, issuing)

    assert jades.parse(actions.file_of(of(award), "europass").data, max_bytes=10**7)
    assert KeptForm.objects.get().is_sealed


@pytest.mark.usefixtures("when_certificates_hold")
def test_what_was_revoked_is_not_sealed_any_more() -> None:
    issuing = sealing()
    award = an_award(issuing)
    actions.revoke_award(award=award, reason="error", by=issuing.signatory)

    made = actions.file_of(of(Award.objects.get(pk=award.pk)), "europass")

    assert not made.is_sealed
    assert not KeptForm.objects.exists()


def test_what_a_person_reads_the_same_is_not_said_to_be_missing() -> None:
    """A wallet's attestation has the words of each outcome and the number of the level, without their ids."""
    credential = of(an_award())

    told = {
        each.element for each in next(o for o in forms.offers(credential) if o.form == "sd-jwt-vc").losses
    }

    assert not {"level", "outcomes"} & told
    assert {"assessment", "participation"} <= told
