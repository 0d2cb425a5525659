"""
Every address of the house asked by people who have no business there: nothing is shown, nothing changes.

Each address stands in exactly one table below; a new one makes a test fail until somebody has said whose it
is. What a role may do within its own organisation is tested beside the pages (`test_access` and the like).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.factories.people import a_user
from tests.factories.property import Property, property_of

pytestmark = pytest.mark.django_db

# Whose page it is does not depend on who asks: the reason is what is shown there.
PUBLIC = {
    "published work": [
        "public:home",
        "public:catalogue",
        "public:communes",
        "public:feed",
        "public:loq",
        "public:loq_as",
        "public:catalogue/loq/",
        "public:loq_of",
        "public:loq_of_as",
        "public:lheo",
        "public:lheo_report",
        "public:micro_credential",
        "public:version",
        "public:take_away",
        "public:organisation",
    ],
    "words about the installation": [
        "public:accessibility",
        "public:privacy",
        "public:legal",
        "public:open_data",
        "public:robots",
        "public:favicon",
        "public:manifest",
        "public:sitemap",
        "public:sitemap_part",
        "set_language",
    ],
    "keys and lists that verifiers need; they name no holder": [
        "api:did_document",
        "api:status_list",
        "api:status_token",
        "api:attestation_type",
    ],
    "a form for anybody": ["verify:home", "needs:state", "needs:communes"],
    "needs that a moderator accepted": ["needs:home", "needs:show"],
    "endorsements, which are made to be read": ["support:page", "support:document"],
    "the way to an account": [
        "account_login",
        "account_signup",
        "account_logout",
        "account_email",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_email_verification_sent",
        "account:enter_demonstration",
    ],
}

# Whoever holds the link may; a link that was never given out opens nothing.
BY_LINK = [
    "verify:credential",
    "verify:document",
    "verify:certificate",
    "verify:badge",
    "verify:badge_picture",
    "verify:vc-jwt",
    "verify:sd-jwt-vc",
    "verify:europass",
    "verify:other",
    "verify:wallet",
    "needs:follow",
    "needs:correct",
    "needs:withdraw",
    "room:enter",
    "room:mail",
    "account:invitation",
    "account_confirm_email",
    "account_reset_password_from_key",
]

# Of whoever is signed in: the address names nobody, so it shows one's own.
ONES_OWN = [
    "account:home",
    "account:start",
    "account:name",
    "account:address",
    "account:confirm_address",
    "account:language",
    "account:new_organisation",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "studio:home",
    "studio:new",
    "studio:begin",
    "studio:model_sheet",
    "studio:adapt",
    "offering:home",
    "issuing:home",
    "issuing:model_list",
    "issuing:choices",
    "issuing:awards",
    "needs:desk",
    "needs:mail",
    "needs:territories",
    "needs:part_suggestions",
]

# Of an organisation: its members only.
THEIRS = [
    *(
        f"account:{name}"
        for name in (
            "organisation",
            "edit_organisation",
            "new_accreditation",
            "accreditation",
            "remove_accreditation",
            "members",
            "invite",
            "member",
            "remove_member",
            "withdraw_invitation",
            "seal",
            "remove_seal",
            "leave",
        )
    ),
    *(
        f"studio:{name}"
        for name in (
            "source",
            "micro_credential",
            "compare",
            "start_version",
            "offer",
            "dossier",
            "reading",
            "preview",
            "publish",
            "discard",
            "quality",
            "translate",
            "sheet",
            "concepts",
            "programme",
            "meeting",
            "field",
            "section",
        )
    ),
    *(
        f"room:{name}"
        for name in (
            "open",
            "home",
            "text",
            "field",
            "decide",
            "thread",
            "people",
            "revoke",
            "agreement",
            "settle",
            "round",
            "sign",
            "round_text",
            "erase",
            "erase_other",
            "leave",
        )
    ),
    "support:revoke",
    *(f"offering:{name}" for name in ("new", "session", "cancel", "offer", "edit", "switch", "new_session")),
    *(
        f"issuing:{name}"
        for name in (
            "award",
            "revoke",
            "correct",
            "upload",
            "person",
            "batch",
            "columns",
            "answers",
            "start",
            "abandon",
            "left_out",
            "links",
            "cards",
            "archive",
        )
    ),
    *(f"needs:{name}" for name in ("read", "decide", "group", "link", "draft")),
    *(
        f"needs:{name}"
        for name in (
            "new_territory",
            "territory",
            "rename_territory",
            "add_part",
            "take_out_part",
            "remove_territory",
        )
    ),
]

# What a room, a list or a design is at, by name or number: nobody's identifiers.
PLAIN = {"name": "title.fr", "number": 1, "part": 1}
OF_PUBLISHED = {"issuing:upload", "issuing:person", "offering:new"}
OF_AWARDED = {"issuing:links", "issuing:cards", "issuing:archive"}
# What members too are told is not there: gestures without their fields, and what is a guest's own.
NEED_FIELDS = {"room:erase", "room:sign", "needs:decide", "needs:group", "needs:take_out_part"}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


def patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address with its name."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            inner = f"{each.namespace}:" if each.namespace else ""
            yield from patterns(each, namespace + inner)
        # Addresses that a standard gives (RFC 8615) are for anybody's machines.
        elif r"\.well-known/" not in str(each.pattern):
            yield f"{namespace}{each.name or each.pattern}", each


EVERY = dict(patterns(get_resolver()))


def addresses(name: str, of: Property) -> dict[str, Any]:
    """What the address called *name* takes, for what belongs to *of*."""
    given: dict[str, Any] = {**PLAIN, **of.ids}
    if name in OF_PUBLISHED:
        given |= {
            "specification_id": of.published.id,
            "micro_credential_id": of.published.micro_credential_id,
        }
    if name in OF_AWARDED:
        given["batch_id"] = of.awarded.id
    given["ending"] = "json" if name == "public:take_away" else "ttl"
    given["slug"] = of.published.micro_credential.slug
    if name == "studio:section":
        given["slug"] = "titre"
    elif name.startswith(("account:", "needs:")) or name in {"public:organisation", "api:did_document"}:
        given["slug"] = of.organisation.slug
    return {key: given[key] for key in EVERY[name].pattern.converters}


def where(name: str, kwargs: dict[str, Any]) -> str:
    """The address called *name*, or where it has no name the address itself."""
    return reverse(name, kwargs=kwargs) if EVERY[name].name else f"/{EVERY[name].pattern}"


def ask(client: Client, method: str, address: str) -> HttpResponse:
    """The answer, without following where it leads."""
    return client.generic(method, address)  # type: ignore[return-value]  # the test client's answer is one


def is_refused(answer: HttpResponse) -> bool:
    """Sent to sign in, forbidden, not there, or no such gesture."""
    if answer.status_code == 302:
        return answer["Location"].startswith(reverse("account_login"))
    return answer.status_code in {403, 404, 405}


def said(answer: HttpResponse) -> str:
    """Everything in the answer, headers included."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]  # of streamed answers
    return f"{answer.headers} {body.decode(errors='replace')}"


def everything() -> dict[str, list[Any]]:
    """Every row of ours, but those that say who is signed in and when."""
    found = {}
    for model in apps.get_models():
        if model.__module__.startswith("jalon."):
            rows = [
                {k: v for k, v in row.items() if k != "last_login"} for row in model._default_manager.values()
            ]
            found[model.__name__] = sorted(rows, key=str)
    return found


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done inside is as if it had not been."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def theirs() -> Property:
    cache.clear()
    return property_of("Zwyxel", "48095")


@pytest.fixture
def others() -> Property:
    return property_of("Qvorb", "30350")


@pytest.fixture
def strangers(others: Property) -> dict[str, Client]:
    """Nobody, somebody with an account and nothing else, somebody who may do everything elsewhere."""
    found = {"nobody": Client(), "somebody": Client(), "neighbour": Client()}
    found["somebody"].force_login(a_user())
    found["neighbour"].force_login(others.head)
    return found


def test_every_address_is_somebodys() -> None:
    public = [name for names in PUBLIC.values() for name in names]
    told = [*public, *BY_LINK, *ONES_OWN, *THEIRS]

    unsaid = set(EVERY) - set(told)

    assert unsaid == set(), "say in this file whose page it is"
    assert set(told) - set(EVERY) == set(), "no such address any more"
    assert len(told) == len(set(told)), "in two tables"


def test_what_is_theirs_is_refused_to_strangers(theirs: Property, strangers: dict[str, Client]) -> None:
    before = everything()
    let_in: list[str] = []

    for name in THEIRS:
        address = where(name, kwargs=addresses(name, theirs))
        for who, client in strangers.items():
            for method in METHODS:
                answer = ask(client, method, address)
                if not is_refused(answer) or theirs.word in said(answer):
                    let_in.append(f"{who}: {method} {address} ({name}) → {answer.status_code}")

    assert let_in == []
    assert everything() == before


def test_what_is_theirs_is_there_for_them(theirs: Property) -> None:
    """Else the test above would be satisfied by addresses that lead nowhere."""
    missing: list[str] = []

    for name in THEIRS:
        address = where(name, kwargs=addresses(name, theirs))
        client = Client()
        client.force_login(theirs.head)
        with undone():
            answers = [ask(client, method, address) for method in ("GET", "POST")]
        if name not in NEED_FIELDS and all(is_refused(answer) for answer in answers):
            missing.append(f"{name}: {[a.status_code for a in answers]} {address}")

    assert missing == []


def test_things_of_others_are_not_reached_through_ones_own(
    theirs: Property, others: Property, strangers: dict[str, Client]
) -> None:
    before = everything()
    let_in: list[str] = []
    tried = 0

    for name in THEIRS:
        own, foreign = addresses(name, others), addresses(name, theirs)
        last = list(own)[-1] if len(own) > 1 else ""
        if not last or not isinstance(own[last], UUID):
            continue
        tried += 1
        address = where(name, kwargs={**own, last: foreign[last]})
        for method in METHODS:
            answer = ask(strangers["neighbour"], method, address)
            if not is_refused(answer) or theirs.word in said(answer):
                let_in.append(f"{method} {address} ({name}) → {answer.status_code}")

    assert tried > 5
    assert let_in == []
    assert everything() == before


def test_ones_own_pages_ask_for_an_account_and_show_nothing_of_others(
    theirs: Property, strangers: dict[str, Client]
) -> None:
    wrong: list[str] = []

    for name in ONES_OWN:
        address = where(name, kwargs=addresses(name, theirs))
        if not is_refused(ask(strangers["nobody"], "GET", address)):
            wrong.append(f"nobody is let in: {address}")
        for who, client in strangers.items():
            if theirs.word in said(ask(client, "GET", address)):
                wrong.append(f"{who} reads about others: {address}")

    assert wrong == []


def test_public_pages_say_nothing_private(theirs: Property, strangers: dict[str, Client]) -> None:
    leaks: list[str] = []

    for names in PUBLIC.values():
        for name in names:
            address = where(name, kwargs=addresses(name, theirs))
            for who, client in strangers.items():
                answer = ask(client, "GET", address)
                if answer.status_code >= 500 or theirs.word in said(answer):
                    leaks.append(f"{who}: {address} ({name}) → {answer.status_code}")

    assert leaks == []


@pytest.mark.parametrize("name", BY_LINK)
def test_link_that_was_never_given_out_opens_nothing(
    theirs: Property, strangers: dict[str, Client], name: str
) -> None:
    pattern = EVERY[name].pattern
    keys = list(pattern.converters) or list(pattern.regex.groupindex)  # type: ignore[attr-defined]  # of patterns by expression
    made_up = {"form": "europass", "token": "A" * 22, "key": "abcdef", "uidb36": "1"}
    address = where(name, kwargs={key: made_up[key] for key in keys})

    for client in strangers.values():
        for method in METHODS:
            answer = ask(client, method, address)

            assert theirs.word not in said(answer)
            if name not in {"account_confirm_email", "account_reset_password_from_key"}:
                # The accounts library says on a page of its own that the link leads nowhere.
                assert answer.status_code in {404, 405}, (method, address)
