"""Everything that can be met has its French words."""

from __future__ import annotations

import inspect

import pytest

from jalon.people import errors, labels, rules
from jalon.people.rules import AccreditationKind, Capability, OrganisationKind, Role, Standing


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        (labels.ORGANISATION_KINDS, OrganisationKind),
        (labels.ROLES, Role),
        (labels.ROLE_HELP, Role),
        (labels.CAPABILITIES, Capability),
        (labels.ACCREDITATION_KINDS, AccreditationKind),
        (labels.STANDINGS, Standing),
        (labels.DEMONSTRATION_ENTRIES, Role),
    ],
)
def test_every_value_has_its_words(table: dict[object, object], kind: type) -> None:
    assert list(table) == list(kind)


def test_every_error_has_its_sentence() -> None:
    classes = [c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, errors.PeopleError)]

    assert all(labels.sentence(error.code) for error in classes)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (
            rules.siret_fault("1234567820001"),
            "Ce SIRET n'a que 13 chiffres ; il en faut 14. Il se lit sur l'avis de situation Sirene.",
        ),
        (
            rules.siret_fault("123456782000100"),
            "Ce SIRET a 15 chiffres ; il en faut 14. Il se lit sur l'avis de situation Sirene.",
        ),
        (
            rules.siret_fault("12345678200011"),
            "Le SIREN est juste, mais un des cinq derniers chiffres (00011) ne va pas. "
            "Relisez-les sur l'avis de situation.",
        ),
        (
            rules.siret_fault("12345678300010"),
            "Un des neuf premiers chiffres (123456783) ne va pas avec les autres. "
            "Relisez le SIREN sur l'avis de situation.",
        ),
        (rules.siret_fault("12A"), "Un SIRET n'a que des chiffres ; ici se trouve « A »."),
        (
            rules.nda_fault("1"),
            "Ce NDA n'a que 1 chiffre ; il en faut 11. Il se lit sur vos conventions de formation.",
        ),
    ],
)
def test_fault_is_said_with_what_was_met(fault: errors.Fault, words: str) -> None:
    assert labels.sentence(fault.code, fault.facts) == words


def test_every_fault_has_its_sentence() -> None:
    source = inspect.getsource(rules)
    named = {word for word in source.split('"') if word.startswith("people.")}

    assert len(named) > 8
    for code in named:
        assert labels.sentence(code, {"count": 3, "met": "x", "part": "1"})


def test_code_of_another_context_is_not_ours() -> None:
    with pytest.raises(LookupError):
        labels.sentence("design.incomplete")
