"""
Who an offer is for, by the codes that French registers read: those that rural training meets most.

Others may be typed; the list itself belongs to Centre Inffo and is not copied here.

Source:
    LHÉO, table `dict-public-vise-formacode-V10` (annex of the Formacode).
"""

from __future__ import annotations

EVERYBODY = "83056"
EMPLOYEE = "82044"
JOB_SEEKER = "80006"
FARMER = "82017"
ARTISAN = "82004"
SHOPKEEPER = "82009"
PUBLIC_SERVANT = "82055"
ELECTED = "81014"
VOLUNTEER = "81069"
YOUNG = "81024"
