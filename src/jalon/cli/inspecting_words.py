"""The words of `jalon inspect`, in French and English."""

from __future__ import annotations

from collections.abc import Mapping

from jalon.cli.verifying_words import Pair

FORMATS: Mapping[str, Pair] = {
    "open_badges_3": ("un badge numérique Open Badges 3.0", "an Open Badges 3.0 digital badge"),
    "open_badges_2": ("un badge numérique Open Badges 2", "an Open Badges 2 digital badge"),
    "european": (
        "une attestation numérique européenne (Europass, European Learning Model)",
        "a European Digital Credential (Europass, European Learning Model)",
    ),
    "sd_jwt_vc": (
        "une attestation de portefeuille européen (SD-JWT VC)",
        "an attestation of the EU wallet (SD-JWT VC)",
    ),
    "verifiable_credential": (
        "une attestation vérifiable du W3C, d’un genre que nous ne connaissons pas",
        "a W3C verifiable credential of a kind that we do not know",
    ),
}
ENDORSEMENT: Pair = (
    "un soutien Open Badges 3.0 : ce qu’un organisme dit d’un autre, d’une micro-certification ou d’une "
    "attestation",
    "an Open Badges 3.0 endorsement: what an organisation says of another, of a micro-credential or of a "
    "credential",
)
OTHER_FORMAT: Pair = ("une attestation au format {name}", "a credential in the format {name}")
WHAT: Pair = ("C’est {format}.", "This is {format}.")
SIGNED_BY_ONE_UNSAID: Pair = ("Signée avec {algorithm}.", "Signed with {algorithm}.")
SIGNED: Pair = ("Signée avec {algorithm}, par la clé {key}.", "Signed with {algorithm}, by the key {key}.")
SEALED: Pair = ("Scellée avec {algorithm} (cachet JAdES).", "Sealed with {algorithm} (JAdES seal).")
CERTIFICATE: Pair = (
    "Le certificat du cachet nomme {organisation}, selon {authority}.",
    "The certificate of the seal names {organisation}, according to {authority}.",
)
TEST_CERTIFICATE: Pair = (
    "Le certificat du cachet dit servir à des essais ({organisation}) : il ne prouve rien sur qui a scellé.",
    "The certificate of the seal says that it is for tests ({organisation}): it proves nothing about "
    "who sealed.",
)
HOSTED: Pair = (
    "Elle n’est pas signée : c’est le site de l’émetteur qui en répond.",
    "It is not signed: the issuer’s site answers for it.",
)
UNSIGNED: Pair = ("Elle n’est pas signée.", "It is not signed.")
SIGNED_OTHERWISE: Pair = (
    "Signée d’une façon que cette commande ne sait pas lire.",
    "Signed in a way that this command cannot read.",
)
BOUND: Pair = (
    "Liée à la clé d’un portefeuille : à qui demande une preuve de possession, elle ne sert qu’avec lui.",
    "Bound to the key of a wallet: for whoever asks for a proof of possession, it only serves with that "
    "wallet.",
)
BEARER: Pair = (
    "Au porteur : qui en a une copie peut la montrer.",
    "A bearer’s: whoever has a copy can show it.",
)
NOT_CHECKED: Pair = (
    "Rien n’a été demandé à personne : « jalon verify » dit si elle est intacte et toujours valable.",
    "Nobody was asked anything: “jalon verify” says whether it is intact and still valid.",
)
CHANGED: Pair = (
    "Attention : ce texte n’est pas celui qui a été signé. Ne vous y fiez pas.",
    "Careful: this text is not the one that was signed. Do not rely on it.",
)
NOT_SAID: Pair = ("(pas dit)", "(not said)")
STATUS: Pair = (
    "Son état (retrait, suspension) se lit dans {list}.",
    "Its status (revoked, suspended) is read in {list}.",
)
NO_STATUS: Pair = (
    "Elle ne dit pas où lire si elle a été retirée.",
    "It does not say where to read whether it was revoked.",
)
UNTIL: Pair = ("Valable du {since} au {until}.", "Valid from {since} to {until}.")
NO_END: Pair = ("Valable depuis le {since}, sans fin prévue.", "Valid since {since}, with no end set.")
MANDATORY: Pair = (
    "Les onze éléments obligatoires de l’annexe I (Recommandation 2022/C 243/02) :",
    "The eleven mandatory elements of Annex I (Recommendation 2022/C 243/02):",
)
MORE: Pair = ("Elle dit aussi :", "It also says:")
MISSING: Pair = ("Il manque {count} éléments sur onze.", "{count} of the eleven elements are missing.")
ONE_MISSING: Pair = ("Il manque un élément sur onze.", "One of the eleven elements is missing.")
NONE_MISSING: Pair = ("Les onze y sont.", "All eleven are there.")

ELEMENTS: Mapping[str, Pair] = {
    "learner": ("Personne", "Learner"),
    "title": ("Intitulé", "Title"),
    "country": ("Pays", "Country"),
    "awarding_body": ("Organisme", "Awarding body"),
    "date": ("Date de délivrance", "Date of issuing"),
    "outcomes": ("Acquis d’apprentissage", "Learning outcomes"),
    "workload": ("Charge de travail", "Notional workload"),
    "level": ("Niveau", "Level"),
    "assessment": ("Type d’évaluation", "Type of assessment"),
    "participation": ("Forme de participation", "Form of participation"),
    "quality_assurance": ("Assurance qualité", "Quality assurance"),
    "prerequisites": ("Prérequis", "Prerequisites"),
    "supervision": ("Surveillance et identité", "Supervision and identity"),
    "grade": ("Résultat", "Result"),
    "stackability": ("Cumul", "Stackability"),
    "further_information": ("Autres informations", "Further information"),
    "description": ("Description", "Description"),
    "evidence": ("Preuves montrées", "Evidence"),
    "parts": ("Composée de", "Made of"),
    "credits": ("Crédits ECTS", "ECTS credits"),
    "assessment_description": ("Déroulement de l’évaluation", "How it is assessed"),
    "languages": ("Langues", "Languages"),
    "recognition": ("Reconnaissance au registre", "Recognition in a register"),
    "page": ("Page de la micro-certification", "Page of the micro-credential"),
}
HOURS: Pair = ("{hours} heures", "{hours} hours")
NO_LEVEL: Pair = ("aucun : {reason}", "none: {reason}")
