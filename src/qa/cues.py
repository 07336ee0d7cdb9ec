"""What sort of answer a question asks for, and what in a text looks like one, in English and Russian.

Floor 0. A cue is weak evidence by itself; `qa.ranking` holds what each is worth, learnt from questions.
"""

from __future__ import annotations

import re
from functools import lru_cache

WH = ("who", "what", "when", "where", "why", "how", "how-many", "other")
CUES = ("number", "time", "place", "reason", "asks", "narration")

_HOW_MANY = re.compile(
    r"\b(?:how (?:many|much|long|old|often|far|big|large|high|tall)|by how|"
    r"what (?:percentage|share|number|amount|sum|price)|сколько|какой процент)\b",
    re.IGNORECASE,
)
_WH = re.compile(
    r"\b(?:(?P<who>who|whom|whose|кто|кого|кому|кем|чей|чья|чьи)|(?P<when>when|what (?:date|day|year|month|time)|"
    r"which (?:year|day|month)|когда|в каком году|какого числа)|"
    r"(?P<where>where|which (?:city|place|country)|где|куда|откуда)|"
    r"(?P<why>why|for what reason|what (?:was|is|were|are) the reasons?|почему|зачем)|"
    r"(?P<what>what|which|что|как(?:ой|ая|ие|ое))|(?P<how>how|как))\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundreds?|thousands?|millions?|"
    r"billions?|half|third|quarter|percent|double|twice|once|couple|один|два|три|четыре|пять|шесть|семь|восемь|девять|"
    r"десять|сто|тысяч\w*|миллион\w*|миллиард\w*|процент\w*|половин\w*|треть)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:today|tonight|tomorrow|yesterday|mornings?|afternoons?|evenings?|nights?|noon|midnight|o ?['’]? ?clock|"
    r"weeks?|weekends?|months?|years?|days?|hours?|minutes?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|"
    r"april|june|july|august|september|october|november|december|christmas|thanksgiving|soon|ago|last|next|since|ever|"
    r"\d{4}|\d+ ?[ap]\.?m|сегодня|завтра|вчера|утр\w+|вечер\w*|ноч\w+|недел\w+|месяц\w*|год\w*|лет|дн(?:я|ей)|час\w*|"
    r"январ\w+|феврал\w+|март\w*|апрел\w+|ма[йя]|июн\w+|июл\w+|август\w*|сентябр\w+|октябр\w+|ноябр\w+|декабр\w+)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:in|at|to|from|into|near|on|inside|outside|here|there|home|house|room|office|street|city|country|apartment|"
    r"hotel|school|hospital|restaurant|place|where|в|во|на|из|около|здесь|там|дом\w*|город\w*|стран\w+)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|['’]?cause|cos|since|so|reasons?|in order|due|therefore|want|need|have to|can['’]?t|just|потому|"
    r"поэтому|причин\w*|чтобы|из-за|так как)\b",
    re.IGNORECASE,
)
_NARRATION = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>)[\s.]*", re.DOTALL)
_ASKS = re.compile(r"\?[\s\"'”’»)]*$")
_NOBODY = re.compile(r"#.*#|narrator|рассказчик", re.IGNORECASE)


_ANNOUNCES = re.compile(
    r"\bon (?:the|our|today['’]?s|tonight['’]?s) agenda\b|\bagenda (?:for today |today )?(?:is|are|has|includes)\b|"
    r"\b(?:let ?['’]?s|let us|shall we|we will|we ?['’]?ll|i ?['’]?d like to|i want to|i would like to)"
    r"(?: now| then| first| next)* (?:turn|move|go on|come|get started|start|begin|talk about|discuss)\b|"
    r"\b(?:we|i) (?:now )?(?:turn|move on|come|go on) (?:now )?to\b|\bnext (?:item|topic|point|question|up)\b|"
    r"\bitem (?:number )?(?:\d+|one|two|three|four|five)\b|повестк\w+ дня|перейд[её]м к|переходим к",
    re.IGNORECASE,
)


def announces(text: str) -> bool:
    """Whether a sentence says what will be spoken about, rather than anything about it."""
    return _ANNOUNCES.search(text) is not None


def wh(question: str) -> str:
    """Which of `WH` a question asks: by its first question word; amounts before all others."""
    if _HOW_MANY.search(question):
        return "how-many"
    match = _WH.search(question)
    return match.lastgroup or "other" if match else "other"


_SEVERAL = re.compile(
    r"^(?:and |so |but |please )*(?:(?:which|what|name|list) (?:are |were )?(?:the |all |some )?(?:[\w'’-]+ ){0,2}?"
    r"(?!(?:was|is|does|has|this|as|its|his|us|less|news|process|business|access|address|progress|success)\b)[\w'’-]{2,}s\b"
    r"|(?:какие|перечисл\w+|назовите)\b)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"^\W*(?:and|also|another|(?:the|my|our|a) (?:other|second|third|fourth|next|last)|others?|second(?:ly)?|"
    r"third(?:ly)?|fourth(?:ly)?|next|finally|lastly|then|plus|besides|in addition|or|и|а также|ещё|еще|во-вторых|"
    r"в-третьих|кроме того|наконец|другие|другая|другой)\b",
    re.IGNORECASE,
)


def several(question: str) -> bool:
    """The question asks for more than one thing: "Which problems did X name?"."""
    return bool(_SEVERAL.match(question))


def goes_on(sentence: str) -> bool:
    """The sentence goes on with a list: "The other pressures ...", "And secondly ..."."""
    return bool(_GOES_ON.match(sentence))


@lru_cache(maxsize=65536)
def cues(text: str, speaker: str = "") -> tuple[float, ...]:
    """Which of `CUES` a text shows: 1.0 or 0.0 each, in that order.

    Args:
        speaker: a text of nobody in particular ("#NOTE#", "Narrator") tells what happens, as one that
            is bracketed as a whole does.
    """
    return (
        float(bool(_NUMBER.search(text))),
        float(bool(_TIME.search(text))),
        float(bool(_PLACE.search(text))),
        float(bool(_REASON.search(text))),
        float(bool(_ASKS.search(text))),
        float(bool(_NARRATION.fullmatch(text)) or bool(_NOBODY.fullmatch(speaker))),
    )
