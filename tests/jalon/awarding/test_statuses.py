"""Places in status lists, and the lists as they are served."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.factories.awarding import an_award, an_issuing_organisation
from tests.factories.people import a_person, an_organisation

from jalon.awarding import actions, queries
from jalon.awarding.actions import statuses
from jalon.awarding.actions.keys import ensure_key
from jalon.awarding.actions.statuses import reserve_places
from jalon.awarding.models import StatusList
from jalon.awarding.rules import places
from jalon.foundation import clock
from sceau.status import bitstring

pytestmark = pytest.mark.django_db


def test_reserve_places_gives_each_once_in_an_order_nobody_foresees() -> None:
    organisation = an_organisation()
    did = ensure_key(organisation).did

    given = [
        p.index
        for _ in range(10)
        for p in reserve_places(organisation=organisation, issuer_did=did, count=20)
    ]

    assert len(given) == len(set(given)) == 200
    assert given != sorted(given)
    assert all(0 <= index < places.CAPACITY for index in given)
    assert StatusList.objects.get().allocated == 200


def test_a_second_list_opens_when_one_is_three_quarters_full() -> None:
    organisation = an_organisation()
    did = ensure_key(organisation).did
    reserve_places(organisation=organisation, issuer_did=did, count=1)
    StatusList.objects.update(allocated=places.OPEN_UNTIL - 2)

    given = reserve_places(organisation=organisation, issuer_did=did, count=5)

    assert [StatusList.objects.get(id=p.list_id).is_open for p in given] == [False] * 2 + [True] * 3
    assert len({p.list_url for p in given}) == 2


def test_two_credentials_cannot_share_a_place() -> None:
    issuing = an_issuing_organisation()
    one = an_award(issuing).credentials.get()
    two = an_award(issuing, person=a_person(issuing.organisation, "Luc Petit")).credentials.get()

    two.status_index = one.status_index
    with pytest.raises(IntegrityError), transaction.atomic():
        two.save()


def test_organisations_have_lists_of_their_own() -> None:
    one, two = an_award().credentials.get(), an_award().credentials.get()

    assert one.status_list != two.status_list


def test_the_list_of_an_award_is_signed_before_anybody_asks() -> None:
    credential = an_award().credentials.get()
    assert credential.status_list is not None

    document = json.loads(bytes(credential.status_list.document))

    assert document["id"] == credential.status_list.url
    assert document["issuer"] == credential.issuer_did
    assert document["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]


def test_a_list_that_gets_old_is_signed_again() -> None:
    found = an_award().credentials.get().status_list
    assert found is not None
    before = actions.refresh_status_list(found.id)
    assert actions.refresh_status_list(found.id) == before

    with clock.frozen(clock.now() + timedelta(hours=13)):
        lent = queries.OwnIssuers().status_list(found.url)
        after = actions.refresh_status_list(found.id)

    assert after is not None
    assert lent is not None
    assert after != before
    assert json.loads(lent.body)["validUntil"] == json.loads(after)["validUntil"]


def test_the_bits_follow_from_the_awards() -> None:
    issuing = an_issuing_organisation()
    awards = [an_award(issuing, person=a_person(issuing.organisation, f"P {n}")) for n in range(4)]
    for award in awards[:2]:
        actions.revoke_award(award=award, reason="error", by=issuing.signatory)
    found = StatusList.objects.get()
    StatusList.objects.update(document=b"", signed_at=None)

    rebuilt = actions.refresh_status_list(found.id)

    assert rebuilt is not None
    bits = bitstring.decode(json.loads(rebuilt)["credentialSubject"]["encodedList"], max_bytes=20_000)
    told = [bitstring.bit(bits, award.credentials.get().status_index) for award in awards]
    assert told == [True, True, False, False]
    assert sum(byte.bit_count() for byte in bits) == 2


def test_a_revocation_whose_list_cannot_be_signed_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    issuing = an_issuing_organisation()
    award = an_award(issuing)

    def broken(*args: Any, **kwargs: Any) -> bytes:
        raise OSError("the key is out of reach")

    monkeypatch.setattr(statuses, "signed_document", broken)
    with pytest.raises(OSError, match="out of reach"), transaction.atomic():
        actions.revoke_award(award=award, reason="error", by=issuing.signatory)

    award.refresh_from_db()
    assert award.revoked_at is None


def test_strangers_lists_are_not_ours() -> None:
    own = queries.OwnIssuers()

    assert own.status_list("https://example.org/status/1") is None
    assert own.did_document("did:web:example.org") is None
    assert own.known_organisation("did:web:example.org") is None


def test_own_organisation_is_told_with_who_confirmed_it() -> None:
    issuing = an_issuing_organisation(identity_confirmed_by="Région Occitanie")
    did = ensure_key(issuing.organisation).did

    found = queries.OwnIssuers().known_organisation(did)

    assert found is not None
    assert (found.name, found.confirmed_by) == (issuing.organisation.legal_name, "Région Occitanie")
