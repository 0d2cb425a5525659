"""Each error that a person can meet has French words."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import jalon
import sceau.errors
from jalon.foundation.errors import JalonError
from jalon.web import refusals

CONTEXTS = ("people", "frameworks", "territory", "design", "catalogue", "awarding", "verification")


def _all_subclasses(cls: type[JalonError]) -> set[type[JalonError]]:
    return {cls} | {deeper for sub in cls.__subclasses__() for deeper in _all_subclasses(sub)}


def _import_everything() -> None:
    for module in pkgutil.walk_packages(jalon.__path__, "jalon."):
        if ".migrations" in module.name or module.name.endswith("__main__"):
            continue
        importlib.import_module(module.name)


def test_each_code_is_used_by_one_error() -> None:
    _import_everything()
    by_code: dict[str, set[str]] = {}
    for cls in _all_subclasses(JalonError):
        by_code.setdefault(cls.__dict__.get("code", ""), set()).add(cls.__name__)
    by_code.pop("", None)

    assert {code: names for code, names in by_code.items() if len(names) > 1} == {}


def test_the_engine_draws_its_whole_error_tree() -> None:
    drawn = sceau.errors.__doc__ or ""
    named = vars(sceau.errors).values()
    classes = [obj for obj in named if isinstance(obj, type) and issubclass(obj, Exception)]

    assert [cls.__name__ for cls in classes if cls.__name__ not in drawn] == []
    assert len({cls.code for cls in classes}) == len(classes)


class AnyFacts(dict[str, object]):
    """Stands for whatever facts a sentence asks for."""

    def __missing__(self, key: str) -> str:
        return "1"


@pytest.mark.parametrize("context", CONTEXTS)
def test_each_error_of_a_context_has_its_sentence(context: str) -> None:
    _import_everything()
    general = refusals.sentence(JalonError())
    mine = [cls for cls in _all_subclasses(JalonError) if cls.__module__.startswith(f"jalon.{context}.")]
    unlabelled = []
    for cls in mine:
        error = cls.__new__(cls)
        error.facts = AnyFacts()
        if refusals.sentence(error) == general:
            unlabelled.append(cls.code)

    assert unlabelled == []
