"""What we know of our own credentials beyond what their signed bytes say."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jalon.awarding import queries
from jalon.awarding.documents import forms
from jalon.awarding.documents.qr import qr_svg
from jalon.awarding.models import OPEN_BADGES, Award, Credential
from jalon.awarding.rules.award_states import RevocationReason
from jalon.verification.errors import UnknownOwnLinkError
from jalon.verification.labels import formats, moments
from jalon.verification.labels.formats import FormWords
from jalon.verification.rules import Result, Withdrawal, did_of_issuer
from sceau.exports import EUROPASS, SD_JWT_VC, VC_JWT, exports
from sceau.verifying.report import Outcome, Question

# As a stranger may read it; `corrected` is said by the link to what replaces it.
_REASONS = {
    RevocationReason.ERROR: gettext_lazy("une erreur lors de la délivrance"),
    RevocationReason.FRAUD: gettext_lazy("une fraude, selon l’organisme"),
    RevocationReason.NOT_EARNED: gettext_lazy("les acquis n’étaient pas atteints"),
    RevocationReason.HOLDER_REQUEST: gettext_lazy("la personne l’a demandé"),
    RevocationReason.WITHDRAWN: gettext_lazy("l’organisme a retiré cette micro-certification"),
}


@dataclass(frozen=True)
class OwnPage:
    """
    What the page of one of our credentials adds to the answers.

    Attributes:
        qr: Drawn by us: safe.
        replaces_words: That it replaces another, and since when; empty where it does not.
    """

    reference: str
    document_url: str
    certificate_url: str
    badge_url: str
    badge_picture_url: str
    qr: SafeString
    replaces_url: str = ""
    replaces_words: str = ""


def page_url(credential: Credential) -> str:
    """The path of its page."""
    return reverse("verify:credential", args=[credential.link_token])


def in_every_language(result: Result, credential: Credential) -> Result:
    """
    *result* with the words of the specification in all its languages, while what was signed is intact.

    A badge carries one language. The published version it names never changes, and speaks the others.
    """
    report = result.report
    if report.credential is None or report.answer(Question.INTACT) is not Outcome.PASSED:
        return result
    return replace(result, report=replace(report, credential=forms.in_every_language(credential)))


def with_withdrawal(result: Result, credential: Credential | None = None) -> Result:
    """
    *result* with what we know of a withdrawal that was made here.

    Args:
        credential: The row that was verified, where known; else it is looked up by the id that was signed.
    """
    report = result.report
    intact = report.answer(Question.INTACT) is Outcome.PASSED
    revoked = any(check.code == "status.revoked" for check in report.reasons(Question.VALID))
    if not (intact and revoked and result.organisation is not None):
        return result
    found = credential or _by_urn(report.document)
    withdrawal = (
        _withdrawal(found.award) if found and found.issuer_did == did_of_issuer(report.issuer_id) else None
    )
    return replace(result, withdrawal=withdrawal)


def _by_urn(document: dict[str, object] | None) -> Credential | None:
    """By the id that was signed, which an attestation for a wallet calls ``jti``."""
    urn = (document or {}).get("id") or (document or {}).get("jti")
    if not isinstance(urn, str) or len(urn) > 60:
        return None
    rows = Credential.objects.select_related("award__organisation", "award__replaced_by")
    return rows.filter(urn=urn).first()


def _withdrawal(award: Award) -> Withdrawal | None:
    if award.revoked_at is None:
        return None
    try:
        reason = str(_REASONS.get(RevocationReason(award.revocation_reason), ""))
    except ValueError:
        reason = ""
    after = award.replaced_by.credential if award.replaced_by else None
    return Withdrawal(
        on=award.revoked_at,
        by=award.organisation.legal_name,
        reason="; ".join(filter(None, [reason, award.revocation_note.strip().rstrip(".")])),
        replacement_url=page_url(after) if after else "",
    )


def own_page(credential: Credential, *, absolute: str) -> OwnPage:
    """
    Args:
        absolute: The address of the page as a phone opens it, for the QR code.
    """
    token = [credential.link_token]
    before = _replaced_by(credential.award)
    return OwnPage(
        reference=credential.reference,
        document_url=reverse("verify:document", args=token),
        certificate_url=reverse("verify:certificate", args=token),
        badge_url=reverse("verify:badge", args=token),
        badge_picture_url=reverse("verify:badge_picture", args=token),
        qr=_drawn(absolute),
        replaces_url=page_url(before) if before else "",
        replaces_words=_replaces(before) if before else "",
    )


@dataclass(frozen=True)
class Offered:
    """
    One form of the credential, to take away.

    Attributes:
        url: Empty where it cannot take this form.
        refusal: Why, in that case.
        unsaid: What it does not say, as sentences: that of Annex I, then the rest, folded.
        wallet_url: Where the holder binds it to a key.
    """

    name: str
    words: FormWords
    url: str
    refusal: str
    unsaid: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    wallet_url: str = ""


def offers(credential: Credential) -> tuple[Offered, ...]:
    """The forms of *credential*, each with what it is for and what it does not say."""
    return tuple(_offered(offer, credential) for offer in forms.offers(credential))


def _offered(offer: forms.Offer, credential: Credential) -> Offered:
    words = formats.FORMS.get(offer.form) or _words_of_others(offer.form)
    if offer.refusal is not None:
        reason = credential.award.specification.read().level.none_reason
        return Offered(offer.form, words, "", formats.refusal(offer.refusal, reason))
    name = "document" if offer.form == OPEN_BADGES else offer.form
    first, rest = formats.unsaid(offer.losses, see_badge=offer.form not in (OPEN_BADGES, VC_JWT.name))
    said = [formats.only_in(offer.only_language)] if offer.only_language else []
    said += first
    if offer.ends_at:
        said.append(formats.file_until(offer.ends_at))
    if offer.form == SD_JWT_VC.name:
        said.append(formats.bearer())
    if offer.form == EUROPASS.name and not queries.is_sealed(credential):
        said.append(formats.unsealed())
    elif offer.form == EUROPASS.name and queries.is_test_seal(credential):
        said.append(formats.test_seal())
    more = rest + formats.words_alone(offer.words_alone)
    if offer.form in forms.others():
        url = reverse("verify:other", args=[credential.link_token, offer.form])
    else:
        url = reverse(f"verify:{name}", args=[credential.link_token])
    wallet = reverse("verify:wallet", args=[credential.link_token]) if offer.form == SD_JWT_VC.name else ""
    return Offered(offer.form, words, url, "", tuple(said), more, wallet)


def _words_of_others(name: str) -> FormWords:
    export = exports()[name]
    return formats.of_others(getattr(export, "title", {}), getattr(export, "purpose", {}), name)


def _replaced_by(award: Award) -> Credential | None:
    """The credential that *award* came to replace, or None."""
    before = Award.objects.filter(replaced_by=award).first()
    return before.credential if before else None


def _replaces(before: Credential) -> str:
    words = _("Elle remplace une attestation délivrée le %(day)s, qui ne vaut plus.")
    return words % {"day": moments.day(before.award.awarded_on)}


def _drawn(address: str) -> SafeString:
    label = _("QR code qui mène à cette page")
    svg = qr_svg(address).replace("<svg ", f'<svg class="qr" role="img" aria-label="{label}" ', 1)
    return mark_safe(svg)  # noqa: S308 -- drawn by us from our own address


def by_reference(reference: str) -> Credential | None:
    """The credential that bears twelve signs."""
    return queries.credential_by_reference(reference)


def page_of_token(token: str) -> str:
    """
    The path of the page behind a link token of ours.

    Raises:
        UnknownOwnLinkError: Nothing is there.
    """
    credential = queries.credential_by_token(token)
    if credential is None:
        raise UnknownOwnLinkError
    return page_url(credential)
