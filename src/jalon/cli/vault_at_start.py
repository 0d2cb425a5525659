"""The key-encryption key, looked at before anybody visits."""

from __future__ import annotations


def require() -> None:
    """
    Refuse to start with a key that cannot be used.

    Where no file is named, as after a backup was put back, pages are served all the same: what was issued
    stays verifiable, and whoever signs is told.

    Raises:
        EncryptionKeyUnreadableError: What is there is not 32 bytes in base64url.
        EncryptionKeyMissingError: JALON_KEY_ENCRYPTION_KEY_FILE names a file that is not there, and issuers'
            keys were sealed before.
    """
    from django.db.utils import DatabaseError

    from jalon.awarding import queries
    from jalon.foundation import vault

    if vault.is_there():
        vault.open_vault()
        return
    if not vault.is_named():
        return
    try:
        expected = queries.needed_encryption_keys()
    except DatabaseError:
        return  # no tables yet: nothing was sealed
    if expected:
        vault.open_vault(sealed_with=", ".join(expected))
