"""The certificate drawn for a European credential, which must carry its picture in each language."""

from __future__ import annotations

from jalon.cli import django_setup
from sceau.model.credential import Credential

MOST_BYTES = 1_000_000
"""Of all pictures together: a verifier reads 2 MB, in which they stand in base64."""


def pictures(credential: Credential) -> dict[str, bytes]:
    """
    A PNG for each language of the title, with no page to lead to: a shell has none.

    The words around are Django's, so it starts here; no database is opened.
    """
    django_setup.start()
    from jalon.awarding.documents.certificate import picture
    from jalon.awarding.rules.exports import in_one_language

    languages = list(credential.micro_credential.title.as_dict())
    return {
        tag: picture(
            in_one_language(credential, tag),
            url="",
            reference="",
            language="fr" if tag.partition("-")[0] == "fr" else "en",
            most_bytes=MOST_BYTES // len(languages),
        )
        for tag in languages
    }
