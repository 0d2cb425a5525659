"""Members of an organisation: see, invite, give roles, remove, leave; and take an invitation."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jalon.foundation import mail
from jalon.people import actions, labels
from jalon.people.errors import PeopleError
from jalon.people.models import Invitation, Organisation, User
from jalon.people.permissions import may, roles_of
from jalon.people.queries import Member, invitation_by_token, members_of, open_invitations_of
from jalon.people.rules import Capability, Role
from jalon.web.account.access import organisation_for, signed_in
from jalon.web.account.organisation_forms import InvitationForm, RolesForm


def link_of(invitation: Invitation) -> str:
    """The whole address to hand over."""
    return f"{settings.PUBLIC_URL}{reverse('account:invitation', args=[invitation.token])}"


@login_required
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Who acts for the organisation; and, for whoever manages it, the invitations and a form for one more."""
    organisation = organisation_for(request, slug)
    return _page(request, organisation, InvitationForm())


def _page(
    request: HttpRequest, organisation: Organisation, form: InvitationForm, status: int = 200
) -> HttpResponse:
    may_manage = may(request.user, Capability.MANAGE_MEMBERS, organisation)
    context = {
        "organisation": organisation,
        "may_manage": may_manage,
        "members": [(m, [labels.ROLES[role] for role in m.roles]) for m in members_of(organisation)],
        "form": form,
        "mail_is_sent": mail.is_sent(),
    }
    if may_manage:
        context["invitations"] = [
            (invitation, labels.ROLES[Role(invitation.role)], link_of(invitation))
            for invitation in open_invitations_of(organisation)
        ]
    return render(request, "account/members.html", context, status=status)


@require_POST
@login_required
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a link, show it, and mail it where mail is sent."""
    organisation = organisation_for(request, slug, Capability.MANAGE_MEMBERS)
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _page(request, organisation, form, status=422)
    try:
        invitation = actions.invite(organisation=organisation, by=signed_in(request), **form.cleaned_data)
    except PeopleError as refused:
        form.add_error("email", labels.sentence(refused.code, refused.facts))
        return _page(request, organisation, form, status=422)
    if _mailed(request, invitation):
        messages.success(request, _("L'invitation est partie à {email}.").format(email=invitation.email))
    else:
        messages.success(
            request,
            _("Le lien pour {email} est prêt. Copiez-le ci-dessous et remettez-le vous-même.").format(
                email=invitation.email
            ),
        )
    return redirect("account:members", organisation.slug)


def _mailed(request: HttpRequest, invitation: Invitation) -> bool:
    context = {
        "invitation": invitation,
        "role": labels.ROLES[Role(invitation.role)],
        "link": link_of(invitation),
        "by": signed_in(request),
    }
    subject = _("{organisation} vous invite sur Jalon").format(
        organisation=invitation.organisation.legal_name
    )
    body = render_to_string("account/mail/invitation.txt", context)
    return mail.send(to=invitation.email, subject=subject, body=body)


@require_POST
@login_required
def withdraw(request: HttpRequest, slug: str, invitation_id: UUID) -> HttpResponse:
    """Make an invitation's link lead nowhere."""
    organisation = organisation_for(request, slug, Capability.MANAGE_MEMBERS)
    invitation = get_object_or_404(Invitation, pk=invitation_id, organisation=organisation)
    actions.withdraw_invitation(invitation=invitation, by=signed_in(request))
    messages.success(
        request, _("Le lien pour {email} ne mène plus nulle part.").format(email=invitation.email)
    )
    return redirect("account:members", organisation.slug)


def _member(organisation: Organisation, user_id: UUID) -> Member:
    for member in members_of(organisation):
        if member.user.id == user_id:
            return member
    raise Http404


@login_required
def member(request: HttpRequest, slug: str, user_id: UUID) -> HttpResponse:
    """Change the roles of one member."""
    organisation = organisation_for(request, slug, Capability.MANAGE_MEMBERS)
    shown = _member(organisation, user_id)
    form = RolesForm(request.POST if request.method == "POST" else None, initial={"roles": shown.roles})
    if form.is_valid():
        try:
            actions.set_roles(
                organisation=organisation,
                user=shown.user,
                roles=form.cleaned_data["roles"],
                by=signed_in(request),
            )
        except PeopleError as refused:
            form.add_error("roles", labels.sentence(refused.code, refused.facts))
        else:
            messages.success(request, _("Rôles gardés : {name}.").format(name=shown.user))
            return redirect("account:members", organisation.slug)
    context = {"form": form, "organisation": organisation, "member": shown}
    return render(request, "account/member.html", context, status=422 if form.is_bound else 200)


@require_POST
@login_required
def remove(request: HttpRequest, slug: str, user_id: UUID) -> HttpResponse:
    """Take every role from one member."""
    organisation = organisation_for(request, slug, Capability.MANAGE_MEMBERS)
    shown = _member(organisation, user_id)
    try:
        actions.set_roles(organisation=organisation, user=shown.user, roles=(), by=signed_in(request))
    except PeopleError as refused:
        context = {
            "form": RolesForm(initial={"roles": shown.roles}),
            "organisation": organisation,
            "member": shown,
            "refusal": labels.sentence(refused.code, refused.facts),
        }
        return render(request, "account/member.html", context, status=422)
    messages.success(request, _("{name} n'est plus membre de l'organisme.").format(name=shown.user))
    if shown.user == request.user:
        return redirect("account:home")
    return redirect("account:members", organisation.slug)


@login_required
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave an organisation, after having been asked."""
    organisation = organisation_for(request, slug)
    context: dict[str, object] = {"organisation": organisation}
    if request.method == "POST":
        try:
            actions.leave(organisation=organisation, user=signed_in(request))
        except PeopleError as refused:
            context["refusal"] = labels.sentence(refused.code, refused.facts)
            return render(request, "account/leave.html", context, status=422)
        messages.success(request, _("Vous avez quitté {name}.").format(name=organisation.legal_name))
        return redirect("account:home")
    return render(request, "account/leave.html", context)


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """
    What an invitation offers; taking it is one press for whoever is signed in.

    Others are led to an account, new or existing, and come back with what they were offered.
    """
    offered = invitation_by_token(token)
    if offered is None or not offered.is_open:
        return render(request, "account/invitation_closed.html", status=404 if offered is None else 410)
    user = request.user
    if request.method == "POST":
        if not isinstance(user, User):
            return redirect(f"{reverse('account_login')}?next={request.path}")
        organisation = actions.accept_invitation(token=token, user=user)
        messages.success(request, _("Vous avez rejoint {name}.").format(name=organisation.legal_name))
        return redirect("account:organisation", organisation.slug)
    role = Role(offered.role)
    context = {
        "invitation": offered,
        "role": labels.ROLES[role],
        "role_help": labels.ROLE_HELP[role],
        "already": role in roles_of(user, offered.organisation),
        "for_another": isinstance(user, User) and user.email.lower() != offered.email.lower(),
    }
    return render(request, "account/invitation.html", context)
