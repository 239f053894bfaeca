"""Names in other scripts, as people there write a foreign name: letter tables of these tests' own.

From general knowledge of how names are transcribed, not from the tables that search uses: katakana by
syllable, Hangul composed of letters, Thai with vowels before and above, Russian practical
transcription, Arabic without short vowels, and Chinese with the characters that stand for foreign syllables.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

VOWELS = "aeiou"


def plain(name: str) -> str:
    """Small letters and spaces; accents off."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^a-z ]+", " ", bare.replace("'", "")).split())


def sounds(word: str) -> str:
    """A word as it is said, roughly: one letter a sound; `S` for sh, `C` for ch."""
    for written, said in (
        *(("sch", "S"), ("tch", "C"), ("sh", "S"), ("ch", "C"), ("ph", "f"), ("th", "t"), ("ck", "k")),
        *(("qu", "kw"), ("q", "k"), ("x", "ks")),
    ):
        word = word.replace(written, said)
    word = re.sub(r"c(?=[eiy])", "s", word).replace("c", "k")
    word = re.sub(r"y(?![aeiou])", "i", word)
    word = re.sub(r"([a-zSC])\1", r"\1", word)
    return re.sub(r"(?<=[^aeiou])e$|(?<=i)e$", "e", word)


def _by_syllable(said: str, syllables: dict[str, str], alone: dict[str, str]) -> str:
    """Consonant and vowel together, a consonant alone by its own table."""
    made, at = "", 0
    while at < len(said):
        pair = said[at : at + 2]
        if pair in syllables:
            made, at = made + syllables[pair], at + 2
        else:
            made, at = made + alone.get(said[at], ""), at + 1
    return made


def _rows(table: str) -> dict[str, str]:
    """`k カ ケ キ コ ク` as syllables: the consonant with a, e, i, o, u."""
    found = {}
    for line in table.strip().splitlines():
        first, *signs = line.split()
        found.update(
            {
                f"{'' if first == '-' else first}{vowel}": sign
                for vowel, sign in zip(VOWELS, signs, strict=True)
            }
        )
    return found


_KATAKANA = _rows(
    """
    - ア エ イ オ ウ
    k カ ケ キ コ ク
    g ガ ゲ ギ ゴ グ
    s サ セ シ ソ ス
    z ザ ゼ ジ ゾ ズ
    t タ テ ティ ト トゥ
    d ダ デ ディ ド ドゥ
    n ナ ネ ニ ノ ヌ
    h ハ ヘ ヒ ホ フ
    b バ ベ ビ ボ ブ
    p パ ペ ピ ポ プ
    f ファ フェ フィ フォ フ
    v ヴァ ヴェ ヴィ ヴォ ヴ
    m マ メ ミ モ ム
    y ヤ イェ イ ヨ ユ
    r ラ レ リ ロ ル
    l ラ レ リ ロ ル
    w ワ ウェ ウィ ウォ ウ
    j ジャ ジェ ジ ジョ ジュ
    S シャ シェ シ ショ シュ
    C チャ チェ チ チョ チュ
    """
)
_KATAKANA_ALONE = {
    **{c: _KATAKANA[f"{c}u"] for c in "kgszbpfvmrlwjSCh"},
    "t": "ト",
    "d": "ド",
    "n": "ン",
    "y": "イ",
    "C": "チ",
    "j": "ジ",
    "h": "",
    **{vowel: _KATAKANA[vowel] for vowel in VOWELS},
}


def katakana(name: str) -> str:
    """`Luminex` gives ルミネクス."""
    return "・".join(
        _by_syllable(re.sub("m(?=[pb])", "n", sounds(word)), _KATAKANA, _KATAKANA_ALONE)
        for word in plain(name).split()
    )


_FIRST = dict(zip("gndrmbsjCktph", (0, 2, 3, 5, 6, 7, 9, 12, 14, 15, 16, 17, 18), strict=True)) | {
    "l": 5,
    "v": 7,
    "f": 17,
    "z": 12,
    "S": 9,
}
_MIDDLE = {
    "a": 0,
    "e": 5,
    "i": 20,
    "o": 8,
    "u": 13,
    "wa": 9,
    "we": 15,
    "wi": 16,
    "wo": 14,
    "ya": 2,
    "ye": 7,
    "yo": 12,
    "yu": 17,
}
_LAST = {"k": 1, "n": 4, "l": 8, "r": 8, "m": 16, "p": 17, "t": 19}


def _syllable(first: int, middle: int, last: int = 0) -> str:
    return chr(0xAC00 + (first * 21 + middle) * 28 + last)


def hangul(name: str) -> str:
    """`Luminex` gives 루미넥스: a consonant without a vowel closes the syllable before, or takes ㅡ."""
    return " ".join(_hangul(sounds(word)) for word in plain(name).split())


def _hangul(said: str) -> str:
    made, at, opened = "", 0, False
    while at < len(said):
        found = re.compile(r"([^aeiouwy]?)([wy]?[aeiou])").match(said, at)
        if found and (found[2] in _MIDDLE):
            first = _FIRST[found[1]] if found[1] else 11
            made, at, opened = made + _syllable(first, _MIDDLE[found[2]]), found.end(), True
            continue
        letter = said[at]
        if opened and letter in _LAST and made:
            made = made[:-1] + chr(ord(made[-1]) + _LAST[letter])
        elif letter in _FIRST:
            made += _syllable(_FIRST[letter], 18)
        at, opened = at + 1, False
    return made


_THAI = dict(zip("bdfghjklmnprstvwyzSC", "บดฟกฮจคลมนปรสทววยซชช", strict=True))
_THAI_VOWELS = {"a": ("", "า"), "e": ("เ", ""), "i": ("", "ิ"), "o": ("โ", ""), "u": ("", "ู")}


def thai(name: str) -> str:
    """`Luminex` gives ลูมิเนคส: e and o before their consonant, i and u on it."""
    made = ""
    for word in plain(name).split():
        for consonant, vowel in re.findall(r"([^aeiou]?)([aeiou]?)", sounds(word)):
            before, after = _THAI_VOWELS.get(vowel, ("", ""))
            made += before + (_THAI.get(consonant, "") or ("อ" if vowel else "")) + after
        made += " "
    return made.strip()


_CYRILLIC = dict(zip("abdefghijklmnoprstuvwyzSC", "абдефгхижклмнопрстуввйзшч", strict=True))


def cyrillic(name: str) -> str:
    """`Luminex` gives Луминекс."""
    return " ".join(
        "".join(_CYRILLIC.get(c, "") for c in sounds(word)).capitalize() for word in plain(name).split()
    )


_ARABIC = dict(zip("bdfghjklmnprstvwyzSCaiou", "بدفغهجكلمنبرستفويزششايوو", strict=True))


def arabic(name: str) -> str:
    """`Luminex` gives لومينكس: e is not written, but at the beginning, and no other vowel twice."""
    made = []
    for word in plain(name).split():
        said = sounds(word)
        first = "إ" if said[0] in "ei" else "أ" if said[0] == "a" else ""
        made.append(first + "".join(_ARABIC.get(c, "") for c in (said[1:] if first else said)))
    return " ".join(made)


_CHINESE = _rows(
    """
    - 阿 埃 伊 奥 乌
    b 巴 贝 比 博 布
    p 帕 佩 皮 波 普
    d 达 德 迪 多 杜
    t 塔 特 蒂 托 图
    g 加 格 吉 戈 古
    k 卡 克 基 科 库
    f 法 费 菲 福 富
    v 瓦 韦 维 沃 武
    w 瓦 韦 威 沃 伍
    m 马 梅 米 莫 穆
    n 纳 内 尼 诺 努
    l 拉 莱 利 洛 卢
    r 拉 雷 里 罗 鲁
    s 萨 塞 西 索 苏
    z 扎 泽 济 佐 祖
    j 贾 杰 吉 乔 朱
    h 哈 赫 希 霍 胡
    y 亚 耶 伊 约 尤
    S 沙 谢 希 肖 舒
    C 查 切 奇 乔 丘
    """
)
_CHINESE_ALONE = dict(zip("bpdtgkfvwmnlrszjhSC", "布普德特格克夫夫夫姆恩尔尔斯兹奇赫什奇", strict=True)) | {
    vowel: _CHINESE[vowel] for vowel in VOWELS
}


def chinese(name: str) -> str:
    """`Luminex` gives 卢米内克斯."""
    return "".join(_by_syllable(sounds(word), _CHINESE, _CHINESE_ALONE) for word in plain(name).split())


SCRIPTS: dict[str, Callable[[str], str]] = {
    "katakana": katakana,
    "hangul": hangul,
    "thai": thai,
    "cyrillic": cyrillic,
    "arabic": arabic,
    "chinese": chinese,
}
