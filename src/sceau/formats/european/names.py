"""
Which release of the European Learning Model is written: the one place to change when the served context does.

ELM 3.3 moved the terms to ``http://data.europa.eu/snb/model/ontology/``. The context that is served for
European Digital Credentials still maps to ``…/model/elm/`` (June 2026), and so does what is written here. A
document names terms through the context alone; the namespace is needed only to look at its statements.
"""

from __future__ import annotations

from dataclasses import dataclass

from sceau.canon.contexts import CREDENTIALS_V1

_SNB = "http://data.europa.eu/snb/"


@dataclass(frozen=True)
class Release:
    """
    One release of the model.

    Attributes:
        namespace: Of its classes and properties.
        context: The JSON-LD context that maps to it.
        shapes: The application profile that a document says it keeps (``credentialSchema``).
    """

    version: str
    namespace: str
    context: str
    shapes: str


ELM_3_2 = Release(
    "3.2",
    f"{_SNB}model/elm/",
    f"{_SNB}model/context/edc-ap",
    f"{_SNB}model/ap/edc-generic-full",
)
ELM_3_3 = Release("3.3", f"{_SNB}model/ontology/", ELM_3_2.context, ELM_3_2.shapes)

CURRENT = ELM_3_2
"""What is written. Another release is this line."""

KNOWN = (ELM_3_2, ELM_3_3)
"""What is read."""

CONTEXT = (CREDENTIALS_V1, CURRENT.context)
CREDENTIAL = "EuropeanDigitalCredential"
TYPES = ("VerifiableCredential", CREDENTIAL)
VALIDATOR = "ShaclValidator2017"
STATUS = "elm:CredentialStatus"
"""
With its prefix: the served context has no term ``CredentialStatus``, so that the bare word would be dropped.
"""

PROFILE_SCHEME = f"{_SNB}credential/25831c2"
GENERIC_PROFILE = f"{_SNB}credential/e34929035b"
