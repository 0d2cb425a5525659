"""Sign up, sign in, sign out, passwords."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.factories.people import PASSWORD, a_member, a_user, an_organisation

from jalon.people.models import User
from jalon.web.account.forms import SignUpForm

pytestmark = pytest.mark.django_db
NEW = "une autre phrase à moi"


def sign_in(client: Client, email: str, password: str = PASSWORD, **extra: str):  # type: ignore[no-untyped-def]  # test client's answer
    return client.post(reverse("account_login"), {"login": email, "password": password, **extra})


# — Sign up —


def test_sign_up_makes_an_account_and_leads_to_the_first_step(client: Client) -> None:
    answer = client.post(
        reverse("account_signup"),
        {"full_name": " Claire  Delmas", "email": "Claire@Example.org", "password1": PASSWORD},
    )

    user = User.objects.get()
    assert (user.full_name, user.email) == ("Claire Delmas", "claire@example.org")
    assert user.check_password(PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("account:start"))
    assert client.get(reverse("account:start")).status_code == 200
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"full_name": ""}, "Il manque votre nom."),
        ({"email": "claire@"}, "Cette adresse n’est pas complète."),
        ({"email": ""}, "Il manque l’adresse."),
        ({"email": "PRISE@example.org"}, "Un compte existe déjà avec cette adresse."),
        ({"email": "claire@demo.example"}, "Un autre compte se connecte déjà avec cette adresse."),
        ({"password1": "court"}, "trop court"),
        ({"password1": ""}, "Il manque le mot de passe."),
        ({"password1": "telechargement"}, "trop courant"),
    ],
)
def test_sign_up_is_refused_with_what_was_typed(client: Client, typed: dict[str, str], sentence: str) -> None:
    a_user("prise@example.org")
    given = {"full_name": "Claire Delmas", "email": "claire@example.org", "password1": PASSWORD, **typed}

    answer = client.post(reverse("account_signup"), given)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert 'role="alert"' in page
    for name in ("full_name", "email"):
        assert not given[name] or f'value="{given[name]}"' in page
    assert given["password1"] == "" or f'value="{given["password1"]}"' not in page
    assert User.objects.count() == 1


def test_sign_up_pressed_twice_makes_one_account(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    # The second press was checked before the first had made the account.
    monkeypatch.setattr(SignUpForm, "clean_email", lambda form: form.cleaned_data["email"])
    a_user("claire@example.org")

    answer = client.post(
        reverse("account_signup"),
        {"full_name": "Claire", "email": "claire@example.org", "password1": PASSWORD},
    )

    assert answer.status_code == 422
    assert "Un compte existe déjà avec cette adresse." in answer.content.decode()
    assert User.objects.count() == 1


# — Sign in and out —


def test_sign_in_leads_to_work(client: Client) -> None:
    user = a_member(a_user(), an_organisation())

    answer = sign_in(client, user.email.upper())

    assert answer.headers["Location"] == reverse("studio:home")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_sign_in_without_organisation_leads_to_the_first_step(client: Client) -> None:
    assert sign_in(client, a_user().email).headers["Location"] == reverse("account:start")


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/compte/nom/", "/compte/nom/"),
        ("https://ailleurs.example/", "/compte/commencer/"),
        ("//ailleurs.example", "/compte/commencer/"),
    ],
)
def test_sign_in_comes_back_to_our_own_pages_only(client: Client, wanted: str, reached: str) -> None:
    assert sign_in(client, a_user().email, next=wanted).headers["Location"] == reached


@pytest.mark.parametrize("wrong", [{"email": "personne@example.org"}, {"password": "pas le bon du tout"}])
def test_sign_in_does_not_tell_which_was_wrong(client: Client, wrong: dict[str, str]) -> None:
    user = a_user("claire@example.org")

    answer = sign_in(client, **{"email": user.email, **wrong})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "L’adresse et le mot de passe ne vont pas ensemble." in page
    assert f'value="{wrong.get("email", user.email)}"' in page
    assert "pas le bon du tout" not in page


def test_sign_in_pauses_after_five_failures_even_for_the_right_password(client: Client) -> None:
    user, other = a_user(), a_user()
    for _ in range(5):
        sign_in(client, user.email, "pas le bon du tout")

    answer = sign_in(client, user.email)

    assert answer.status_code == 422
    assert "Trop d’essais d’affilée." in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert sign_in(client, other.email).status_code == 302


def test_sign_in_pauses_a_machine_that_tries_many_accounts(client: Client) -> None:
    answers = [sign_in(client, f"x{n}@example.org", "pas le bon du tout") for n in range(31)]

    assert answers[-1].status_code == 429
    assert "Trop d’essais d’affilée" in answers[-1].content.decode()


def test_closed_account_does_not_enter(client: Client) -> None:
    user = a_user(is_active=False)

    sign_in(client, user.email)

    assert "_auth_user_id" not in client.session


def test_sign_out_asks_first_and_needs_a_post(client: Client) -> None:
    client.force_login(a_user())

    asked = client.get(reverse("account_logout"))

    assert asked.status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post(reverse("account_logout")).headers["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_sign_in_brings_the_chosen_language(client: Client, settings: Settings) -> None:
    answer = sign_in(client, a_user(language="en").email)

    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


# — Passwords —


def test_forgotten_password_without_mail_says_so_and_sends_nothing(client: Client) -> None:
    user = a_user()

    shown = client.get(reverse("account_reset_password"))
    sent = client.post(reverse("account_reset_password"), {"email": user.email})

    for answer in (shown, sent):
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "Cette installation n’envoie pas de courriel." in page
        assert "jalon account reset-link" in page
        assert "<form method=" not in page.split("<main", 1)[1].split("</main", 1)[0]
    assert mail.outbox == []


@pytest.mark.usefixtures("mail_is_sent")
def test_subject_of_a_mail_in_english_has_no_french_space(client: Client) -> None:
    a_user("claire@example.org")

    client.post(
        reverse("account_reset_password"),
        {"email": "claire@example.org"},
        headers={"accept-language": "en"},
    )

    assert mail.outbox[0].subject.startswith("Jalon: ")


@pytest.mark.usefixtures("mail_is_sent")
def test_forgotten_password_with_mail_sends_a_link_that_serves_once(client: Client) -> None:
    user = a_user("claire@example.org")

    answer = client.post(reverse("account_reset_password"), {"email": "Claire@example.org"}, follow=True)

    assert "Si un compte existe à cette adresse" in answer.content.decode()
    (message,) = mail.outbox
    assert (message.to, message.subject) == (
        ["claire@example.org"],
        "Jalon : choisir un nouveau mot de passe",
    )
    link = re.search(r"http://\S+", message.body).group()  # type: ignore[union-attr]  # absent is a failure
    form_at = client.get(link).headers["Location"]
    refused = client.post(form_at, {"password1": "court"})
    assert refused.status_code == 422
    assert client.post(form_at, {"password1": NEW}).status_code == 302
    user.refresh_from_db()
    assert user.check_password(NEW)
    again = Client().get(link)
    assert again.status_code == 404
    assert "Ce lien n’est plus valable" in again.content.decode()


@pytest.mark.usefixtures("mail_is_sent")
@pytest.mark.parametrize("address", ["claire@example.org", "personne@example.org"])
def test_links_in_mails_start_with_the_public_address_whatever_the_request_says(
    client: Client, settings: Settings, address: str
) -> None:
    settings.PUBLIC_URL = "https://jalon.example.org"
    a_user("claire@example.org")

    client.post(reverse("account_reset_password"), {"email": address}, headers={"host": "localhost:4444"})

    (message,) = mail.outbox
    assert "localhost" not in message.body
    assert re.findall(r"(https?://[^/\s]+)/compte/", message.body) == ["https://jalon.example.org"]


@pytest.mark.usefixtures("mail_is_sent")
def test_forgotten_password_shows_the_same_page_to_a_stranger(client: Client) -> None:
    answer = client.post(reverse("account_reset_password"), {"email": "personne@example.org"}, follow=True)

    assert "Si un compte existe à cette adresse" in answer.content.decode()
    assert mail.outbox[0].subject == "Jalon : aucun compte à cette adresse"


def test_password_is_changed_by_whoever_knows_it(client: Client) -> None:
    user = a_user()
    client.force_login(user)

    refused = client.post(reverse("account_change_password"), {"oldpassword": "pas le bon", "password1": NEW})
    accepted = client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW})

    assert refused.status_code == 422
    assert "Ce n’est pas votre mot de passe actuel." in refused.content.decode()
    assert accepted.headers["Location"] == reverse("account:home")
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert client.get(reverse("account:home")).status_code == 200


def test_first_password_is_chosen(client: Client) -> None:
    user = a_user()
    user.set_unusable_password()
    user.save()
    client.force_login(user)

    assert client.get(reverse("account_change_password")).headers["Location"] == reverse(
        "account_set_password"
    )
    client.post(reverse("account_set_password"), {"password1": NEW})

    user.refresh_from_db()
    assert user.check_password(NEW)


@pytest.mark.parametrize("name", ["account_change_password", "account_set_password"])
def test_password_of_a_demonstration_account_is_nobody_s_to_change(client: Client, name: str) -> None:
    user = a_user("claire@demo.example")
    client.force_login(user)

    client.post(reverse(name), {"oldpassword": PASSWORD, "password1": NEW})

    user.refresh_from_db()
    assert user.check_password(PASSWORD)


# — Confirming an address —


@pytest.mark.usefixtures("mail_is_sent")
def test_address_is_confirmed_by_its_link(client: Client) -> None:
    client.post(
        reverse("account_signup"),
        {"full_name": "Claire", "email": "claire@example.org", "password1": PASSWORD},
    )
    assert "à confirmer" in client.get(reverse("account:home")).content.decode()
    (message,) = mail.outbox
    assert message.subject == "Jalon : confirmez votre adresse"
    link = re.search(r"http://\S+", message.body).group()  # type: ignore[union-attr]  # absent is a failure

    asked = client.get(link)
    client.post(link)

    assert "L’adresse claire@example.org est bien la vôtre" in asked.content.decode()
    assert "à confirmer" not in client.get(reverse("account:home")).content.decode()


@pytest.mark.parametrize(
    "address",
    ["/compte/adresse/confirmation/inconnu/", "/compte/adresse/confirmation/", "/compte/ferme/"],
)
def test_other_pages_of_the_library_speak_french(client: Client, address: str) -> None:
    page = client.get(address).content.decode()

    assert '<html lang="fr">' in page
    assert "lisere" in page
    assert not re.search(
        r"\b(email|sign|account|verify|expired)\b", page.split("<main", 1)[1].split("</main", 1)[0], re.I
    )


def test_password_is_asked_again(client: Client) -> None:
    user = a_user()
    client.force_login(user)

    shown = client.get(reverse("account_reauthenticate"))
    refused = client.post(reverse("account_reauthenticate"), {"password": "pas le bon"})

    assert (shown.status_code, refused.status_code) == (200, 422)
    assert "Ce n’est pas votre mot de passe." in refused.content.decode()


@pytest.mark.usefixtures("mail_is_sent")
def test_mail_server_out_of_reach_is_said(client: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    a_user("claire@example.org")

    answer = client.post(reverse("account_reset_password"), {"email": "claire@example.org"}, follow=True)

    assert answer.status_code == 200
    assert "le serveur de messagerie ne répond pas" in answer.content.decode()
