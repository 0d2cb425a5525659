"""
European Digital Credentials: the European Learning Model 3 in the envelope of VC 1.1, with all of Annex I.

How each element is carried, in terms that the served context defines:

    learner            credentialSubject: Person, fullName, givenName, familyName
    title              title of the LearningAchievement and of the Qualification that specifies it
    country, body      issuer and awardedBy.awardingBody: the same Organisation, location.address.countryCode
    date               awardedBy.awardingDate (the day, at midnight UTC)
    outcomes           specifiedBy.learningOutcome; relatedESCOSkill, relatedSkill
    workload           specifiedBy.volumeOfLearning; ECTS in creditPoint
    level              specifiedBy.eqfLevel, nqfLevel, or educationLevel for a level of no European list;
                       why there is none: a note
    assessment         provenBy.specifiedBy.dcType, or that of its parts where there are several
    participation      specifiedBy.mode
    quality assurance  accreditation of the body, or of the Qualification where it speaks of the training
    the stack          isPartOf, hasPart, isPartialQualification; in words: a note
    the rest           entryRequirement, language, idVerification, grade, homepage; notes (`terms.Note`)

Every language of every text goes in. A note names what it is about by a concept of ours as its ``subject``.

What the profile asks for and a record need not have: a grade says «Acquis» and that the award implies it; who
stands behind a quality assurance goes by the name of the quality assurance, and its country as not stated;
there must be a picture of the certificate for each language, which is given as bytes (`pictures_by` asks a
`sceau.ports.Renderer`). ``issuer.eIDASIdentifier`` and the final ``issued`` are the sealer's (`for_seal`):
before them a document does not conform.

A specification that is nobody's credential is written and read by `specification`.

What it does not keep: rubrics, the drawing of the stone, the kind of an evidence, the region in a language of
teaching (``fr-CA``), the status entries after the first, the time zone of a moment. Names have the language
of the title.

Source:
    European Learning Model, application profile for European Digital Credentials 1.2.0 (6 July 2023).
"""

from sceau.formats.european import specification
from sceau.formats.european.reading import awarding_bodies, from_document, recognises, status_entries
from sceau.formats.european.writing import for_seal, pictures_by, to_document

name = "european"
media_type = "application/ld+json"
suffix = ".jsonld"

__all__ = [
    "awarding_bodies",
    "for_seal",
    "from_document",
    "media_type",
    "name",
    "pictures_by",
    "recognises",
    "specification",
    "status_entries",
    "suffix",
    "to_document",
]
