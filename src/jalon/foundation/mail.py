"""Mails, on installations that send some: nothing in the product may depend on one arriving."""

from __future__ import annotations

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

logger = logging.getLogger(__name__)


def is_sent() -> bool:
    """Whether this installation sends mail at all; without it, links are shown to be handed over."""
    return bool(settings.MAIL_IS_SENT)


def deliver(message: EmailMessage) -> bool:
    """
    Hand *message* to the mail server.

    Returns:
        Whether the server took it. False where no mail is sent, and when the server is out of reach or
        refuses: that is logged for the operator, without the address, and is to be said to whoever waits.
    """
    if not is_sent():
        return False
    try:
        message.send()
    except (smtplib.SMTPException, OSError) as error:
        logger.warning("a mail could not be sent: %s: %s", type(error).__name__, _without_addresses(error))
        return False
    return True


def send(*, to: str, subject: str, body: str) -> bool:
    """Write a plain-text mail to one address and `deliver` it."""
    return deliver(EmailMessage(subject=" ".join(subject.split()), body=body, to=[to]))


def _without_addresses(error: Exception) -> str:
    return " ".join("(address)" if "@" in word else word for word in str(error).split())
