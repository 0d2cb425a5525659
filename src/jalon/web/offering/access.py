"""Who gets into the pages of offers: members of the organisation; for anybody else there is nothing there."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from jalon.catalogue.models import Offering, Session
from jalon.catalogue.queries import offering_for, session_for
from jalon.design.models import MicroCredential
from jalon.design.queries import micro_credential_for
from jalon.people.models import User


def member(request: HttpRequest) -> User:
    """Who is signed in; views call it behind `login_required`."""
    if not isinstance(request.user, User):
        raise Http404("nobody is signed in")
    return request.user


def micro_credential_or_404(request: HttpRequest, micro_credential_id: UUID) -> MicroCredential:
    """The micro-certification, for a member of its organisation."""
    found = micro_credential_for(request.user, micro_credential_id)
    if found is None:
        raise Http404("no such micro-credential for this person")
    return found


def offering_or_404(request: HttpRequest, offering_id: UUID) -> Offering:
    """The offer, for a member of its organisation."""
    found = offering_for(request.user, offering_id)
    if found is None:
        raise Http404("no such offer for this person")
    return found


def session_or_404(request: HttpRequest, session_id: UUID) -> Session:
    """The session, for a member of its organisation."""
    found = session_for(request.user, session_id)
    if found is None:
        raise Http404("no such session for this person")
    return found
