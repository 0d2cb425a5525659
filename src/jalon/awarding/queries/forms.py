"""The other forms of credentials: which are made at once for whom, and those that were kept."""

from __future__ import annotations

from jalon.awarding.models import AwardingSettings, Credential, KeptForm, OrganisationSeal
from jalon.awarding.queries.seals import chain_of, seal_of
from jalon.awarding.rules import seals
from jalon.foundation import clock
from jalon.people.models import Organisation
from sceau.errors import SceauError
from sceau.exports import EUROPASS, MAX_BYTES
from sceau.proofs import jades


def forms_at_once(organisation: Organisation) -> tuple[str, ...]:
    """The forms that *organisation* wants made with each award, beside the Open Badge."""
    found = AwardingSettings.objects.filter(organisation=organisation).values_list("forms", flat=True).first()
    return tuple(found or ())


def kept_form(credential: Credential, form: str) -> KeptForm | None:
    """*credential* in a form as it was kept, unless that has ended or is near its end."""
    found = KeptForm.objects.filter(credential=credential, form=form).first()
    if found is None or (found.ends_at is not None and found.ends_at <= clock.now()):
        return None
    return found


def kept_forms_of(credential: Credential) -> list[KeptForm]:
    """Every form of *credential* that was kept and is served as it was, by name."""
    found = KeptForm.objects.filter(credential=credential).order_by("form")
    return [each for each in found if each.ends_at is None or each.ends_at > clock.now()]


def has_seal(organisation: Organisation) -> bool:
    """Whether *organisation* can seal today."""
    return OrganisationSeal.objects.filter(organisation=organisation, not_after__gte=clock.now()).exists()


def is_sealed(credential: Credential) -> bool:
    """Whether its European form bears a seal: already, or once it is asked for."""
    kept = kept_form(credential, EUROPASS.name)
    if kept is not None and kept.is_sealed:
        return True
    return credential.award.revoked_at is None and has_seal(credential.award.organisation)


def is_test_seal(credential: Credential) -> bool:
    """Whether that seal is a test, by its certificate's own word; what was kept has its own."""
    kept = kept_form(credential, EUROPASS.name)
    if kept is not None and kept.is_sealed:
        try:
            leaf = jades.parse(bytes(kept.document), max_bytes=MAX_BYTES).certificates()[0]
        except SceauError:  # what was kept is no longer what was sealed; whoever verifies it is told
            return False
        return seals.says_test(leaf)
    row = seal_of(credential.award.organisation)
    return row is not None and seals.says_test(chain_of(row)[0])
