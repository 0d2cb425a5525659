"""What the document looks like: the pictures of the certificate, one for each language."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from sceau.errors import DataModelError
from sceau.formats.european import terms
from sceau.formats.european.things import Thing, Words, by_language, filled, once
from sceau.model.credential import Credential

_MAX_PICTURE = 4_000_000
_SIGNATURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}


def display(credential: Credential, pictures: Mapping[str, bytes], words: Words) -> Thing:
    """
    Raises:
        DataModelError: A language of the title without a picture, where there are any; or no picture.
    """
    micro = credential.micro_credential
    owner = terms.derived_id(credential.id, "display")
    languages = list(dict.fromkeys([*micro.title.as_dict(), *pictures]))
    if pictures and (missing := [tag for tag in languages if tag not in pictures]):
        raise DataModelError(
            f"expected a picture of the certificate in each language of its title, met none in {missing}"
        )
    return filled(
        {
            "id": owner,
            "type": "DisplayParameter",
            "title": by_language(micro.title),
            "description": by_language(micro.description),
            "language": once(words.language_concept(tag) for tag in languages),
            "primaryLanguage": words.language_concept(words.language),
            "individualDisplay": [
                {
                    "id": terms.derived_id(owner, tag),
                    "type": "IndividualDisplay",
                    "language": words.language_concept(tag),
                    "displayDetail": [
                        {
                            "id": terms.derived_id(owner, tag, "page"),
                            "type": "DisplayDetail",
                            "image": _picture(tag, picture, owner, words),
                            "page": 1,
                        }
                    ],
                }
                for tag, picture in pictures.items()
            ],
        }
    )


def _picture(tag: str, picture: bytes, owner: str, words: Words) -> Thing:
    kind = next((name for name, start in _SIGNATURES.items() if picture.startswith(start)), "")
    if not kind or len(picture) > _MAX_PICTURE:
        raise DataModelError(
            f"expected a PNG or JPEG of at most {_MAX_PICTURE} bytes in {tag!a}, met something else"
        )
    label = {"en": "PNG" if kind == "image/png" else "JPEG"}
    return {
        "id": terms.derived_id(owner, tag, "image"),
        "type": "MediaObject",
        "content": base64.b64encode(picture).decode(),
        "contentEncoding": words.known(terms.BASE64, {"en": "base64"}),
        "contentType": words.known(terms.PICTURE_TYPES[kind], label),
    }
