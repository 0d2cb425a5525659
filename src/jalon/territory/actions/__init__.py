"""What can be done with places and needs, one transaction each."""

from jalon.territory.actions.following import (
    group_needs,
    link_design,
    note_published,
    separate_need,
    unlink_design,
)
from jalon.territory.actions.forgetting import forget_old_askers
from jalon.territory.actions.moderating import accept_need, mark_as_spam, refuse_need
from jalon.territory.actions.reminding import choose_mail, remind_moderators
from jalon.territory.actions.stating import correct_need, state_need, withdraw_need
from jalon.territory.actions.telling import tell_asker
from jalon.territory.actions.territories import (
    change_parts,
    draw_as_operator,
    draw_territory,
    remove_territory,
    rename_territory,
)

__all__ = [
    "accept_need",
    "change_parts",
    "choose_mail",
    "correct_need",
    "draw_as_operator",
    "draw_territory",
    "forget_old_askers",
    "group_needs",
    "link_design",
    "mark_as_spam",
    "note_published",
    "refuse_need",
    "remind_moderators",
    "remove_territory",
    "rename_territory",
    "separate_need",
    "state_need",
    "tell_asker",
    "unlink_design",
    "withdraw_need",
]
