"""Issuers' keys, status lists, lists of people to award, awards, and the signed documents about them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jalon.awarding.rules.award_states import AwardState, RevocationReason, state
from jalon.awarding.rules.batch_states import BatchState, RowState
from jalon.foundation import clock
from jalon.foundation.identifiers import folded, new_link_token, new_reference, new_urn
from jalon.foundation.models import Record
from jalon.people.models import Organisation, Person, User

OPEN_BADGES = "openbadges"


class IssuerKey(Record):
    """
    One signing key of an organisation. A new key takes over; the old ones stay, so that what they signed
    verifies.

    Attributes:
        did: The issuer's identifier, made from the public address of the day of the first key and never
            changed after.
        fragment: Name of the key inside the DID document: ``"key-1"``.
        sealed_private_key: AES-256-GCM under the key-encryption key, bound to this row's id.
        sealed_with: Fingerprint of that key-encryption key, to say which one is missing.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="issuer_keys")
    did = models.CharField(max_length=500, db_index=True)
    fragment = models.CharField(max_length=40)
    public_key_multibase = models.CharField(max_length=100, unique=True)
    sealed_private_key = models.BinaryField()
    sealed_with = models.CharField(max_length=32)
    is_active = models.BooleanField(default=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(is_active=True), name="one_active_key_per_organisation"
            ),
            models.UniqueConstraint(fields=["did", "fragment"], name="one_key_per_fragment"),
        ]

    def __str__(self) -> str:
        return self.verification_method

    @property
    def verification_method(self) -> str:
        """``"did:web:jalon.example:o:atelier#key-1"``."""
        return f"{self.did}#{self.fragment}"


class OrganisationSeal(Record):
    """
    The certificate that an organisation seals European credentials with, and its key. One at a time: what was
    sealed carries the certificate itself, so a former one is not kept.

    Attributes:
        chain: The certificates in PEM, the key's own first.
        thumbprint: SHA-256 of that first one, in base64url.
        sealed_private_key: PKCS #8 in DER under AES-256-GCM, bound to this row's id.
        sealed_with: Fingerprint of the key-encryption key.
        not_after: When the certificate ends.
    """

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="seal")
    chain = models.TextField()
    thumbprint = models.CharField(max_length=43)
    sealed_private_key = models.BinaryField()
    sealed_with = models.CharField(max_length=32)
    not_after = models.DateTimeField()
    kept_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return self.thumbprint


class StatusList(Record):
    """
    A published list of bits, one per credential. The bits follow from the awards and can be rebuilt at any
    time.

    Attributes:
        url: Where it is served, fixed when it is opened; it is inside every credential that points to it.
        allocated: How many places were given out; the n-th place is `rules.places.place(secret, n)`.
        secret: Makes the order of the places unpredictable to strangers; not a signing secret.
        document: The signed list as served, empty until first asked for.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="status_lists")
    issuer_did = models.CharField(max_length=500)
    purpose = models.CharField(max_length=20, default="revocation")
    url = models.CharField(max_length=500, unique=True)
    allocated = models.PositiveIntegerField(default=0)
    secret = models.BinaryField()
    document = models.BinaryField(default=b"")
    signed_at = models.DateTimeField(null=True, blank=True)
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer_did", "purpose"], condition=Q(is_open=True), name="one_open_status_list"
            )
        ]

    def __str__(self) -> str:
        return self.url


class AwardBatch(Record):
    """
    A list of people to whom one published version is to be awarded.

    Attributes:
        columns: The header as it was read: ``["Nom", "Prénom", "Né le"]``.
        mapping: Field of a holder to column: see `rules.holders`.
        counts: Number of rows by state, written when the batch changes: ``{"ready": 38, "rejected": 2}``.
        failure_code: Why the whole batch stopped, where it did.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="award_batches")
    specification = models.ForeignKey(
        "design.Specification", on_delete=models.PROTECT, related_name="award_batches"
    )
    file_name = models.CharField(max_length=250)
    file_sha256 = models.CharField(max_length=64)
    columns = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    awarded_on = models.DateField(default=clock.today)
    state = models.CharField(
        max_length=20, choices=[(s.value, s.value) for s in BatchState], default=BatchState.RECEIVED.value
    )
    counts = models.JSONField(default=dict)
    received_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    started_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    task_id = models.UUIDField(null=True, blank=True)
    failure_code = models.CharField(max_length=60, blank=True)
    failure_facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.file_name} · {self.state}"

    @property
    def progress_name(self) -> str:
        """The name under which `foundation.jobs.progress_of` knows how far this batch is."""
        return f"batch:{self.id}"

    @property
    def is_open(self) -> bool:
        """Whether its columns may still be changed."""
        return self.state in (BatchState.RECEIVED, BatchState.CHECKED)

    @property
    def is_under_way(self) -> bool:
        return self.state in (BatchState.QUEUED, BatchState.RUNNING)


class BatchFile(models.Model):
    """The bytes that were uploaded; deleted when the batch is finished, and after 30 days in any case."""

    batch = models.OneToOneField(AwardBatch, on_delete=models.CASCADE, primary_key=True, related_name="file")
    data = models.BinaryField()
    received_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.batch_id}"


class Award(Record):
    """
    The fact that a person earned a published version.

    `holder_name` is how the name was printed. Kept as long as the award can be verified; a revoked award
    stays, so that the page behind its link can say what happened.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="awards")
    specification = models.ForeignKey("design.Specification", on_delete=models.PROTECT, related_name="awards")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="awards")
    holder_name = models.CharField(max_length=200)
    # Derived from holder_name, for searching; can be rebuilt.
    holder_key = models.CharField(max_length=200, editable=False, db_index=True)
    awarded_on = models.DateField()
    valid_until = models.DateTimeField(null=True, blank=True)
    grade = models.CharField(max_length=200, blank=True)
    # The one award of this version to this person that counts: not revoked, not replaced, not renewed.
    is_current = models.BooleanField(default=True)
    issued_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    revocation_reason = models.CharField(
        max_length=30, blank=True, choices=[(r.value, r.value) for r in RevocationReason]
    )
    # Public: shown on the page of the credential, so it names nobody else.
    revocation_note = models.CharField(max_length=500, blank=True)
    replaced_by = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces"
    )

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["specification", "person"],
                condition=Q(is_current=True),
                name="one_current_award_per_version_and_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.holder_name} · {self.awarded_on}"

    def set_holder(self, name: str) -> None:
        """Keep the name as printed, and what it is searched by."""
        self.holder_name = name
        self.holder_key = folded(name)[:200]

    @property
    def state(self) -> AwardState:
        """What it is worth now."""
        return state(
            at=clock.now(),
            valid_until=self.valid_until,
            revoked_at=self.revoked_at,
            is_replaced=self.replaced_by_id is not None,
        )

    @property
    def credential(self) -> Credential | None:
        """Its Open Badges document; None only while it is being made."""
        return next((c for c in self.credentials.all() if c.format == OPEN_BADGES), None)


class BatchRow(models.Model):
    """
    One row of a list of people, and what became of it.

    `values` holds what the row says about a person (see `rules.holders`), kept 30 days after the batch is
    finished so that rejected rows can be downloaded and mended, then emptied.

    Attributes:
        number: Row of the file as a spreadsheet counts it.
        code: Why it is in this state: a key of `labels`; `column` and `facts` go with it.
        candidates: Ids of persons who might be the same, for a homonym.
        choice: A person's answer: ``"same:<person id>"``, ``"new"``, ``"again"``, ``"skip"``.
    """

    batch = models.ForeignKey(AwardBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    values = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in RowState])
    code = models.CharField(max_length=60, blank=True)
    column = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict)
    candidates = models.JSONField(default=list)
    choice = models.CharField(max_length=60, blank=True)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    award = models.ForeignKey(
        Award, on_delete=models.SET_NULL, null=True, blank=True, related_name="batch_rows"
    )

    class Meta:
        ordering = ["number", "id"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="one_row_per_number")]
        indexes = [models.Index(fields=["batch", "state", "number"])]

    def __str__(self) -> str:
        return f"{self.number} · {self.state}"


class Credential(Record):
    """
    A signed document about an award, in one format. `document` is the exact bytes signed; the rest follows
    from it.

    Attributes:
        urn: ``urn:uuid:…``, the credential's own id.
        link_token: Makes the address of its page unguessable.
        reference: 12 signs that a person can read out and type.
    """

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="credentials")
    format = models.CharField(max_length=20, default=OPEN_BADGES)
    urn = models.CharField(max_length=60, unique=True, default=new_urn)
    document = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    link_token = models.CharField(max_length=22, unique=True, default=new_link_token)
    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    issuer_did = models.CharField(max_length=500)
    status_list = models.ForeignKey(
        StatusList, on_delete=models.PROTECT, null=True, blank=True, related_name="credentials"
    )
    status_index = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["status_list", "status_index"], name="one_credential_per_status_place"
            ),
            models.UniqueConstraint(fields=["award", "format"], name="one_credential_per_format"),
        ]

    def __str__(self) -> str:
        return self.urn

    @property
    def document_bytes(self) -> bytes:
        """The signed bytes, whatever the database hands back (a memoryview on PostgreSQL)."""
        return bytes(self.document)


class AwardingSettings(Record):
    """
    How one organisation awards.

    Attributes:
        forms: Names of `sceau.exports` that are made with each award, beside the Open Badge; the others are
            made when somebody asks for them.
    """

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="awarding_settings"
    )
    forms = models.JSONField(default=list)

    def __str__(self) -> str:
        return ", ".join(self.forms) or OPEN_BADGES


class KeptForm(models.Model):
    """
    A credential in another form: made with the award because the organisation wishes so, or sealed.

    Kept as long as the credential, and served as it was kept. What is not sealed would be the same if it were
    made again; a seal bears the moment at which it was made.

    Attributes:
        form: Name of a `sceau.exports`: ``"europass"``.
        is_sealed: A European credential under the organisation's seal.
        ends_at: From then on it is no longer served, and made anew; None where it does not end.
    """

    credential = models.ForeignKey(Credential, on_delete=models.CASCADE, related_name="kept_forms")
    form = models.CharField(max_length=40)
    document = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    is_sealed = models.BooleanField(default=False)
    ends_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["credential", "form"], name="one_kept_of_each_form")]

    def __str__(self) -> str:
        return f"{self.credential_id} · {self.form}"


class Endorsement(Record):
    """
    What an organisation signed about a published version that it helped to design. `document` is the exact
    bytes signed.

    It names organisations and no person: who signed off is known to the room (`design`).

    Attributes:
        sign_off_id: The sign-off that it comes from; a plain value, since that record belongs to the room.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="endorsements")
    specification = models.ForeignKey(
        "design.Specification", on_delete=models.PROTECT, related_name="endorsements"
    )
    sign_off_id = models.UUIDField(unique=True)
    urn = models.CharField(max_length=60, unique=True, default=new_urn)
    document = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    issuer_did = models.CharField(max_length=500)
    status_list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="endorsements")
    status_index = models.PositiveIntegerField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # Public: shown on the page of the endorsement, so it names nobody.
    revocation_note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "specification"],
                condition=Q(revoked_at__isnull=True),
                name="one_live_endorsement_per_organisation_and_version",
            ),
            models.UniqueConstraint(
                fields=["status_list", "status_index"], name="one_endorsement_per_status_place"
            ),
        ]

    def __str__(self) -> str:
        return self.urn

    @property
    def document_bytes(self) -> bytes:
        """The signed bytes, whatever the database hands back (a memoryview on PostgreSQL)."""
        return bytes(self.document)
