"""Names of other scripts in Latin letters, so that a name and its transliteration meet.

Character by character with the tables of anyascii (ISC licence, no compiler), corrected where one
letter's sound depends on its neighbours: Japanese kana, Arabic, Thai vowels that stand before their
consonant. Chinese characters get their Mandarin reading. No dictionary is asked, so a Japanese name
in kanji is read as Chinese unless it is of the words below; `docs/search.md` says what follows from that.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from graph.names.folding import fold

_SMALL = {
    "ァ": "a",
    "ィ": "i",
    "ゥ": "u",
    "ェ": "e",
    "ォ": "o",
    "ャ": "ya",
    "ュ": "yu",
    "ョ": "yo",
    "ヮ": "wa",
}
"""Small kana: they take the place of the vowel before them."""

_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fc\u31f0-\u31ff]+")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f]+")
_AS_H = str.maketrans("хӽ", "hh")
"""Letters for the h of foreign names; as kh it would sound like k."""

_THAI_FIRST = re.compile(r"([เแโใไ])([ก-ฮ])")


def _pairs(text: str) -> dict[str, str]:
    """`本 hon, 木 ki` as a table; what stands alone has no sound."""
    return {key: said for key, _, said in (pair.strip().partition(" ") for pair in text.split(","))}


_ARABIC_LETTERS = _pairs(
    """ا a, ب b, ت t, ث th, ج j, ح h, خ kh, د d, ذ dh, ر r, ز z, س s, ش sh, ص s, ض d, ط t, ظ z, غ gh, ف f, ق q,
    ك k, ل l, م m, ن n, ه h, آ a, أ a, إ i, ع a, ة a, ى a, ؤ u, ئ i, ء, ـ, پ p, چ ch, ژ zh, ڤ v, گ g, ک k, ی i"""
)
_ARABIC_WEAK = {"و": ("w", "u"), "ي": ("y", "i")}
"""Letters that are consonants at the beginning of a word and vowels elsewhere."""

_JAPANESE_WORDS = _pairs(
    """日本 nihon, 東京 tokyo, 大阪 osaka, 京都 kyoto, 名古屋 nagoya, 横浜 yokohama, 神戸 kobe, 広島 hiroshima,
    九州 kyushu, 北海道 hokkaido, 関西 kansai, 商事 shoji, 工業 kogyo, 産業 sangyo, 製作所 seisakusho, 電機 denki,
    電気 denki, 電工 denko, 化学 kagaku, 製薬 seiyaku, 食品 shokuhin, 物産 bussan, 貿易 boeki, 銀行 ginko, 重工 juko,
    自動車 jidosha, 鉄鋼 tekko, 製鉄 seitetsu, 建設 kensetsu, 三菱 mitsubishi, 三井 mitsui, 住友 sumitomo,
    伊藤忠 itochu, 丸紅 marubeni, 日立 hitachi, 東芝 toshiba, 富士 fuji, 豊田 toyota, 本田 honda, 鈴木 suzuki,
    松下 matsushita, 川崎 kawasaki, 島津 shimazu, 日産 nissan, 任天堂 nintendo, 田中 tanaka, 山本 yamamoto,
    渡辺 watanabe, 小林 kobayashi, 佐藤 sato, 有明 ariake"""
)
"""How words of Japanese company names are read; beside them a run of characters is read as Chinese."""

_JAPANESE = re.compile("|".join(sorted(_JAPANESE_WORDS, key=len, reverse=True)))


@lru_cache(16_384)
def latin(text: str) -> str:
    """A name in folded Latin letters: `ルミネックス` gives `ruminekkusu`, `深圳` gives `shenzhen`."""
    return syllables(text).replace("\u2009", "")


@lru_cache(16_384)
def syllables(text: str) -> str:
    """`latin`, with a thin space between the syllables of Chinese characters."""
    if text.isascii():
        return fold(text)
    folded = fold(text)
    if folded.isascii():
        return folded
    japanese = _KANA.search(folded) is not None or _JAPANESE.search(folded) is not None
    if japanese:
        folded = _JAPANESE.sub(lambda found: f" {_JAPANESE_WORDS[found[0]]} ", folded)
    folded = _KANA.sub(lambda found: _kana(found[0]), folded)
    folded = _HAN.sub(lambda found: _han(found[0]), folded)
    folded = _ARABIC.sub(lambda found: _arabic(found[0]), folded)
    folded = _THAI_FIRST.sub(r"\2\1", folded).translate(_AS_H)
    plain = (letter if letter == "\u2009" or letter.isascii() else anyascii(letter) for letter in folded)
    return " ".join("".join(plain).lower().replace("`", "").split(" ")).strip()


def _kana(run: str) -> str:
    """Kana by Hepburn's rules, long vowels short: `ヴァン` gives `van`, `ッキ` gives `kki`."""
    said, before, double = "", " ", False
    for letter in run:
        kana = chr(ord(letter) + 0x60) if "\u3041" <= letter <= "\u3096" else letter
        if kana == "ッ":
            double = True
        elif kana in "ァィェォ" and said.endswith("u") and before == "ウ":
            said = said[:-1] + "w" + _SMALL[kana]
        elif kana in _SMALL:
            soft = "y" if said.endswith(("shi", "chi", "ji")) else ""
            said = said[:-1] + _SMALL[kana].removeprefix(soft)
        elif kana != "ー":
            sound = "vu" if kana == "ヴ" else anyascii(kana).lower()
            said += sound[:1] + sound if double else sound
            double = False
        before = kana
    return said


def _han(run: str) -> str:
    """The Mandarin reading, syllable by syllable."""
    return "\u2009".join(anyascii(letter).strip() for letter in run)


def _arabic(run: str) -> str:
    """Letter by letter; the article goes, short vowels are not written and stay away."""
    if run.startswith("ال") and len(run) > 4:
        run = run[2:]
    said = ""
    for place, letter in enumerate(run):
        if letter in _ARABIC_WEAK:
            said += _ARABIC_WEAK[letter][place > 0]
        else:
            said += _ARABIC_LETTERS.get(letter, letter if unicodedata.category(letter) != "Mn" else "")
    return said
