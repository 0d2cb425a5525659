"""
Countries and languages as the Publications Office names them, by the codes that records hold.

Source:
    ISO 3166-1, ISO 639-1 and 639-3; Publications Office of the European Union, named authority lists country
    and language, whose codes are the ISO's in three letters. Kosovo, which the ISO does not have, is ``1A0``.
"""

from __future__ import annotations

import re

from sceau.errors import DataModelError

COUNTRY = "http://publications.europa.eu/resource/authority/country"
LANGUAGE = "http://publications.europa.eu/resource/authority/language"
UNKNOWN_COUNTRY = f"{COUNTRY}/OP_DATPRO"
"""«Provisional data», where a country is compulsory and nobody has stated it."""

_COUNTRIES = """
ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE BABIH BBBRB
BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR
BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR
CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK
FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS
GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN
ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO
LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD
MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER
NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM
PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP
SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TGTGO
THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB
VAVAT VCVCT VEVEN VGVGB VIVIR VNVNM VUVUT WFWLF WSWSM XK1A0 YEYEM YTMYT ZAZAF ZMZMB ZWZWE
"""
_LANGUAGES = """
aaAAR abABK aeAVE afAFR akAKA amAMH anARG arARA asASM avAVA ayAYM azAZE baBAK beBEL bgBUL biBIS bmBAM bnBEN
boBOD brBRE bsBOS caCAT ceCHE chCHA coCOS crCRE csCES cuCHU cvCHV cyCYM daDAN deDEU dvDIV dzDZO eeEWE elELL
enENG eoEPO esSPA etEST euEUS faFAS ffFUL fiFIN fjFIJ foFAO frFRA fyFRY gaGLE gdGLA glGLG gnGRN guGUJ gvGLV
haHAU heHEB hiHIN hoHMO hrHRV htHAT huHUN hyHYE hzHER iaINA idIND ieILE igIBO iiIII ikIPK ioIDO isISL itITA
iuIKU jaJPN jvJAV kaKAT kgKON kiKIK kjKUA kkKAZ klKAL kmKHM knKAN koKOR krKAU ksKAS kuKUR kvKOM kwCOR kyKIR
laLAT lbLTZ lgLUG liLIM lnLIN loLAO ltLIT luLUB lvLAV mgMLG mhMAH miMRI mkMKD mlMAL mnMON mrMAR msMSA mtMLT
myMYA naNAU nbNOB ndNDE neNEP ngNDO nlNLD nnNNO noNOR nrNBL nvNAV nyNYA ocOCI ojOJI omORM orORI osOSS paPAN
piPLI plPOL psPUS ptPOR quQUE rmROH rnRUN roRON ruRUS rwKIN saSAN scSRD sdSND seSME sgSAG siSIN skSLK slSLV
smSMO snSNA soSOM sqSQI srSRP ssSSW stSOT suSUN svSWE swSWA taTAM teTEL tgTGK thTHA tiTIR tkTUK tlTGL tnTSN
toTON trTUR tsTSO ttTAT twTWI tyTAH ugUIG ukUKR urURD uzUZB veVEN viVIE voVOL waWLN woWOL xhXHO yiYID yoYOR
zaZHA zhZHO zuZUL
"""
COUNTRIES = {row[:2]: row[2:] for row in _COUNTRIES.split()}
LANGUAGES = {row[:2]: row[2:] for row in _LANGUAGES.split()}
_COUNTRY_OF = {code: short for short, code in COUNTRIES.items()}
_LANGUAGE_OF = {code: short for short, code in LANGUAGES.items()}

NAMES: dict[str, dict[str, str]] = {
    code: {"fr": fr, "en": en}
    for code, fr, en in (
        ("BUL", "bulgare", "Bulgarian"),
        ("CES", "tchèque", "Czech"),
        ("DAN", "danois", "Danish"),
        ("DEU", "allemand", "German"),
        ("ELL", "grec", "Greek"),
        ("ENG", "anglais", "English"),
        ("EST", "estonien", "Estonian"),
        ("FIN", "finnois", "Finnish"),
        ("FRA", "français", "French"),
        ("GLE", "irlandais", "Irish"),
        ("HRV", "croate", "Croatian"),
        ("HUN", "hongrois", "Hungarian"),
        ("ITA", "italien", "Italian"),
        ("LAV", "letton", "Latvian"),
        ("LIT", "lituanien", "Lithuanian"),
        ("MLT", "maltais", "Maltese"),
        ("NLD", "néerlandais", "Dutch"),
        ("POL", "polonais", "Polish"),
        ("POR", "portugais", "Portuguese"),
        ("RON", "roumain", "Romanian"),
        ("SLK", "slovaque", "Slovak"),
        ("SLV", "slovène", "Slovenian"),
        ("SPA", "espagnol", "Spanish"),
        ("SWE", "suédois", "Swedish"),
        # Spoken where the platform is at home.
        ("BRE", "breton", "Breton"),
        ("CAT", "catalan", "Catalan"),
        ("COS", "corse", "Corsican"),
        ("EUS", "basque", "Basque"),
        ("OCI", "occitan", "Occitan"),
    )
}
"""Words for the languages of the Union and of French regions; the others go by their code alone."""

TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)


def country_iri(alpha_2: str) -> str:
    """
    ``"FR"`` → ``"…/country/FRA"``.

    Raises:
        DataModelError: Not a country of the list.
    """
    if (code := COUNTRIES.get(alpha_2.upper())) is None:
        raise DataModelError(f"expected a country code of ISO 3166-1 such as FR, met {alpha_2[:20]!a}")
    return f"{COUNTRY}/{code}"


def country_code(iri: str) -> str:
    """The inverse of `country_iri`; ``""`` for anything else."""
    start, _, code = iri.rpartition("/")
    return _COUNTRY_OF.get(code, "") if start == COUNTRY else ""


def language_iri(tag: str) -> str:
    """
    ``"fr"``, ``"fr-CA"`` → ``"…/language/FRA"``: these lists know no regions.

    Raises:
        DataModelError: A language of neither two nor three letters.
    """
    primary = tag.partition("-")[0].lower()
    code = LANGUAGES.get(primary) or (primary.upper() if len(primary) == 3 else "")
    if not TAG.fullmatch(tag) or not code:
        raise DataModelError(f"expected a language tag such as fr, met {tag[:40]!a}")
    return f"{LANGUAGE}/{code}"


def language_tag(iri: str) -> str:
    """The inverse of `language_iri`, ``"fr"``; ``""`` for anything else."""
    start, _, code = iri.rpartition("/")
    if start != LANGUAGE or not re.fullmatch("[A-Z]{3}", code):
        return ""
    return _LANGUAGE_OF.get(code, code.lower())
