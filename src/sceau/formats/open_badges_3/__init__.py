"""
Open Badges 3.0, which is a W3C Verifiable Credential 2.0, with all of Annex I inside and no term of our own.

How each element is carried, in terms that credentials/v2 and OB 3.0.3 define and the signature covers:

    learner            credentialSubject.identifier: IdentityObject with identityType "name"
    title              achievement.name and the credential's name
    country, body      issuer: Profile with address: addressCountryCode, addressCountry, addressRegion…
    date               awardedDate (the day, at midnight UTC) and validFrom
    outcomes           achievement.resultDescription with resultType "Status"; for each a Result "Completed"
    rubrics, results   rubricCriterionLevel of these descriptions; achievedLevel and value of these Results
    workload           a fact "ext:WorkloadHours"; ECTS in creditsAvailable and creditsEarned
    level              Alignment "ext:EQF" or "ext:NQF", else a fact "ext:NoLevelReason"
    assessment         Alignment "ext:AssessmentType"; "ext:Supervision"; facts "ext:Assessment…"
    participation      Alignment "ext:ParticipationForm"
    quality assurance  Alignment "ext:QualityAssurance"; targetDescription says by whom or which scheme
    evidence           the credential's evidence: Evidence
    parts              Alignment "ext:HasPart", and achievement.related
    the rest           facts: recognition, prerequisites, stackability, languages, further information

A *fact* is a ResultDescription of a type of ours ("ext:…", the standard's way to extend its vocabulary) with
the one Result that holds its value. The same is said in words in criteria.narrative, for readers that show
nothing else.

What a badge does not keep:

- Texts are strings in Open Badges. They carry the language of the title (achievement.inLanguage), or their
  own first language where they lack it; other languages stay behind.
- An empty description is written as the title, since the standard asks for one.
- An array is a set in RDF: its order is not signed. The levels of a rubric are numbered.
- The time zone of a moment: moments are written in UTC.

`from_document` reads a badge that carries all of this, `read_any` one of whoever made it; `endorsements`
reads and writes what third parties say, which `recognises` knows as well.
"""

from sceau.formats.open_badges_3 import endorsements
from sceau.formats.open_badges_3.reading import from_document, read_any, recognises
from sceau.formats.open_badges_3.writing import to_document

name = "open_badges_3"
media_type = "application/vc"
suffix = ".json"

__all__ = [
    "endorsements",
    "from_document",
    "media_type",
    "name",
    "read_any",
    "recognises",
    "suffix",
    "to_document",
]
