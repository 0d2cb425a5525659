"""Issuing for anybody: what is well formed is signed by a test issuer, under its own name and no other."""

from __future__ import annotations

from typing import Any

from jalon.api.vc_api import issuers, lists
from jalon.api.vc_api.requests import Options
from jalon.foundation import clock
from sceau import issuing
from sceau.canon.contexts import DATA_INTEGRITY_V2, for_conformance
from sceau.errors import DataModelError
from sceau.formats import data_model
from sceau.formats.data_model import Version


def issue(credential: dict[str, Any], options: Options) -> dict[str, Any]:
    """
    Sign a credential.

    Args:
        credential: Its issuer must be well formed, and is then replaced by the test issuer: nothing is ever
            signed in the name of somebody else. An issuer's other members stay.

    Returns:
        The credential with ``proof``, and with ``credentialStatus`` where one was asked for.

    Raises:
        SceauError: It must not be signed, and why.
    """
    if "proof" in credential:
        raise DataModelError("expected a credential that is not secured yet, met one with a proof")
    data_model.check(credential)
    given = credential["issuer"]
    issuer, suite = issuers.chosen(options.cryptosuite, data_model.issuer_of(credential)[0])
    document = {**credential, "issuer": {**given, "id": issuer.id} if isinstance(given, dict) else issuer.id}
    if data_model.version_of(document) is Version.V1_1:
        document["@context"] = _with_data_integrity(document["@context"])
    question = {"challenge": options.challenge, "domain": options.domain}
    signing: dict[str, Any] = {
        "signer": issuer.signer,
        "created": options.created or clock.now().replace(microsecond=0),
        "suite": suite,
        "contexts": for_conformance(),
        "options": {name: value for name, value in question.items() if value is not None},
    }
    signed = issuing.secure(document, **signing)
    if options.credential_status is None:
        return signed
    # Signed once without it, so that what is refused takes no place in a list.
    had = data_model.objects(document, "credentialStatus")
    found = [*had, *lists.entries_for(options.credential_status, issuer)]
    return issuing.secure({**document, "credentialStatus": found if len(found) > 1 else found[0]}, **signing)


def _with_data_integrity(contexts: Any) -> list[Any]:
    """VC 1.1 does not define the members of our proofs; VC 2.0 does."""
    found = contexts if isinstance(contexts, list) else [contexts]
    return found if DATA_INTEGRITY_V2 in found else [found[0], DATA_INTEGRITY_V2, *found[1:]]
