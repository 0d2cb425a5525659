"""
What can go wrong when awarding, as one tree. `labels.py` turns each code into a French sentence.

    JalonError
    └── AwardingError              awarding.error
        ├── NoHeaderError          holders.no_name_column  no column of the table holds names
        ├── NotPublishedError          awarding.not_published     only a published version can be awarded
        ├── AlreadyAwardedError        awarding.already           a live award of this version exists
        ├── NeedsGestureError          awarding.needs_gesture     one expired or was revoked: ask for it again
        ├── FutureAwardError           awarding.future_date       nobody is awarded tomorrow's date
        ├── ValidityOverError          awarding.validity_over     it would have ended before it is signed
        ├── NoNameError                awarding.no_name           a credential bears a name
        ├── AlreadyRevokedError        awarding.already_revoked
        ├── ReasonError                awarding.reason            not a reason that a person may choose
        ├── NothingChangedError        awarding.nothing_changed   a correction corrects something
        ├── ChangedDocumentError       awarding.document_changed  what is kept is not what was signed
        ├── NotAFormError              awarding.form          no form of a credential is called so
        ├── NoIssuerKeyError           keys.none                  nobody here signs under this identifier
        ├── BatchStateError            batch.state                not possible where the batch is on its road
        ├── NothingToAwardError        batch.nothing_ready        no row is ready
        ├── TooManyRowsError           batch.too_many_rows
        ├── FileGoneError              batch.file_gone            the uploaded file was deleted, as announced
        ├── SealRefusedError           seal.…                     `code` says why nobody can seal with it
        └── ChoiceError                batch.choice               not an answer to what was asked of this row
"""

from __future__ import annotations

from jalon.foundation.errors import JalonError


class AwardingError(JalonError):
    """Something that cannot be awarded, revoked or corrected as asked."""

    code = "awarding.error"


class NoHeaderError(AwardingError):
    """No column of the table could be told to hold the names. Facts: `columns`, what was met."""

    code = "holders.no_name_column"


class NotPublishedError(AwardingError):
    """Only a published version of this organisation can be awarded."""

    code = "awarding.not_published"


class AlreadyAwardedError(AwardingError):
    """This person has a live award of this version. Facts: `name`, `awarded_on`."""

    code = "awarding.already"


class NeedsGestureError(AwardingError):
    """An earlier award expired or was revoked; a new one must be asked for explicitly (`again=True`)."""

    code = "awarding.needs_gesture"


class FutureAwardError(AwardingError):
    """The date of an award lies in the future. Facts: `met`."""

    code = "awarding.future_date"


class ValidityOverError(AwardingError):
    """
    The version limits validity, and an award of that day would have ended already. Facts: `awarded_on`,
    `until`.
    """

    code = "awarding.validity_over"


class NoNameError(AwardingError):
    """A credential bears the name of its holder, and none was given."""

    code = "awarding.no_name"


class AlreadyRevokedError(AwardingError):
    """This award was revoked or replaced before. Facts: `on`."""

    code = "awarding.already_revoked"


class ReasonError(AwardingError):
    """Not a reason for which a person may revoke. Facts: `met`."""

    code = "awarding.reason"


class NothingChangedError(AwardingError):
    """A correction that changes nothing would replace a credential by its twin."""

    code = "awarding.nothing_changed"


class ChangedDocumentError(AwardingError):
    """The bytes kept of a credential are not those that were signed. Facts: `reference`."""

    code = "awarding.document_changed"


class NotAFormError(AwardingError):
    """No form in which a credential can be made beside its badge. Facts: `met`."""

    code = "awarding.form"


class HolderKeyError(AwardingError):
    """Not the public key of a wallet; `code` says why."""

    code = "holder_key"

    def __init__(self, message: str = "", *, code: str = "", **facts: object) -> None:
        super().__init__(message, **facts)
        if code:
            self.code = code


class NoIssuerKeyError(AwardingError):
    """No key of ours signs under this identifier. Facts: `did`."""

    code = "keys.none"


class BatchStateError(AwardingError):
    """Not possible where this batch is on its road (`rules.batch_states`). Facts: `state`."""

    code = "batch.state"


class NothingToAwardError(AwardingError):
    """No row of this batch is ready to be awarded."""

    code = "batch.nothing_ready"


class TooManyRowsError(AwardingError):
    """More rows than one batch takes. Facts: `met`, `limit`."""

    code = "batch.too_many_rows"


class FileGoneError(AwardingError):
    """The uploaded file was deleted, as announced: send it again."""

    code = "batch.file_gone"


class SealRefusedError(AwardingError):
    """A certificate and key with which this organisation cannot seal; `code` says why."""

    code = "seal.refused"

    def __init__(self, message: str = "", *, code: str = "", **facts: object) -> None:
        super().__init__(message, **facts)
        if code:
            self.code = code


class ChoiceError(AwardingError):
    """Not an answer to what was asked about this row. Facts: `row`."""

    code = "batch.choice"
