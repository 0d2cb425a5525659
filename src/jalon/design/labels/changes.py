"""A change between two versions, told in one sentence."""

from __future__ import annotations

from collections.abc import Mapping

from jalon.design.labels.fields import field_name, language_name, value_words
from jalon.design.rules.changes import Change, Kind
from jalon.foundation.marking import N_
from jalon.foundation.messages import translated

_SENTENCES: Mapping[Kind, str] = {
    Kind.SET: N_("{name} : «{new}» est écrit, il n'y avait rien."),
    Kind.CLEARED: N_("{name} : «{old}» est retiré."),
    Kind.CHANGED: N_("{name} : «{old}» devient «{new}»."),
    Kind.OUTCOME_ADDED: N_("Acquis {new_position} ajouté : «{new}»."),
    Kind.OUTCOME_REMOVED: N_("Acquis {old_position} retiré : «{old}»."),
    Kind.OUTCOME_REWORDED: N_("Acquis reformulé{language} : «{old}» devient «{new}»."),
    Kind.OUTCOME_MOVED: N_("Acquis déplacé de la place {old_position} à la place {new_position} : «{new}»."),
    Kind.ROW_ADDED: N_("{name} : «{new}» est ajouté."),
    Kind.ROW_REMOVED: N_("{name} : «{old}» est retiré."),
}


def change_sentence(change: Change) -> str:
    """*change* as a person would tell it, old words and new words quoted."""
    field = (
        f"{change.field}.{change.language}"
        if change.language and change.field != "learning_outcomes"
        else change.field
    )
    language = f" ({language_name(change.language)})" if change.language not in {"", "fr"} else ""
    return translated(_SENTENCES[change.kind]).format(
        name=field_name(field),
        language=language,
        old=value_words(change.field, change.old),
        new=value_words(change.field, change.new),
        old_position=change.old_position,
        new_position=change.new_position,
    )
