"""Sign up, sign in, passwords: the accounts library's own views with our forms, refusing with a 422."""

from __future__ import annotations

from typing import Any

from allauth.account import views
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy

from jalon.foundation import mail
from jalon.people import labels, rules
from jalon.people.actions import accept_invitation
from jalon.people.errors import PeopleError
from jalon.people.models import Invitation, User
from jalon.people.queries import demonstration_accounts, invitation_by_token
from jalon.web.account import forms
from jalon.web.account.adapter import AccountAdapter
from jalon.web.account.languages import remember


class _Refusing:
    """An invalid form comes back with what was typed, as a 422."""

    def form_invalid(self, form: BaseForm) -> HttpResponseBase:
        context = self.get_context_data(form=form)  # type: ignore[attr-defined]  # mixed into form views only
        return self.render_to_response(context, status=422)  # type: ignore[attr-defined, no-any-return]  # likewise


class _NotShared:
    """A demonstration account is everybody's: its password is nobody's to change."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if isinstance(request.user, User) and rules.is_demonstration_address(request.user.email):
            messages.warning(request, labels.sentence("people.shared_account"))
            return redirect("account:home")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc, no-any-return]  # mixed into views only


class SignInView(_Refusing, views.LoginView):  # type: ignore[misc]  # the library has no types
    form_class = forms.SignInForm

    def form_valid(self, form: BaseForm) -> HttpResponseBase:
        return remember(super().form_valid(form), self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if settings.DEMO:
            context["demonstration"] = [
                (account, labels.DEMONSTRATION_ENTRIES[account.role]) for account in demonstration_accounts()
            ]
        return context


class SignUpView(_Refusing, views.SignupView):  # type: ignore[misc]  # the library has no types
    """A new account; by an invitation's link, the role is taken in the same go."""

    form_class = forms.SignUpForm

    def _invitation(self) -> Invitation | None:
        token = self.request.POST.get("invitation") or self.request.GET.get("invitation", "")
        invitation = invitation_by_token(token) if token else None
        return invitation if invitation and invitation.is_open else None

    def get_initial(self) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_initial()
        if invitation := self._invitation():
            initial |= {"invitation": invitation.token, "email": invitation.email}
        return initial

    def form_valid(self, form: BaseForm) -> HttpResponseBase:
        token = form.cleaned_data["invitation"]
        try:
            with transaction.atomic():
                response: HttpResponseBase = super().form_valid(form)
        except IntegrityError:  # the button was pressed twice: the first press made the account
            form.add_error("email", AccountAdapter.error_messages["email_taken"])
            return self.form_invalid(form)
        user = self.request.user
        if not token or not isinstance(user, User):
            return response
        try:
            organisation = accept_invitation(token=token, user=user)
        except PeopleError as refused:
            messages.warning(self.request, labels.sentence(refused.code, refused.facts))
            return response
        return redirect("account:organisation", organisation.slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if invitation := self._invitation():
            context["invitation"] = invitation
            context["role"] = labels.ROLES[rules.Role(invitation.role)]
        return context


class ForgottenPasswordView(_Refusing, views.PasswordResetView):  # type: ignore[misc]  # the library has no types
    """Sends a one-time link; or, where no mail is sent, says plainly who can make one."""

    form_class = forms.ForgottenPasswordForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not mail.is_sent():
            return render(request, "account/password_reset_by_hand.html")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[no-any-return]  # the library has no types


class NewPasswordView(_Refusing, views.PasswordResetFromKeyView):  # type: ignore[misc]  # the library has no types
    form_class = forms.NewPasswordForm

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        if context.get("token_fail"):
            kwargs["status"] = 404
        return super().render_to_response(context, **kwargs)  # type: ignore[no-any-return]  # the library has no types


class OtherPasswordView(_NotShared, _Refusing, views.PasswordChangeView):  # type: ignore[misc]  # no types
    form_class = forms.OtherPasswordForm
    success_url = reverse_lazy("account:home")


class FirstPasswordView(_NotShared, _Refusing, views.PasswordSetView):  # type: ignore[misc]  # no types
    form_class = forms.FirstPasswordForm
    success_url = reverse_lazy("account:home")


class AgainView(_Refusing, views.ReauthenticateView):  # type: ignore[misc]  # the library has no types
    form_class = forms.AgainForm
