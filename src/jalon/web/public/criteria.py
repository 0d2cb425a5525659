"""From the address of a search to what it asks of the catalogue. The unknown is left aside."""

from __future__ import annotations

from collections.abc import Container

from django.http import QueryDict

from jalon.catalogue.rules.searching import LONGEST_QUERY, Criteria, Sort
from jalon.design.rules.vocabularies import DOMAINS, PARTICIPATION_FORMS
from sceau.model.micro_credential import RecognitionStatus

_STATUSES = frozenset(status.value for status in RecognitionStatus)


def _known(values: list[str], codes: Container[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value in codes))


def _words(value: str) -> str:
    return " ".join(value.replace("\x00", " ").split())[:LONGEST_QUERY]


def read(asked: QueryDict) -> Criteria:
    """The criteria that the query string *asked* stands for."""
    page = asked.get("page", "1")
    sort = asked.get("tri", "")
    return Criteria(
        text=_words(asked.get("q", "")),
        place=_words(asked.get("commune", "")),
        domains=_known(asked.getlist("domaine"), DOMAINS),
        participation=_known(asked.getlist("forme"), PARTICIPATION_FORMS),
        recognition=_known(asked.getlist("reconnaissance"), _STATUSES),
        free=asked.get("sans_frais") == "1",
        sort=Sort.TITLE if sort == Sort.TITLE.value else Sort.NEWEST,
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
    )
