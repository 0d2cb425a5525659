"""`jalon territory`."""

from __future__ import annotations

import pytest
from tests.factories.people import an_organisation
from tests.factories.territory import a_commune

from jalon.cli import main
from jalon.foundation import clock, journal
from jalon.territory.models import Territory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known() -> None:
    an_organisation("PNR de l'Aubrac", slug="pnr-aubrac", identity_confirmed_at=clock.now())
    a_commune(epci_code="200069144", edition="2026")
    a_commune("12214", "Saint-Chély", population=500, edition="2026")


def test_a_territory_is_drawn_and_listed(capsys: pytest.CaptureFixture[str]) -> None:
    drawing = ["territory", "draw", "Aubrac", "--epci", "200069144", "--commune", "12214"]
    assert main.main([*drawing, "--organisation", "pnr-aubrac"]) == 0
    assert capsys.readouterr().out == "Aubrac (PNR de l'Aubrac) : 2 communes, 980 hab.\n"

    assert main.main(["territory", "list"]) == 0

    assert capsys.readouterr().out == (
        "pnr-aubrac\tAubrac\t2 communes, 980 hab.\tcommune:12214 epci:200069144\n"
    )
    (entry,) = journal.entries_about(Territory.objects.get().id)
    assert (entry.verb, entry.actor_id) == ("territory.drawn", None)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--organisation", "pnr-aubrac"], "Un territoire a un nom"),
        (["--organisation", "autre", "--commune", "48104"], "Aucun organisme ne s’appelle « autre »"),
        (["--organisation", "pnr-aubrac", "--commune", "48999", "x"], "Ces codes ne sont ceux d'aucune"),
        (["--organisation", "pnr-aubrac", "--department", "999"], "Ces codes ne sont ceux d'aucune"),
    ],
)
def test_what_is_no_territory_is_said(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["territory", "draw", "Aubrac", *arguments]) == 2

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(sentence)
    assert not Territory.objects.exists()
