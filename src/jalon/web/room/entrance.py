"""Opening a room, coming in by a link after saying one's name, going out."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from jalon.design import actions, labels
from jalon.design.errors import LinkClosedError, RoomError
from jalon.design.permissions import acts_of, acts_of_account
from jalon.design.queries import link_by_token, micro_credential_for, text_of
from jalon.people.models import User
from jalon.web.room.access import Visit, closed, forget, in_room, remember, remembered
from jalon.web.room.fields import frame
from jalon.web.room.forms import EntranceForm
from jalon.web.verify.privacy import about_one_person


@require_POST
@login_required
def open_room(request: HttpRequest, micro_credential_id: UUID) -> HttpResponse:
    """Open the room of a micro-certification, or go to the one it has."""
    design = micro_credential_for(request.user, micro_credential_id)
    if design is None or not isinstance(request.user, User):
        raise Http404("no such micro-credential for this person")
    room = actions.open_room(micro_credential=design, by=request.user)
    return redirect("room:home", room.id)


@require_http_methods(["GET", "HEAD", "POST"])
@about_one_person
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a link. Looking at it changes nothing; saying one's name opens the room."""
    link = link_by_token(token)
    if link is None:
        return closed(request, status=404)
    user = request.user if isinstance(request.user, User) else None
    known = remembered(request, link.room)
    if (user and acts_of_account(user, link.room)) or (
        known is not None and known.link_id == link.id and acts_of(known)
    ):
        return redirect("room:home", link.room_id)
    if not link.is_open:
        return closed(request)
    data = request.POST if request.method == "POST" else None
    form = EntranceForm(data, initial={"name": user.full_name if user else ""})
    if data is not None and form.is_valid():
        try:
            participant = actions.come_in(
                link=link, user=user, language=get_language() or "", **form.cleaned_data
            )
        except LinkClosedError:
            return closed(request)
        except RoomError as error:
            form.add_error("name", labels.refusal_sentence(error))
        else:
            response = redirect("room:home", link.room_id)
            remember(response, participant)
            return response
    version = text_of(link.room)
    values = {
        "link": link,
        "form": form,
        "role": labels.role_name(link.role),
        "role_sentence": labels.role_sentence(link.role),
        "organisation": link.room.micro_credential.organisation,
        "content": version.read() if version else None,
        "account": user,
    }
    return render(request, "room/entrance.html", values, status=422 if form.is_bound else 200)


@require_POST
@in_room()
def leave(request: HttpRequest, here: Visit) -> HttpResponse:
    """Forget this person in this browser; what they wrote stays, and their link opens the room again."""
    response = render(request, "room/left.html", {})
    forget(response, here.room)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@in_room()
def erase(request: HttpRequest, here: Visit) -> HttpResponse:
    """Have one's own name erased; asked once more before, since nothing brings it back."""
    if here.who.link is None:
        raise Http404("members of the organisation have an account, which is erased elsewhere")
    if request.method != "POST":
        return render(request, "room/erase.html", {**frame(here)})
    actions.forget_participant(participant=here.who, by=here.who)
    response = render(request, "room/left.html", {"erased": True})
    forget(response, here.room)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@about_one_person
def mail(request: HttpRequest, token: str) -> HttpResponse:
    """The link at the foot of the daily mail: looking at it changes nothing, its button stops the mail."""
    user = actions.user_of_mail(token)
    if user is None:
        raise Http404("no such mail")
    is_done = request.method == "POST"
    if is_done:
        actions.choose_room_mail(user=user, is_wanted=request.POST.get("wanted") == "1")
    is_wanted = request.POST.get("wanted") == "1" if is_done else True
    return render(request, "room/mail.html", {"is_done": is_done, "is_wanted": is_wanted})
