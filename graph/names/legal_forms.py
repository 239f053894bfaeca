"""The legal forms of companies as they stand in names, in the countries that our companies trade with.

Written folded (`graph.names.folding.fold`), without dots. The list is made from general knowledge of
company law; ISO 20275 (ELF) is the full register of forms, with thousands that no name carries.
"""

from __future__ import annotations

import re

from graph.names.folding import fold, words

FORMS: dict[str, str] = {
    "Belgium and the Netherlands": """
        nv, sa, bv, srl, bvba, sprl, cv, cvba, scrl, scri, vof, snc, commv, scomm, comm v, comm va, sca, vzw, asbl,
        ivzw, aisbl, gcv, ebvba, sprlu, cvoa, nv sa, sa nv, bv srl, bvba sprl, naamloze vennootschap,
        societe anonyme, besloten vennootschap, societe a responsabilite limitee, cooperatieve vennootschap,
        vennootschap onder firma, stichting""",
    "France, Switzerland, Luxembourg": """
        sarl, sas, sasu, eurl, sci, gie, ste, societe, sagl, societe par actions simplifiee, s a r l""",
    "Germany and Austria": """
        gmbh, ag, kg, ohg, ug, gmbh co kg, gmbh and co kg, co kg, and co kg, ek, ev, kgaa, mbh, ggmbh, gesmbh,
        gesellschaft mit beschrankter haftung, aktiengesellschaft""",
    "European Union": "se, eeig, eesv, sce",
    "English": """
        ltd, limited, inc, incorporated, corp, corporation, llc, llp, lp, plc, co, company, co ltd, co limited,
        company limited, pty, pty ltd, pte, pte ltd, pvt, pvt ltd, private limited, public limited company,
        ltda, co inc, and co, public company limited, pcl, fzco, fze, fz llc, wll, hk, cic, bhd, sdn bhd, sdn""",
    "Southern Europe and Latin America": """
        spa, sl, slu, sau, sapi de cv, sa de cv, s de rl de cv, de cv, lda, eirl, sapa, snc, sociedad anonima,
        sociedad limitada, societa per azioni, sociedade anonima, s a s""",
    "Scandinavia and the Baltic": "ab, publ, as, asa, aps, oy, oyj, hf, ehf, ou, uab, sia, ans, ks, amba",
    "Central Europe and the Balkans": """
        sro, spol s r o, spolka z oo, spolka z ograniczona odpowiedzialnoscia, sp z oo, sp z o o, zoo, doo, dd, ad,
        eood, ood, kft, zrt, nyrt, bt, rt, srl, se, sp j, sp k, akciova spolecnost""",
    "Turkey": "as, ltd sti, sti, anonim sirketi, limited sirketi, ticaret, san ve tic",
    "Russia and its neighbours": """
        ооо, оао, зао, пао, ао, тоо, ип, тов, ooo, oao, zao, pao, ao, too, tov, pjsc, jsc, ojsc, cjsc,
        общество с ограниченнои ответственностью, акционерное общество""",
    "Asia": """
        kk, gk, yk, kabushiki kaisha, kabushiki gaisha, godo kaisha, yugen kaisha, chusik hoesa, jusik hoesa, yuhan
        hoesa, pt, tbk, persero, jsc, tnhh, cong ty, cong ty tnhh, cong ty co phan, co phan, joint stock company,
        youxian gongsi, gongsi, gufen youxian gongsi, berhad""",
    "Arabic": "شمم, شمل, ذمم, شركه, شركة, ش م م, ذ م م, مم, sae, saoc, saog, psc, pjsc, qsc, bsc, ksc, sal, sarl",
}
"""Where a form is used, and how it is written; one that several use stands once or twice."""

AROUND: tuple[str, ...] = (
    *("株式会社", "有限会社", "合同会社", "合資会社", "合名会社", "(株)", "(有)", "㈱", "㈲"),
    *("股份有限公司", "有限责任公司", "股份公司", "有限公司", "股份有限公司", "有限責任公司", "公司"),
    *("주식회사", "유한회사", "유한책임회사", "(주)", "(유)", "㈜"),
    *("บริษัท", "มหาชน", "จำกัด", "จํากัด", "ห้างหุ้นส่วน", "(มหาชน)", "บจก", "บมจ", "หจก"),
)
"""Forms of scripts that put no space between words; they stand before or after the name."""

_PHRASES = frozenset(tuple(phrase.split()) for line in FORMS.values() for phrase in fold(line).split(", "))
_LONGEST = max(map(len, _PHRASES))
_FOLDED_AROUND = sorted({fold(form) for form in AROUND}, key=len, reverse=True)
_BEFORE = re.compile(rf"^[\s(]*(?:{'|'.join(map(re.escape, _FOLDED_AROUND))})[\s).]*")
_AFTER = re.compile(rf"[\s(]*(?:{'|'.join(map(re.escape, _FOLDED_AROUND))})[\s).]*$")
_AT_FRONT = frozenset(
    tuple(fold(form).split())
    for form in (
        *(
            "nv",
            "sa",
            "bv",
            "srl",
            "bvba",
            "sprl",
            "vzw",
            "asbl",
            "cvba",
            "stichting",
            "societe",
            "ste",
            "pt",
        ),
        *(
            "ооо",
            "оао",
            "зао",
            "пао",
            "ао",
            "тоо",
            "ип",
            "тов",
            "ooo",
            "oao",
            "zao",
            "uab",
            "sia",
            "as",
            "ab",
        ),
        *("شركة", "شركه", "cong ty", "cong ty tnhh", "cong ty co phan", "kabushiki kaisha", "jusik hoesa"),
        *("gmbh", "общество с ограниченнои ответственностью", "акционерное общество", "jsc", "ojsc", "cjsc"),
    )
)
"""Forms that are also written before a name."""


def without_legal_form(text: str) -> str:
    """The words of a name without its legal form, folded; a name that is nothing else stays as it is.

    `Luminex N.V.` gives `luminex`, `株式会社アリアケ` gives `アリアケ`, `Kuka Co., Ltd.` gives `kuka`.
    """
    folded = fold(text)
    if not folded.isascii():
        folded = _cut(folded)
    return " ".join(bare(words(folded)))


def bare(of: list[str]) -> list[str]:
    """The words of a name without those of its legal form."""
    start, end = 0, len(of)
    while found := _phrase(of, start, end, at_end=True):
        end -= found
    while found := _phrase(of, start, end, at_end=False):
        start += found
    return of[start:end]


def _phrase(of: list[str], start: int, end: int, *, at_end: bool) -> int:
    """How many words of a legal form stand at one end; it is never the whole of what is there."""
    for length in range(min(_LONGEST, end - start - 1), 0, -1):
        part = tuple(of[end - length : end] if at_end else of[start : start + length])
        if part in (_PHRASES if at_end else _AT_FRONT):
            return length
    return 0


def _cut(folded: str) -> str:
    """Takes off forms that stand without a space before or after a name."""
    while True:
        for pattern in (_AFTER, _BEFORE):
            shorter = pattern.sub("", folded, count=1).strip()
            if shorter and shorter != folded:
                folded = shorter
                break
        else:
            return folded
