"""Words of names, compared across spellings and scripts; the only room that knows anyascii.

Three depths: `key` (the same letters), `spelling` (the usual ways of writing a Slavic or Turkic name in
Latin letters: Nazarbayev, Nazarbaev, Назарбаев; `spellings` adds those of single languages) and `sound` (consonants
alone, for a name that went from one script to another by ear: Trump, Трамп).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from anyascii import anyascii

from qa import letters
from qa.functions import ADDRESS, ARTICLES, BEFORE, BEHIND, BODIES, FOREIGN, NOUNS, bare

HONORIFICS = frozenset(
    "mr mrs ms miss mx maj dr prof professor sir dame lord lady baroness hon honourable honorable rt right rev "
    "reverend l'hon l'honorable excellency hh he msgr madam madame monsieur mme mademoiselle "
    "herr frau heer mevrouw senor señor señora señorita senhor senhora signor signora "
    "господин госпожа г-н г-жа товарищ проф".split()
)
ROLE_NOUNS = frozenset(
    """president vice-president premier minister chancellor chairman chairwoman chairperson chair speaker secretary
    aide adviser advisor assistant ambassador envoy governor mayor senator congressman congresswoman representative
    deputy member leader head director manager ceo cfo cto coo founder co-founder officer commissioner general admiral
    colonel king queen prince princess emperor sultan emir pope patriarch bishop archbishop rabbi imam judge justice
    attorney prosecutor counsel inspector commander chief professor dean rector engineer designer editor host
    moderator reporter correspondent journalist presenter interviewer analyst spokesman spokeswoman spokesperson
    coordinator treasurer clerk delegate councillor councilor whip author scientist academician coach captain
    lieutenant sergeant administrator undersecretary superintendent sheriff comptroller ombudsman curator archivist
    videographer stenographer
    taoiseach tánaiste convener convenor lawyer economist historian writer doctor physician nurse teacher researcher
    präsident präsidentin vizepräsident vizepräsidentin ministerin bundesminister bundesministerin staatsminister
    staatsministerin staatssekretär staatssekretärin bundeskanzler bundeskanzlerin kanzler kanzlerin
    vorsitzende vorsitzender
    президент премьер министр премьер-министр председатель секретарь помощник советник посол губернатор мэр
    сенатор депутат глава директор руководитель генерал король канцлер ведущий журналист корреспондент
    уполномоченный академик ректор заместитель спикер министра президента
    marszałek wicemarszałek poseł posłanka senatorka sprawozdawca sekretarz podsekretarz prezes wiceprezes
    wicepremier przewodniczący przewodnicząca rzecznik rzeczniczka
    předseda předsedkyně místopředseda místopředsedkyně poslanec poslankyně ministr ministryně senátor senátorka
    zpravodaj premiér primátor predseda predsedníčka podpredseda podpredsedníčka poslankyňa ministerka
    ministro ministra viceministro viceministra sottosegretario sottosegretaria relatore relatrice
    elnök alelnök miniszter államtitkár képviselő jegyző başkan bakan başbakan""".split()
)
# Words that stand in many labels and tell nobody apart.
GENERIC = frozenset("grad phd speaker guest the and of von van bin user project unknown".split())
# Whoever a script or a minute-taker has no name for.
STRANGERS = frozenset(
    """man woman guy guys girl boy kid kids child children mother father mom mum dad son daughter wife husband brother
    sister friend neighbor neighbour announcer narrator operator interpreter translator waiter waitress agent attendant
    passenger customer client driver janitor owner planner hostess student pupil intern nurse technician expert
    specialist consultant panelist panellist facilitator organizer organiser volunteer visitor witness defendant court
    staff team group committee everyone everybody somebody someone all both others several policeman officer soldier
    мужчина женщина девушка юноша мальчик девочка мать отец сын дочь жена муж диктор переводчик оператор студент
    студентка зритель зрительница свидетель эксперт специалист все""".split()
)
PARTICLES = frozenset("de da di del della van von der den la le bin ibn al el abu ter ten dos".split())
# Small words that are given names as well, where they are written large: "Al Gore", "Van Morrison", "Le Thi Hoa".
_GIVEN_TOO = frozenset("al van del di la le ter abu dos bin".split())
# Words of labels that are no part of anybody's name.
NO_NAMES = (GENERIC | STRANGERS) - PARTICLES
_GENDERS = {
    "mr": "m", "sir": "m", "lord": "m", "monsieur": "m", "herr": "m", "heer": "m", "господин": "m", "г-н": "m",
    "señor": "m", "senor": "m", "senhor": "m", "signor": "m",
    "señora": "f", "señorita": "f", "senhora": "f", "signora": "f", "mademoiselle": "f", "mevrouw": "f",
    "mrs": "f", "ms": "f", "miss": "f", "lady": "f", "dame": "f", "baroness": "f", "madam": "f", "madame": "f",
    "mme": "f", "frau": "f", "госпожа": "f", "г-жа": "f",
}  # fmt: skip
# What titles before a name are cut short to; those that are names or words as well are so only with a full stop.
_SHORT_TITLES = {
    "sr": "señor", "sra": "señora", "srta": "señorita", "dra": "dr", "profa": "professor", "hr": "herr", "dhr": "heer",
    "mw": "mevrouw", "mevr": "mevrouw", "mlle": "mademoiselle", "cllr": "councillor", "gov": "governor",
    "lt": "lieutenant", "capt": "captain", "cmdr": "commander", "cdr": "commander", "supt": "superintendent",
    "sgt": "sergeant", "amb": "ambassador", "atty": "attorney",
}  # fmt: skip
_WITH_A_STOP = {
    "sen": "senator", "rep": "representative", "gen": "general", "col": "colonel", "adm": "admiral",
    "pres": "president", "insp": "inspector", "sig": "signor", "dott": "dr",
}  # fmt: skip

# Labels of voices without a name: those a diarisation gives, and those of whoever happens to ask or answer.
_VOICE = re.compile(
    r"""(?:speaker|spk|spkr|voice|participant|person|guest|caller|user|interviewee|interviewer|respondent|attendee|
    panelist|channel|sprecher|locuteur|hablante|intervenant|
    говорящий|спикер|участник|участница|голос|гость|собеседник|респондент|диктор)[\s_#№.:-]*(?:\d{1,4}|[^\W\d_])
    |(?:s|p|spk)_?\d{1,3} | [^\W\d_]\d{0,3}
    |(?:an?\s+)?(?:unknown|unidentified|unnamed|unattributed)(?:\s+(?:male|female))?
     (?:[\s_]+(?:speaker|voice|person|man|woman|male|female|participant|member|user|reporter|questioner|journalist|
     audience\s+member))?(?:[\s_]+(?:speaker|voice))?(?:[\s_]*\#?\d+)?
    |(?:male|female|man|woman|boy|girl|child|crowd|all|both|everyone|man's|woman's)
     (?:[\s_]+(?:voice|speaker|participant|audience\s+member))?(?:[\s_]*\#?\d+)?
    |(?:неизвестный|неизвестная|неустановленн\w+)(?:\s+(?:говорящий|участник|спикер|голос|мужчина|женщина))?(?:\s*\d+)?
    |questions?|questioner|answer|response|remark|pregunta|respuesta|frage|zusatzfrage|nachfrage|antwort|domanda|risposta|réponse
    |(?:voices?|question|remark|(?:wo)?man|student|speaker)\s+(?:from|in|off)\s+(?:the\s+)?
     (?:audience|floor|hall|crowd|room)
    |audience(?:\s+(?:member|question))?(?:\s+\#?\d+)?|member\s+of\s+the\s+audience|
     voices?|(?:voice\s+)?from\s+the\s+(?:floor|audience|hall)|guest|caller|listener|participant|attendee
    |(?:ipad|iphone|imac|macbook|galaxy|android|huawei|xiaomi|redmi|pixel|laptop|phone|desktop|conference\ room)
     (?:[\ -](?:[a-z]{0,8}\d[\w+-]{0,8}|pro|max|mini|air|plus|ultra|se)){0,3}(?:\ ?\(\d{1,3}\)?)?
    |вопрос|ответ|реплика|реплики|голос|голоса|(?:голоса?|вопрос|реплика|реплики)\s+из\s+зала|из\s+зала|с\s+места|(?:голоси?\s+)?із\s+залу|
     гость|слушатель|участник""",
    re.VERBOSE | re.IGNORECASE,
)

# Whoever asks from the hall or calls in: "Une auditrice", "Voz del público", "Woman in audience", "Голос из зала".
_ONE = r"""an?|the|one|another|some|an\ unnamed|ein|eine|noch\ ein|noch\ eine|der|die|das|une?|l['’]|la|le|les|el|los
    |las|una|uno|otra|otro|un['’]|un['’]altra|il|uma?|o|een|ett?|en|jeden|jedna|pewien|pewna|один|одна|одно
    |des|plusieurs|dos|unas|unos|algunas|algunos|várias|alcune|einige|mehrere|głosy|enkele"""
_HEARER = r"""listeners?|viewers?|callers?|readers?|questioners?|hecklers?|spectators?|audience|public|passer-?by
    |zu?hörer(?:in)?|hörer(?:in)?|zuschauer(?:in)?|anrufer(?:in)?|fragesteller(?:in)?|publikum|zwischen(?:rufe?|frage|rufer(?:in)?)
    |zurufe?|auditeurs?|auditrices?|spectateurs?|spectatrices?|téléspectat(?:eur|rice)|oyentes?|público|espectador(?:a|es)?
    |ascoltat(?:ore|rice|ori)|spettat(?:ore|rice|ori)|pubblico|ouvintes?|plateia|luisteraar|toehoorder|publiek|zaal
    |słuchacz(?:ka)?|publiczność|слушатель(?:ница)?|зритель(?:ница)?|слухач(?:ка)?|lyssnare|publik|публика"""
_HUMAN = r"""(?:wo)?m[ae]n|lady|gentleman|boy|girl|child|students?|voices?|residents?|visitors?|attendees?|participants?
    |members?|frau|mann|junge|mädchen|kind|stimmen?|teilnehmer(?:in)?|besucher(?:in)?|bürger(?:in)?|student(?:in)?|schüler(?:in)?
    |journalist(?:in)?|femme|homme|dame|monsieur|voix|public|participante?|intervenante?|étudiante?|élève|habitante?
    |journaliste|mujer|hombre|señora?|chic[oa]|niñ[oa]|voz|voces|asistentes?|participante|vecin[oa]|alumn[oa]|estudiante|periodista
    |uomo|donna|signora?|signore|ragazz[oa]|voce|voci|partecipante|studente(?:ssa)?|homem|mulher|senhora?|alun[oa]|vozes
    |stem|vrouw|deelnemer|bezoeker|kijker|głosy?|kobieta|mężczyzna|uczestni(?:k|czka)
    |голоса?|реплика|вопрос|женщина|мужчина|девушка|юноша|участник|участница|студент(?:ка)?|посетитель(?:ница)?|жительница|житель
    |жінка|чоловік|röst|kvinna"""
_WHERE = r"""(?:in|from|at|on|off|aus|im|vom|von|hinten|dans|depuis|du|de|des|del|dal|dalla|da|do|nel|nella|en|sur|au|à
    |am|of\ the|uit|z|ze|из|с|на|в|з|із|från|i)(?:\ [\w'’-]{1,30}){1,5}"""
_SOMEBODY = re.compile(
    rf"(?:(?:{_ONE})(?:(?<=['’])|\ )(?:{_HEARER}|{_HUMAN})|(?P<bare>{_HUMAN})(?=\ {_WHERE}$)|{_HEARER})"
    rf"(?:\ {_WHERE})?(?:\ \#?\d{{1,3}})?",
    re.VERBOSE | re.IGNORECASE,
)
_FORMS_OF_ADDRESS = re.compile(
    r"(?:frau|dame|monsieur|señora?|signora?|signore|senhora?|lady|mann|public)\b", re.IGNORECASE
)


@lru_cache(maxsize=65536)
def is_somebody(label: str) -> bool:
    """It says what somebody is whose name nobody asked: "Une auditrice", "Voz del público", "A man at the back"."""
    text = " ".join(label[:120].split())
    match = _SOMEBODY.fullmatch(text)
    if match is None or _FORMS_OF_ADDRESS.match(text):  # "Frau von Ekdal"
        return False
    return match["bare"] is None or text.isupper() or text.split()[-1][0].islower()  # "Homem de Lobo"


@lru_cache(maxsize=65536)
def is_voice(label: str) -> bool:
    """The label names no person and no office: "SPEAKER_00", "Speaker 1", "Question", "iPad (3)", "Q"."""
    bare = " ".join(label[:120].split()).strip(" .:[]()<>*")
    return bool(_VOICE.fullmatch(bare)) or is_somebody(bare)


@lru_cache(maxsize=65536)
def is_function(label: str) -> bool:
    """The label tells what somebody does and not who: "The Chair", "De voorzitter", "Witness 2", "Mayor of Pell".

    In front of the noun may stand an article, a form of address and what tells which of several ("Acting"); behind
    it a number, or where it is held.
    """
    words = _BEHIND_NOUN.sub("", " ".join(label[:120].split()).strip(" .:")).split()
    while words and (bare(words[0]) in _BEFORE_OFFICES or is_honorific(words[0])) and len(words) > 1:
        words = words[1:]
    held = next((n for n, word in enumerate(words) if n and clean(word) in _OF_ALL), len(words))
    if "," in label or is_voice(label) or not _is_body(words[held:]):
        return False
    *before, noun = [word for word in words[:held] if bare(word) not in BEHIND] or [""]
    if not _does(noun):
        return False
    return all(bare(word) in BEFORE or _does(word) for word in before) or clean(noun) in _NEVER_BORNE


_BEHIND_NOUN = re.compile(r"[\s_#№-]+(?:no\.?\s?)?\d{1,4}$|(?<=sergeant)[ -]at[ -]arms$", re.IGNORECASE)
_OF = frozenset("of for für des voor pro for för για της".split())
_OF_OR_NAME = frozenset("de du del della dello dei der van do da dos das al a".split())
_OF_ALL = _OF | _OF_OR_NAME
_BEFORE_OFFICES = ARTICLES | ADDRESS
# Who is called "Project Manager" bears no name; "Stephen King" does.
_NEVER_BORNE = frozenset(
    """president minister chairman chairwoman chairperson secretary manager director designer engineer officer advisor
    adviser assistant ambassador commissioner moderator correspondent journalist presenter interviewer analyst spokesman
    spokeswoman spokesperson coordinator treasurer councillor councilor scientist economist researcher nurse""".split()
)


def _is_body(behind: Sequence[str]) -> bool:
    """ "of the Republic of Lunde", "de la República" tell where an office is held; "de Gaulle" is a name."""
    if not behind or clean(behind[0]) in _OF_OR_NAME:
        return not behind or any(part in BODIES for word in behind for part in bare(word).split("'"))
    content = [word for word in behind if clean(word) not in _OF | {"the"}]
    return len(content) < 2 or clean(behind[-2]) in _OF | {"the", "and", "&"}


def _does(word: str) -> bool:
    """The noun of an office or a function, or of whoever a minute-taker has no name for."""
    one = bare(word)
    if "-" in one and one not in NOUNS and clean(word) not in ROLE_NOUNS:  # "Vice-President", not "Ms. Odell-Dean"
        first, *others = one.split("-")
        if others[0] in ("in", "at"):  # "Chair-in-Office"
            return _does(first)
        return _does(others[-1]) and all(part in BEFORE or _does(part) for part in (first, *others[:-1]))
    return is_role_noun(word) or one in NOUNS or clean(word) in _STRANGER


_STRANGER = STRANGERS - frozenset("everyone everybody somebody someone all both others several все".split())


def without_place(name: str) -> str:
    """A canonical name without the bracket behind it: "SPEAKER_00 (council-3)" as "SPEAKER_00"."""
    return name.partition(" (")[0]


def function_of(name: str) -> str:
    """The function that a canonical name tells, "The Chair" of "The Chair (council-3)"; "" for a person's name."""
    label = without_place(name)
    return label if is_function(label) else ""


def gender(honorific: str) -> str:
    """ "m" or "f" for an honorific that tells it, in any case, else ""."""
    word = clean(honorific)
    return _GENDERS.get(_SHORT_TITLES.get(word, word), "")


_TITLES = {
    "prof": "professor", "проф": "professor", "professor": "professor", "dr": "doctor", "doctor": "doctor",
    "rev": "reverend", "reverend": "reverend", "sir": "sir", "dame": "dame", "lord": "lord", "lady": "lady",
    "baroness": "baroness", "msgr": "monsignor", "maj": "major",
}  # fmt: skip


def title(word: str) -> str:
    """A title that not everybody bears, in one spelling: "professor" for "Prof."; "" for "Mr" and other words."""
    return _TITLES.get(clean(word), "")


def calls_by_surnames(name: str, forms: Iterable[str]) -> bool:
    """A label is just a title of lands where people have two family names, and the name: "Sra. Ruiz Vega"."""
    parted = (written_out(form).partition(" ") for form in forms if form.endswith(name) and form != name)
    return any(rest == name and clean(first) in _BEFORE_SURNAMES for first, _, rest in parted)


_BEFORE_SURNAMES = frozenset("señor señora señorita senor senhor senhora".split())


def written_out(text: str) -> str:
    """The text with the titles that stand before names written out: "Lt. Gov. Ann Pike", "Sra. Ruiz", "Cllr Diallo"."""
    return _SHORT_TITLE.sub(_title_written_out, text)


_SHORT_TITLE = re.compile(
    rf"(?<![\w.'’-])(?:(?i:{'|'.join(_SHORT_TITLES)})\.?|(?i:{'|'.join(_WITH_A_STOP)})\.)(?=\s+[^\W\d_a-z])"
)


def _title_written_out(match: re.Match[str]) -> str:
    short, before = match.group().rstrip("."), match.string[: match.start()].split()
    full = (_SHORT_TITLES | _WITH_A_STOP)[short.casefold()]
    if short[0].islower() or (short.casefold() == "sr" and before and before[-1][0].isupper()):
        return match.group()  # "John Smith Sr."
    return full.upper() if short.isupper() else full.title()


def gender_of(forms: Iterable[str]) -> str:
    """ "m" or "f" where the labels' honorifics agree on it, else ""."""
    found = {gender(form.split()[0]) for form in forms if form.split()} - {""}
    return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=65536)
def clean(word: str) -> str:
    """The word in small letters without the marks around it."""
    return word.strip(".,'’–-").casefold()


def is_honorific(word: str) -> bool:
    """ "Mr.", "г-жа"."""
    return clean(word) in HONORIFICS


@lru_cache(maxsize=65536)
def is_role_noun(word: str) -> bool:
    """The noun of an office, or a word made with one: "Ministers", "Vice-President", "voorzitter"."""
    plain = clean(word)
    if plain.endswith("s") and plain[:-1] in ROLE_NOUNS:
        plain = plain[:-1]
    parts = plain.split("-") if "-" in plain else ()
    return plain in ROLE_NOUNS or bare(word) in FOREIGN or any(part in ROLE_NOUNS for part in parts)


def is_particle(word: str) -> bool:
    """A small word of family names that is no given name as it is written: "van", "El", "de"; not "Al", "Van"."""
    small = clean(word)
    return small in PARTICLES and (word[0].islower() or small not in _GIVEN_TOO)


# The Arabic article before a name, as it is written and as it is heard: "al-Rashid", "El-Amrani", "ash-Sharif".
_ARTICLE = re.compile(r"(?:[ae]l|a(?P<heard>[rntdsz])h?(?=.(?P=heard)))[-‑](?=[^\W\d_]{3})", re.IGNORECASE)


@lru_cache(maxsize=65536)
def without_article(word: str) -> str:
    """ "Rashid" for "al-Rashid"; other words as they are."""
    return word[match.end() :] if (match := _ARTICLE.match(word)) else word


# Names that people of English and French have as a given name and as a family name.
_EITHER = frozenset(
    """adam alan albert alexander alfred allan allen andrew anthony arthur austin benjamin bernard blake brian bruce
    cameron carl carter charles christian christopher clark clement cooper craig curtis daniel david dean dennis
    douglas duncan edward elliott ellis eric ernest evan francis frank franklin frederick gabriel garrett gary george
    gerald gilbert glenn gordon graham grant gregory harold harrison harvey henri henry herbert howard hugh hunter
    isaac jack jackson jacob jacques james jason jay jean jeremy john jonathan jordan joseph julian justin keith kelly
    kenneth kevin kim kyle lawrence lee leo leon leonard leslie lewis lloyd logan louis lucas luke marc marco mark
    marshall martin mason matthew maurice max michael miles mitchell morgan morris nathan neil nelson nicholas noel
    norman oliver oscar owen parker patrick paul perry peter philip pierre ralph ray raymond reed reid rene richard
    robert robin roger roland roman ronald rose ross roy russell ryan samuel scott sean sebastian shane shannon sidney
    simon spencer stanley stephen steven stewart stuart taylor terry theodore thomas timothy todd tom tony tracy travis
    troy tyler vernon victor vincent walter warren wayne wesley william wilson""".split()
)


def is_given_too(spelling: str) -> bool:
    """A family name that is as often a given name, as `spelling` gives it: "Thomas", "Lee"."""
    return spelling in _EITHER_SPELT


# Family names of Korea, Vietnam and China, which stand before the given name; by their keys.
_EASTERN = frozenset(
    """ahn bae baek bang bong byun cha cheon cho choe choi chung eom gong gu gwak gwon ha hahm han heo hong hwang hyun
    im jang jeon jeong jin jo joo jung kang kim ko koh koo kwak kwon lee lim min moon myung na nam noh oh paik pak
    park pyo rhee ri roh ryu seo seok seol shim shin sim sohn son song suh sung won woo yang yeo yi yoo yoon you yu
    au bui cao chau chu dang dao diep dinh do doan duong giang ha hoang huynh kieu la lai lam le luong luu ly mac mai
    nghiem ngo nguyen nham ninh nong pham phan phung quach ta thach than thai tham to ton tran trieu trinh truong tu
    van vi vo vu vuong
    bai ban bi cai cao cen chang chen cheng chi chiang chou cui dai deng ding dong du duan fan fang fei
    feng fu gao ge gong gu guan guo hao he ho hong hou hu huang ji jia jiang jiao jin kong lai lei li
    liang liao lin liu long lu luo lv ma mao mei meng mo ni ou pan pang pei peng qi qian qiao qin qiu qu
    ren shao shen sheng shi shu song su sun tan tang tao tian tong wan wang wei wen weng wu xi xia xiang
    xiao xie xin xing xiong xu xue yan yang yao ye yi yin you yu yuan yue zeng zha zhan zhang zhao zheng
    zhong zhou zhu zhuang zou""".split()
)
_SYLLABLE = re.compile(
    r"(?:[bcdghjklmnprstvwy]|ch|kh|kw|ng|nh|ph|sh|th|tr|hw|gw)?"
    r"(?:yeo|yae|ya|yo|yu|wa|wo|wi|ae|ai|ao|au|eo|eu|ee|ie|oa|oi|oo|ou|ua|ui|uo|uy|[aeiouy])(?:ng|nh|ch|[bcghklmnpt])?"
)


@lru_cache(maxsize=65536)
def begins_with_family(*words: str) -> bool:
    """A name as it is written that begins with its family name: "Kim Min-jun", "Nguyễn Văn Hùng", "Wang Xiaoming".

    "Kim Novak" and "Lee Ann Pell" do not: where people elsewhere are called so, the rest must be of eastern syllables.
    """
    first, rest = key(words[0]), words[1:]
    if first not in _EASTERN or not rest:
        return False
    if any(map(is_vietnamese, words)) or (len(rest) == 1 and _is_of_two_syllables(rest[0])):
        return True
    if first in _EITHER or first in _GIVEN_TOO or len(rest) > 1:
        return len(rest) > 1 and all(_SYLLABLE.fullmatch(key(word)) for word in rest)
    return key(rest[0]) not in _EASTERN | _EITHER


def _is_of_two_syllables(word: str) -> bool:
    """ "Min-jun", "Ji-woo"."""
    parts = word.split("-")
    return len(parts) == 2 and all(_SYLLABLE.fullmatch(key(part)) for part in parts)


# ------------------------------------------------------------------ letters

_TURKIC = re.compile("[İĞƏ]")  # no other alphabet has these
_TURKIC_SMALL = str.maketrans("Iİ", "ıi")
_INNER_LETTERS = re.compile(r"(?<=[^\W\d_])[^\W\d_]+")


def titled(name: str) -> str:
    """A name in capitals, with one at the beginning of every word, in its own alphabet: "İPEK IŞIK", "İpek Işık"."""
    if not _TURKIC.search(name):
        return name.title()
    return _INNER_LETTERS.sub(lambda match: match.group().translate(_TURKIC_SMALL).lower(), name)


def calmed(name: str) -> str:
    """Words in capitals as in ordinary print, "Franz GRÜBER" as "Franz Grüber"; those of one or two letters stay."""
    return " ".join(titled(word) if word.isupper() and len(word) > 2 else word for word in name.split())


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """A word in small Latin letters and digits: "Türkiye" -> "turkiye", "Путин" -> "putin"."""
    return re.sub(r"[^a-z0-9]", "", anyascii(word).casefold())


@lru_cache(maxsize=65536)
def script(word: str) -> str:
    """ "latin", "cyrillic" or "other", by the word's first letter."""
    first = next((ch for ch in word if ch.isalpha()), "a")
    if "\u0400" <= first <= "\u052f":
        return "cyrillic"
    return "latin" if first < "\u0250" or "\u1e00" <= first <= "\u1eff" else "other"


_VIETNAMESE = re.compile("[ăơưđ\u1ea0-\u1ef9]", re.IGNORECASE)
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def is_vietnamese(word: str) -> bool:
    """It holds a letter that only Vietnamese has."""
    return not word.isascii() and bool(_VIETNAMESE.search(unicodedata.normalize("NFC", word)))


def toned(word: str) -> tuple[str, str]:
    """Letters and tones, these in no order: "Hoà" and "Hòa" are one."""
    apart = unicodedata.normalize("NFD", word.casefold())
    return "".join(ch for ch in apart if ch not in _TONES), "".join(sorted(ch for ch in apart if ch in _TONES))


_UMLAUT = re.compile("[äöüøåæ]", re.IGNORECASE)


def has_umlaut(word: str) -> bool:
    """It holds a letter that is written with two where there is none such: "Müller", "Mueller"."""
    return bool(_UMLAUT.search(word))


def with_digraphs(word: str) -> str:
    """The key of a word whose umlauts are written with two letters: "Müller" -> "mueller"."""
    return key(word.casefold().translate(letters.UMLAUTS))


@lru_cache(maxsize=65536)
def unmarked(word: str) -> str:
    """What "Müller", "Mueller" and "Muller" have in common, and names that are no forms of each other may have."""
    return re.sub("(?<=[aou])e|(?<=a)a", "", with_digraphs(word))


_V, _C = "aeiou", "bcdfghjklmnpqrstvwxz"
# In this order. What is left alone tells people apart in English: Smyth and Smith, Meyer and Meier, Ana and Anna.
_SPELLINGS = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        ("shch", "sh"), ("tsch|tch", "ch"), ("sch", "sh"), ("dzh|dj|zh", "j"), ("kh", "h"), ("ph", "f"), ("x", "ks"),
        ("w", "v"), ("q", "k"), (f"(?<=[{_V}])ss(?=[{_V}y])", "s"),
        ("(?:iy|ii|ij|yy|yi|y)$", "i"),
        ("^[yj]e", "e"), ("^i(?=[aou])", "y"), ("(?<=[ln])j(?=[aou])", "y"), ("ii(?=[aeou])", "i"),
        (f"(?<=[{_V}])[yj](?=[{_V}])", ""),  # Nazarba(y)ev, Mari(y)a
        (f"(?<=[{_V}])y(?=[{_C}])", "i"),  # Ba(y)den, Tcha(i)kovsky
        (f"(?<=[{_C}])yo", "e"),  # P(yo)tr, Gorbach(yo)v
        (f"(?<=[{_C}])y(?=[{_V}])", "i"),  # Natal(y)a
        ("off$", "ov"), ("eff$", "ev"), ("dr$", "der"),
    )
)  # fmt: skip


@lru_cache(maxsize=65536)
def spelling(word: str) -> str:
    """A word in Latin letters, however it was written in them: "Nazarbayev", "Nazarbaev" -> "nazarbaev"."""
    return _folded(word if word.isascii() else anyascii(word.replace("ћ", "ч").replace("Ћ", "Ч")))


def _folded(latin: str) -> str:
    found = latin.casefold()
    if not found.isalnum():  # the soft sign before a vowel is heard as a y: Соловьёв, Наталья
        found = re.sub(r"[^a-z0-9]", "", re.sub(r"['’](?=[aeiou])", "y", found))
    for pattern, by in _SPELLINGS:
        found = pattern.sub(by, found)
    return found


@lru_cache(maxsize=65536)
def spellings(word: str) -> frozenset[str]:
    """Every spelling of a word by the habits of its language; two words with one in common may be one.

    "Гриценко" is "gritsenko" in Russian and "hrytsenko" in Ukrainian, "Müller" is "muller" and "mueller".
    """
    found = {spelling(word)}
    small = word.casefold()
    if not word.isascii():
        if script(word) == "cyrillic":
            others = [letters.ukrainian(small), letters.serbian(small), letters.pinyin(small)]
        else:
            others = [small.translate(letters.CARONS), small.translate(letters.UMLAUTS)]
        found |= {_folded(anyascii(other)) for other in others if other}
    return frozenset(found | {letters.arabic(one) for one in found}) - {""} or frozenset({""})


_EITHER_SPELT = frozenset(map(spelling, _EITHER))
_SOUNDS = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        ("ch", "C"), ("sh", "S"), ("th", "t"), ("ck", "k"), ("c(?=[eiy])", "s"), ("c", "k"), ("ts|tz|z", "s"),
        ("(?<=.)h", ""), ("^[aeiouy]+", "A"), ("(?<=.)[aeiouy]", ""), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """The consonants of a word as they are heard, roughly: "Trump", "Трамп" -> "trmp"; a first vowel is "A"."""
    return _heard(spelling(word))


def sounds(word: str) -> frozenset[str]:
    """The same of every spelling the word may have."""
    return frozenset(map(_heard, spellings(word)))


def _heard(found: str) -> str:
    for pattern, by in _SOUNDS:
        found = pattern.sub(by, found)
    return found


# ------------------------------------------------------------------ Russian cases

# Ending of an oblique case -> endings the first case may have; the longest ending counts, then the shorter ones.
_CASES: dict[str, tuple[str, ...]] = {
    "ого": ("ий", "ый", "ой"), "его": ("ий",), "ому": ("ий", "ый", "ой"), "ему": ("ий",),
    "ым": ("", "ый"), "им": ("ий",), "ом": ("", "ий", "ый", "ой"), "ем": ("", "й", "ь", "ий"),
    "ой": ("а", "ая"), "ою": ("а", "ая"), "ей": ("я", "а", "ья"), "ую": ("ая",), "юю": ("яя",),
    "ьи": ("ья",), "ье": ("ья",), "ью": ("ья", "ь"), "ии": ("ия", "ий"), "ия": ("ий",),
    "ию": ("ий", "ия"), "ие": ("ий",),
    "а": ("",), "я": ("й", "ь"), "у": ("", "а"), "ю": ("й", "ь", "я"), "е": ("", "а", "я", "й", "ь"),
    "ы": ("а",), "и": ("я", "а", "ь"),
}  # fmt: skip
_CYRILLIC = re.compile(r"[\u0400-\u052f]")


def first_cases(word: str) -> Iterator[str]:
    """The word and what its first case may be: "Назарбаевым" -> "Назарбаевым", "Назарбаев", "Назарбаевый".

    Words that are not Cyrillic come back alone. Most of the forms are no words at all; they are looked up among
    names that are known.
    """
    yield word
    if not _CYRILLIC.search(word) or len(word) < 4:
        return
    seen = {word}
    for size in (3, 2, 1):
        for ending in _CASES.get(word[-size:].casefold(), ()):
            form = word[:-size] + ending
            if form not in seen and len(form) >= 2:
                seen.add(form)
                yield form
