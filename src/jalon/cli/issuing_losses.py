"""What the forms that `jalon issue` makes could not carry: counted for programs, in sentences for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from jalon.awarding.rules.exports import in_one_language
from sceau.exports import OPEN_BADGES, VC_JWT, Exported, exports
from sceau.formats.losses import ELEMENTS, Kept, Loss, losses
from sceau.model.credential import Credential

_BADGES = (OPEN_BADGES.name, VC_JWT.name)


@dataclass(frozen=True)
class LeftOut:
    """
    What one form of one credential does not carry.

    Attributes:
        language: The only one it speaks, where the credential has more; else empty.
        beyond: Its losses, those aside that come of that language alone.
    """

    form: str
    losses: tuple[Loss, ...]
    language: str = ""
    beyond: tuple[Loss, ...] = ()


def left_out(form: str, credential: Credential, made: Exported) -> LeftOut:
    """A language that stays behind takes a part of many elements with it: that is said once."""
    if all(loss.kept is not Kept.PARTLY for loss in made.losses):
        return LeftOut(form, made.losses, beyond=made.losses)
    language = credential.micro_credential.title.language
    beyond = losses(in_one_language(credential, language), exports()[form].read(made.data))
    is_narrow = {each.element for each in made.losses} > {each.element for each in beyond}
    return LeftOut(form, made.losses, language if is_narrow else "", beyond if is_narrow else made.losses)


@dataclass
class Losses:
    """Those of all credentials of a run."""

    counted: Counter[tuple[str, Loss]] = field(default_factory=Counter)
    told: dict[str, dict[str, Kept]] = field(default_factory=dict)
    languages: dict[str, set[str]] = field(default_factory=dict)

    def count(self, found: Iterable[LeftOut]) -> None:
        """Add those of one credential."""
        for each in found:
            self.counted.update((each.form, loss) for loss in each.losses)
            for loss in each.beyond:
                known = self.told.setdefault(each.form, {})
                known[loss.element] = (
                    Kept.NOT if Kept.NOT in (loss.kept, known.get(loss.element)) else loss.kept
                )
            if each.language:
                self.languages.setdefault(each.form, set()).add(each.language)

    def as_list(self) -> list[dict[str, Any]]:
        """``[{"format": "sd-jwt-vc", "element": "assessment", "kept": "not", "count": 12}]``."""
        return [
            {"format": form, "element": loss.element, "kept": str(loss.kept), "count": count}
            for (form, loss), count in self.counted.items()
        ]

    def lines(self, *, has_badge: bool) -> Iterator[str]:
        """One line for each form that leaves something out."""
        for form in dict.fromkeys([*self.languages, *self.told]):
            known = self.told.get(form, {})
            found = [Loss(name, known[name]) for name in ELEMENTS if name in known]
            sentences = _unsaid(found, see_badge=has_badge and form not in _BADGES)
            spoken = ", ".join(sorted(self.languages.get(form, ())))
            said = [f"En une seule langue ({spoken})."] if spoken else []
            yield f"{form} : {' '.join([*said, *sentences])}"


def _unsaid(found: list[Loss], *, see_badge: bool) -> tuple[str, ...]:
    if not found:
        return ()
    from jalon.verification.labels.formats import unsaid  # it loads Django, which the usual form does without

    first, rest = unsaid(found, see_badge=see_badge)
    return first + rest
