"""What a person holds in the hand: the stone, the certificate, the cards and the badge, made from a signed credential."""

from __future__ import annotations

from jalon.awarding.documents.stone import stone_svg

__all__ = ["stone_svg"]
