"""Stems of needs that are kept, made anew: English endings are taken off, English common words left out."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from jalon.territory.rules.likeness import stem_key


def make_anew(apps: Any, editor: Any) -> None:
    Need = apps.get_model("territory", "Need")
    for need in Need.objects.only("skill", "stems").iterator(500):
        if (stems := stem_key(need.skill)) != need.stems:
            Need.objects.filter(pk=need.pk).update(stems=stems)


class Migration(migrations.Migration):
    dependencies = [("territory", "0003_mail_to_moderators")]

    # Stems are derived: going back, the earlier code reads these as well.
    operations = [migrations.RunPython(make_anew, migrations.RunPython.noop)]
