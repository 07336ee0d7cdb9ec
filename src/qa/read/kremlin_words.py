"""The furniture of kremlin.ru pages in English and Russian: what their lines look like."""

from __future__ import annotations

import re

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTHS_RU = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
_NUMBERS = {name: n for names in (_MONTHS, _MONTHS_RU) for n, name in enumerate(names.split("|"), 1)}
# The day, and on the same line perhaps the time and the place: "October 12, 2017, 14:15, Sochi".
DATE = re.compile(
    rf"^(?:(?P<month>{_MONTHS}) (?P<day>\d{{1,2}}), (?P<year>\d{{4}})"
    rf"|(?P<day_ru>\d{{1,2}}) (?P<month_ru>{_MONTHS_RU}) (?P<year_ru>\d{{4}})(?: года| г\.)?)"
    r"(?:\s*[,–—-]?\s*(?P<time>\d{1,2}:\d\d))?(?:\s*[,–—-]\s*(?P<place>[^\W\d_][^:!?]{1,60}))?$"
)
TIME = re.compile(r"^\d{1,2}:\d\d$")
COUNTER = re.compile(r"^\d{1,3} (?:of|из) \d{1,3}$")
OMISSION = re.compile(r"^[<\[(]\s*(?:…|\.\.\.)\s*[>\])]$")
BREAK = re.compile(r"^\*(?:\s*+\*)++$")
CONTINUED = re.compile(
    r"^[<\[(]*(?:to be continued|will be continued|продолжение следует|стенограмма (?:будет )?дополняется"
    r"|(?:полный )?текст будет опубликован)[.…]*[>\])]*$",
    re.IGNORECASE,
)
PHOTO = re.compile(
    r"^(?:photos?|фото(?:графия|графии)?|video|видео)\s?(?:by|courtesy|[:.©]|пресс-службы|ТАСС|РИА)", re.IGNORECASE
)
SECTIONS = frozenset(
    {
        *("Events", "News", "Transcripts", "Trips", "Speeches and transcripts", "Documents", "Photos", "Video"),
        *(
            "President",
            "President of Russia",
            "Structure",
            "Videos and Photos",
            "Contacts",
            "Search",
            "Subscribe",
            "Print",
        ),
        *("Share", "Meetings with senior officials", "Meetings with foreign leaders", "Presidential Executive Office"),
        *("События", "Новости", "Стенограммы", "Поездки", "Выступления и стенограммы", "Документы", "Фото", "Видео"),
        *("Президент", "Президент России", "Структура", "Видео и фото", "Контакты", "Поиск", "Подписка", "Поделиться"),
        *("Распечатать", "Версия для печати", "Print version"),
    }
)
TAIL = frozenset(
    {
        *("See also", "Geography", "Topics", "Persons", "Publication status", "Text version", "Related materials"),
        *("Additional materials", "Subject to", "Official website of the President of Russia", "Share", "Print"),
        *("Смотрите также", "География", "Темы", "Лица", "Статус материала", "Текстовая версия", "Материалы по теме"),
        *("Дополнительно", "Официальный сайт Президента России", "Поделиться", "Распечатать"),
        *("Версия для печати", "Print version", "Printable version"),
    }
)
PUBLISHED = ("Publication date: ", "Дата публикации: ", "Published: ", "Опубликовано: ")
IN_SECTION = ("Published in section", "Опубликован в раздел", "Опубликовано в раздел")
LINK = ("Direct link: ", "Link to this page", "Ссылка на материал", "Permanent link", "Постоянная ссылка")
LAST_LINE = frozenset({"Text version", "Текстовая версия"})
TOPICS = frozenset({"Topics", "Темы"})
PERSONS = frozenset({"Persons", "Лица"})
ATTENDED = re.compile(
    r"\b(?:attended|attending|took part|taking part|were present|was present|accompanied|were joined|also participated"
    r"|participated in (?:the|this) (?:meeting|talks|conversation)|present at the"
    r"|приняли участие|принял участие|приняла участие|принимают участие|принимали участие|участвовали|участвуют"
    r"|присутствовал[аи]?|присутствуют)\b",
    re.IGNORECASE,
)
CAPTION_WORDS = frozenset(
    """with at before after during following a an the meeting talks session conversation of and to for in on from left
    right centre center background foreground photo opening ceremony ahead prior news conference statements press
    signing plenary summit working visit joint informal official expanded format""".split()
)
# Beginnings of the words of a Russian caption: "На встрече с Президентом Казахстана".
CAPTION_STEMS = tuple(
    """встреч заседани совещани переговор церемони пресс-конференц бесед приём начал врем ход перед после слева справа
    центр рабоч государств президент премьер министр глав председател губернатор секретар советник помощник директор
    руководител канцлер корол принц генеральн исполняющ обязанност российск совместн расширенн узк состав пленарн
    саммит форум визит подписани вручени открыти""".split()
)

VERB = re.compile(r"(?:л[аои]?|л(?:ся|ась|ось|ись)|[еёиа]т|[уюая]т|[еиюуая]тся|ть|ться)$")  # endings, "состоялась"


def is_tail(text: str) -> bool:
    """A heading or a line of what follows the spoken part."""
    return text in TAIL or text.startswith((*PUBLISHED, *IN_SECTION, *LINK))


def iso(text: str | None) -> str | None:
    """ "October 12, 2017" and "12 октября 2017 года" as "2017-10-12"; None when it is no such day."""
    match = DATE.match(text or "")
    if not match:
        return None
    month = _NUMBERS[match["month"] or match["month_ru"]]
    day, year = int(match["day"] or match["day_ru"]), int(match["year"] or match["year_ru"])
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= day <= 31 else None
