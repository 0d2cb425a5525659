"""Who gets in: anybody to state and read, whoever holds a private link to follow, moderators to decide."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from jalon.people.models import Organisation, User
from jalon.people.permissions import organisations_where
from jalon.people.rules import Capability
from jalon.territory.models import Need
from jalon.territory.permissions import organisations_moderating
from jalon.territory.queries import need_by_token, need_for_moderator
from jalon.web.verify.throttle import Throttle

# One address may be that of a whole town hall or media library, so not too few.
STATEMENTS = Throttle("need", limit=6, minutes=60)
# Under the name of an organisation a need is public at once: many in an hour are a machine's, or an anger's.
VOUCHED_STATEMENTS = Throttle("need-of-an-organisation", limit=40, minutes=60)
SUGGESTIONS = Throttle("communes", limit=600, minutes=10)


def moderator(request: HttpRequest) -> User:
    """Who is signed in and moderates; for anybody else there is nothing here."""
    user = request.user
    if not isinstance(user, User) or not organisations_moderating(user):
        raise Http404("moderates no need")
    return user


def signed_in(request: HttpRequest) -> User:
    """Whoever is signed in, behind `login_required`."""
    if not isinstance(request.user, User):
        raise Http404("not signed in")
    return request.user


def moderated_or_404(request: HttpRequest, need_id: UUID) -> Need:
    """The need, for somebody who moderates it; its existence itself is private until it is public."""
    found = need_for_moderator(request.user, need_id)
    if found is None:
        raise Http404("no such need for this person")
    return found


def followed_or_404(token: str) -> Need:
    """The need under a private link."""
    found = need_by_token(token)
    if found is None:
        raise Http404("no need under this link")
    return found


def organisations_speaking(request: HttpRequest) -> list[Organisation]:
    """The organisations under whose name whoever is signed in may state a need."""
    return organisations_where(request.user, Capability.STATE_NEEDS)
