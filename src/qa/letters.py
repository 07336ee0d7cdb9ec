"""How names of one language are written in the letters of another: tables, as far as a rule can hold them.

Serbian in both its alphabets, Ukrainian beside Russian, umlauts written with two letters, Chinese in Cyrillic
(Palladius), and Arabic given names, whose vowels Latin letters render by ear. Everything is in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

# What the Latin letters of Slavic languages are heard as, where they are written out in English.
CARONS = str.maketrans({"č": "ch", "ć": "ch", "š": "sh", "ž": "zh", "đ": "dj", "ş": "sh", "ń": "n"})
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
# Ukrainian as Ukraine itself writes it: Гриценко is Hrytsenko, Сергій is Serhii.
_UKRAINIAN = str.maketrans({
    "и": "y", "і": "i", "ї": "i", "г": "h", "ґ": "g", "є": "ie", "й": "i", "ю": "iu", "я": "ia", "х": "kh", "щ": "shch",
    "ь": None, "'": None, "’": None,
})  # fmt: skip
# Serbian with the marks of its Latin letters lost: Живковић is Zivkovic.
_SERBIAN = str.maketrans({
    "ж": "z", "ч": "c", "ћ": "c", "ш": "s", "ђ": "dj", "џ": "dz", "љ": "lj", "њ": "nj", "х": "h", "ц": "c", "ј": "j",
})  # fmt: skip
_NOT_SERBIAN = re.compile("[ыэюящёйьъіїєґ]")


def ukrainian(word: str) -> str:
    """A Cyrillic word with its Ukrainian letters in Latin ones; letters of all Slavic alphabets stay."""
    return ("ye" + word[1:] if word.startswith("є") else word).translate(_UKRAINIAN)


def serbian(word: str) -> str:
    """The same for Serbian; "" for a word with letters that Serbian does not have."""
    return "" if _NOT_SERBIAN.search(word) else word.translate(_SERBIAN)


# ------------------------------------------------------------------ Chinese

_BEGINNINGS = {
    "б": "b", "п": "p", "м": "m", "ф": "f", "д": "d", "т": "t", "н": "n", "л": "l", "г": "g", "к": "k", "х": "h",
    "чж": "zh", "ч": "ch", "ш": "sh", "ж": "r", "цз": "z", "ц": "c", "с": "s",
}  # fmt: skip
_ENDINGS = {
    "а": "a", "э": "e", "у": "u", "ай": "ai", "эй": "ei", "ао": "ao", "оу": "ou", "ань": "an", "энь": "en", "ан": "ang",
    "эн": "eng", "ун": "ong", "о": "uo", "уа": "ua", "уай": "uai", "уй": "ui", "уань": "uan", "унь": "un",
    "уан": "uang", "и": "i", "ы": "i", "я": "ia", "е": "ie", "яо": "iao", "ю": "iu", "янь": "ian", "инь": "in",
    "ян": "iang", "ин": "ing", "юн": "iong", "юй": "u", "юэ": "ue", "юань": "uan", "юнь": "un",
}  # fmt: skip
_SOFT = {"z": "j", "c": "q", "s": "x"}  # before и, я, е, ю
_ALONE = {
    "а": "a", "ай": "ai", "ань": "an", "ан": "ang", "ао": "ao", "э": "e", "эр": "er", "о": "e", "оу": "ou", "и": "yi",
    "я": "ya", "е": "ye", "яо": "yao", "ю": "you", "янь": "yan", "инь": "yin", "ян": "yang", "ин": "ying", "юн": "yong",
    "юй": "yu", "юэ": "yue", "юань": "yuan", "юнь": "yun", "у": "wu", "ва": "wa", "во": "wo", "вай": "wai",
    "вэй": "wei", "вань": "wan", "вэнь": "wen", "ван": "wang", "вэн": "weng", "бо": "bo", "по": "po", "мо": "mo",
    "фо": "fo", "хуэй": "hui", "хой": "hui",
}  # fmt: skip


def _syllables() -> Iterator[tuple[str, str]]:
    for (begin, latin), (end, rest) in product(_BEGINNINGS.items(), _ENDINGS.items()):
        yield begin + end, (_SOFT.get(latin, latin) if end[0] in "иеяю" else latin) + rest


_PINYIN = {**dict(_syllables()), **_ALONE}
_SYLLABLE = re.compile("|".join(sorted(_PINYIN, key=lambda syllable: -len(syllable))))
_CHINESE = re.compile(f"(?:{_SYLLABLE.pattern}){{1,3}}")
_LONGEST = 18  # letters of three syllables


def pinyin(word: str) -> str:
    """A Cyrillic word of Chinese syllables as China writes it, Сяомин as "xiaoming"; "" for others."""
    if len(word) > _LONGEST or not _CHINESE.fullmatch(word):
        return ""
    return _SYLLABLE.sub(lambda match: _PINYIN[match.group()], word)


# ------------------------------------------------------------------ Arabic

# Given names whose vowels are heard in several ways, as `names.spelling` leaves them -> one of the ways.
_ARABIC = {
    "muhammad": "m[ou]hamm?[ae]d", "ahmad": "ahm[ae]d", "hasan": "hass?[ae]n", "husain": "h[ou]ss?[ae]in",
    "laila": "l[ae]ilah?", "yusuf": "y(?:u|ou|o)ss?(?:e|u|ou)ff?", "umar": "[ou]mar", "fatima": "fat(?:i|e|ee)mah?",
    "aisha": "a[ie]{1,2}(?:sh|ch)ah?", "halid": "hal(?:i|e|ee)d", "mustafa": "m(?:o|u|ou)st[ao]fa",
    "mahmud": "mahm(?:u|ou|oo)d", "ibrahim": "[ie]brah(?:i|ee)m", "usama": "(?:o|u|ou)ss?ama",
    "abdulah": "abd[uao]ll?ah?", "zainab": "z[ae]in[ae]b", "nur": "n(?:u|ou|oo)r", "karim": "kar(?:i|ee)m",
    "rashid": "ra(?:sh|ch)(?:i|ee)d", "jamal": "[jg]am[ae]l", "tarik": "tar[ie](?:k|ck)", "faisal": "f[ae]iss?al",
    "sulaiman": "s(?:o|u|ou)l(?:ai|ei|i)man", "utman": "[ou](?:th?|s)man", "said": "sa(?:i|ee|ei)d",
    "mahdi": "m[ae]hdi", "amin": "am(?:i|ee)n", "salim": "sal(?:i|ee)m", "nasir": "nass?[ie]r", "yasir": "yass?[ie]r",
    "samir": "sam(?:i|ee)r", "munir": "m(?:u|ou)n(?:i|ee)r", "valid": "(?:v|ou)al(?:i|ee)d", "habib": "hab(?:i|ee)b",
    "hadija": "had(?:i|ee)jah?",
}  # fmt: skip
_GROUPS = {f"a{n}": name for n, name in enumerate(_ARABIC)}
_ANY_ARABIC = re.compile("|".join(f"(?P<a{n}>{pattern})" for n, pattern in enumerate(_ARABIC.values())))


def arabic(spelling: str) -> str:
    """One way to write an Arabic given name that is written in many: "mohamed" as "muhammad"; "" for others."""
    match = _ANY_ARABIC.fullmatch(spelling)
    return _GROUPS[match.lastgroup] if match and match.lastgroup else ""
