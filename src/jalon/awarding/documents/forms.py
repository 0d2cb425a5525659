"""
What a signed credential says in its other forms: each follows from the Open Badge that was signed and from
the published version that it names, and needs no key to be told.

    openbadges  the signed bytes themselves
    vc-jwt      the same badge as a token
    europass    with every language of the version and a picture of the certificate in each
    sd-jwt-vc   for a wallet: the holder's number is the person's, the place in the status list is the badge's
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from jalon.awarding import queries
from jalon.awarding.documents.certificate import picture
from jalon.awarding.documents.contents import content_of, page_url
from jalon.awarding.models import Credential
from jalon.awarding.rules import exports as rules
from jalon.design.rules import export as design
from jalon.foundation import clock
from sceau.errors import DataModelError
from sceau.exports import EUROPASS, OPEN_BADGES, SD_JWT_VC, VC_JWT, Sealing, exports
from sceau.formats import european, sd_jwt_vc
from sceau.formats.losses import ELEMENTS, Kept, Loss, losses
from sceau.keys.signer import Ed25519Signer
from sceau.model.credential import Credential as Content
from sceau.model.credential import StatusEntry

logger = logging.getLogger(__name__)
ON_DEMAND = (VC_JWT.name, EUROPASS.name, SD_JWT_VC.name)
"""Beside the Open Badge, which is signed with the award."""
_PICTURES_BYTES = 1_200_000
"""Of all languages together, before base64: a verifier takes 2 MB in all."""


@dataclass(frozen=True)
class Offer:
    """
    What one form of one credential can say, found by writing and reading it back.

    Attributes:
        losses: What it does not say, or says in part, beyond the languages.
        words_alone: What a person reads in it as before and a machine does not: the words without the code.
        only_language: Its language, where the credential speaks others too; else empty.
        refusal: Why the credential cannot take this form, or None.
        ends_at: When the file ends though the credential does not, or None.
    """

    form: str
    losses: tuple[Loss, ...] = ()
    words_alone: tuple[Loss, ...] = ()
    only_language: str = ""
    refusal: DataModelError | None = None
    ends_at: datetime | None = None


def offers(credential: Credential) -> tuple[Offer, ...]:
    """What each form can say of *credential*, the Open Badge first."""
    signed, spoken, told = content_of(credential), in_every_language(credential), for_wallet(credential)
    place = queries.token_place(credential)

    def from_european() -> Content:
        return european.from_document(european.to_document(spoken, pictures={}))

    def from_attestation() -> Content:
        return sd_jwt_vc.from_document(sd_jwt_vc.to_document(told, status=place))

    return (
        _offer(OPEN_BADGES.name, spoken, lambda: signed),
        _offer(VC_JWT.name, spoken, lambda: signed),
        _offer(EUROPASS.name, spoken, from_european),
        replace(_offer(SD_JWT_VC.name, told, from_attestation), ends_at=end_of_file(told)),
        *_offers_of_others(spoken),
    )


def others() -> tuple[str, ...]:
    """The exports that were installed beside ours, by name."""
    return tuple(name for name in exports() if name not in (OPEN_BADGES.name, *ON_DEMAND))


def _offers_of_others(spoken: Content) -> Iterator[Offer]:
    """Written by a key of nobody, only to be read back: what is handed over, the issuer's key signs."""
    for name in others():
        signer = Ed25519Signer.generate(lambda public: f"{spoken.issuer.id}#{public}")
        export = exports()[name]
        try:
            data = export.write(spoken, Sealing(signer, spoken.valid_from))
            yield _offer(name, spoken, partial(export.read, data))
        except DataModelError as error:
            yield Offer(name, refusal=error)
        except Exception:
            # Somebody else's code must not take the holder's page away.
            logger.exception("the export %s failed and is not offered", name)


def _offer(form: str, whole: Content, back: Callable[[], Content]) -> Offer:
    try:
        read = back()
    except DataModelError as error:
        return Offer(form, refusal=error)
    language = whole.micro_credential.title.language
    lost = losses(whole, read)
    beyond = losses(rules.in_one_language(whole, language), read)
    # A language that stays behind takes a part of many elements with it: that is said once.
    is_narrow = {each.element for each in lost} > {each.element for each in beyond}
    told = beyond if is_narrow else lost
    alike = tuple(each for each in told if _is_read_alike(each, whole, read))
    return Offer(
        form, tuple(each for each in told if each not in alike), alike, language if is_narrow else ""
    )


def _is_read_alike(loss: Loss, whole: Content, read: Content) -> bool:
    """
    Whether a person reads the same though a machine does not: the words are all there, an identifier or the
    label of a known concept is not.
    """
    if loss.kept is not Kept.PARTLY:
        return False
    if loss.element == "level":
        before, after = whole.micro_credential.level.concept, read.micro_credential.level.concept
        return before is not None and after is not None and before.iri == after.iri
    if loss.element not in ("outcomes", "quality_assurance"):
        return False
    get = ELEMENTS[loss.element]
    return rules.words(get(whole), read.micro_credential.title.language) <= rules.words(get(read))


def in_every_language(credential: Credential) -> Content:
    """
    What the badge of *credential* says, in all the languages of the version that it names.

    A badge carries one language. The published version never changes, and speaks the others.
    """
    signed, specification = content_of(credential), credential.award.specification
    what = signed.micro_credential
    if what.id != specification.urn:
        return signed
    spoken = design.micro_credential(
        specification.read(), id=what.id, version=what.version, url=what.url, image_svg=what.image_svg
    )
    return replace(signed, micro_credential=spoken)


def for_wallet(credential: Credential) -> Content:
    """The same, with a number of the person, which only they show, and the place in the list as a token."""
    spoken, place = in_every_language(credential), queries.token_place(credential)
    return replace(
        spoken,
        holder=replace(spoken.holder, identifier=f"urn:uuid:{credential.award.person_id}"),
        status=(StatusEntry(place.uri, place.index),) if place else (),
    )


def end_of_file(told: Content) -> datetime | None:
    """The end of an attestation for a wallet, where the award has none."""
    if told.valid_until is not None:
        return None
    return rules.end_of_attestation(told.valid_from, at=clock.now())


def pictures(credential: Credential) -> dict[str, bytes]:
    """The certificate in each language of the title, as PNG; our own words are in French or English."""
    spoken = in_every_language(credential)
    languages = list(spoken.micro_credential.title.as_dict())
    return {
        tag: picture(
            rules.in_one_language(spoken, tag),
            url=page_url(credential),
            reference=credential.reference,
            language="fr" if tag.partition("-")[0] == "fr" else "en",
            most_bytes=_PICTURES_BYTES // len(languages),
        )
        for tag in languages
    }
