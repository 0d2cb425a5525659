"""The composition root: which connector serves which Protocol."""

from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "jalon.config"
    label = "jalon_config"
    verbose_name = "Jalon: assembly"

    def ready(self) -> None:
        """Register what later contexts lend to earlier ones."""
        from jalon.awarding.queries import OwnIssuers  # needs the tables
        from jalon.config.alignments import ALIGNMENTS
        from jalon.config.lending import DesignedMicroCredentials  # importing also subscribes
        from jalon.frameworks.connectors import register_alignment_uses
        from jalon.territory.connectors import register_micro_credentials
        from jalon.verification import connectors

        connectors.register_own_issuers(OwnIssuers())
        register_alignment_uses(ALIGNMENTS)
        register_micro_credentials(DesignedMicroCredentials())
