"""
French sentences that are shown by pages and by commands, which do not load Django.

A table marks its sentences with `foundation.marking.N_`, so that they are collected for the catalogues;
`translated` turns one into the language of the page where Django runs, and leaves it in French elsewhere.
"""

from __future__ import annotations

import sys

from sceau.model.texts import Text


def translated(message: str) -> str:
    """
    *message* in the active language inside a configured Django process, as written (French) anywhere else.
    """
    if not message:
        return ""
    conf = sys.modules.get("django.conf")
    if conf is None or not conf.settings.configured:
        return message
    from django.utils.translation import gettext

    return gettext(message)


def worded(text: Text) -> str:
    """*text* in the active language inside a configured Django process, in its own first one elsewhere."""
    conf = sys.modules.get("django.conf")
    if conf is None or not conf.settings.configured:
        return str(text)
    from django.utils.translation import get_language

    return text.get((get_language() or "fr").split("-")[0])
