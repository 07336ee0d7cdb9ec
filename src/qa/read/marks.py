"""What stands in or between a speaker's words and is not spoken: time marks, link markup, credits, page marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa import words
from qa.read.shapes import RANGE, TIME, seconds

_LONGEST_CREDIT = 300  # characters; a longer paragraph is somebody's words
_RULE = re.compile(r"^(?:[<\[(]\s*(?:…|\.\.\.)\s*[>\])]|(?:\\?\*\s*+){3,}+|[-–—_=*#~•\s]{3,}|[.\s]{6,}|[>\s]+)$")
_TIME_LINE = re.compile(
    rf"^\\?[\[(<]?{RANGE}\\?[\])>]?$"
    r"|^(?:END\s+)?\d{1,2}[:.]\d\d\s?[AaPp]\.?\s?[Mm]\.?(?:\s*\(?(?:[A-Z]{2,4}|local(?: time)?)\)?)?\.?$"  # of the day
    r"|^\d{1,2}[.:]\d\d(?:\s?(?:Uhr|hrs?|h|horas))?$"
)
# (BEGIN VIDEO CLIP), [The panel takes a short break.], *\[music\]*: a bracket around the whole line.
_ALL_BRACKET = re.compile(r"^[*_]*\\?(?:\[[^\[\]]{1,160}\\?\]|\([^()]{1,160}\))[*_.]*$")
_DIRECTION = re.compile(
    r"^\W*(?:begin|end|start|stop|commercial|video|audio|soundbite|through|via|speak|pause|laugh|applau|music|crosstalk"
    r"|inaudible|off|on camera|voice|singing|playing|recording|whereupon|recess|break|gavel|silence"
    r"|adjourn|lunch(?:eon)?\b|(?:a|the)\s+(?:short|brief|luncheon|overnight|midday)\b|translat|interpret|simultaneous"
    r"|\d{1,2}[.:]\d\d\s*[ap]\.?m\b|end(?:s|ed)?\b|conclu|no\s+(?:audible|verbal)"
    r"|(?:the\s+)?(?:(?:press\s+)?(?:briefing|conference|meeting|session|hearing|sitting|interview|discussion|call|court"
    r"|witness|jury|proceedings?)\b.{0,40}\b(?:ended|concluded|adjourned|began|withdrew|resumed|rose|sworn|affirmed"
    r"|excused|suspended|recessed|off\s+the\s+record)\b)|in\s+(?:private|camera|open\s+court)\b"
    r"|question (?:put|proposed|accordingly)|exhibits?\b|discussion (?:off|held)"
    r"|(?:documents?|papers|slides?|video)\b.{0,40}\b(?:shown|circulated|handed|played|displayed)"
    r"|shows (?:a |the )?(?:slide|picture|photo|chart|map|video)"
    r"|(?:the )?speaker (?:agreed|declined|refused|did not agree)|the motion was"
    r"|motion (?:made|agreed)|the (?:house|committee) (?:divided|proceeded)"
    r"|interjection|interruption|(?:some )?hon\.? members|número de expediente|ocupa la presidencia|soa a campainha"
    r"|pausa|risos|palmas"
    r"|aplausos|rumores|beifall|heiterkeit|unterbrechung|applaudiss|exclamations|sourires|rires|la séance|applausi"
    r"|аплод|смех|смеётся|звучит|пауза|перерыв|демонстр|показ|идёт|говорит)\w*",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"""^[\s*_\[(]*(?:
    transcri(?:bed|pt|ption)\ (?:provided\ |created\ |produced\ |generated\ |made\ )?(?:by|courtesy\ of)\b
    |(?:this|the|editable)\ (?:editable\ )?transcript(?:ion)?\ (?:was|has\ been|is|may|might|will)\b
     .{0,120}(?:generated|export|edited|automat|machine|computer|rush|final\ form|errors?|accura|provided|produced
     |copyright)
    |to\ order\ (?:a\ |an\ )?(?:video|copy|transcript)|transcribe\ your\ own\ content
    |(?:(?:closed\ )?caption(?:ing|s|ed)?|subtitl(?:es?|ed|ing))(?:\ (?:provided\ |made\ possible\ )?by\b|:\ ).{0,80}$
    |(?:sync(?:hroni[sz]ed|ed)?|resync\w*)?(?:\ ?(?:and|&)\ ?)?correct(?:ed|ions)\ by\b.{0,60}$
    |(?:sous-titr\w+|sous-titrage)\ (?:par|réalisé\w*|:|st'|société|de\ la\ communauté).{0,80}$
    |subt[ií]tulos\ (?:por|de|realizados|en\ español\ por|hechos\ por)\b.{0,60}(?:amara\.org|comunidad|$)
    |untertitel(?:ung)?(?:\ (?:von|der|des|im\ auftrag|aufgrund)\b|:).{0,80}$
    |legendas?\ (?:por|pela|feitas)\b.{0,60}$|sottotitoli\ (?:e\ revisione\ )?a\ cura\ di\b.{0,60}$
    |субтитры\ (?:сделал|создавал|подогнал|добавил|подготов)\w*.{0,60}$|редактор\ субтитров\b.{0,80}$
    |(?:www\.)?[\w-]+(?:\.[\w-]+){0,2}\.(?:com|org|net|tv|de|fr|ru|es)$
    |(?:página|pagina|seite|страница)\ \d{1,6}(?:\ (?:de|von|di|из)\ \d{1,4})?$
    |(?:(?:interview|transcript|programme)\ )?ends\W*$
    |prepared\ \d{1,2}(?:st|nd|rd|th)?\ \w+\ \d{4}\W*$
    |\(?(?:schluss|beginn|ende)(?:\ der\ sitzung)?:?\ \d{1,2}[.:]\d\d\ uhr\W*$
    |\(?la\ (?:séance|réunion)\ (?:est\ )?(?:levée|suspendue|reprise|ouverte|close)\b.{0,30}\ à\ .{3,40}$
    |\(?(?:se\ )?(?:levanta|suspende|reanuda|abre)\ la\ sesión\b.{0,60}$
    |(?:the\ )?(?:meeting|sitting|session|committee|house|council|hearing|proceedings)\ (?:was\ |were\ |then\ )*
     (?:rose|closed|adjourned|ended|resumed|suspended)\b.{0,60}\d.{0,30}$
    |(?-i:Meeting|Sitting|Session|Hearing)\ (?:suspended|adjourned|closed|concluded
     |continued\ in\ (?:private|public)\b.{0,40})\W*$
    |(?-i:On\ resuming)\W*$|(?-i:Members)\ indicated\ (?:agreement|disagreement|assent)\W*$
    |(?-i:Amendments?|Motions?|Sections?|Schedules?|Clauses?)(?:\ \d[\d,\ ]{0,20}(?:(?:to|and)\ \d{1,3})?)?,?
     \ (?:by\ leave,\ )?(?:agreed\ to|disagreed\ to|withdrawn|negatived|not\ moved)\W*$
    |(?:eran?|son)\ las?\ .{3,40}\ de\ la\ (?:tarde|mañana|noche)\W*$
    |(?:meeting|call|recording)\ (?:ended|started)\ (?:after|at)\b
    |(?:automatically|automated|auto|machine|ai)[\ -](?:generated|transcri)
    |(?:end|start|конец)\ (?:of\ )?(?:the\ )?(?:(?:first|second|third|fourth|last)\ )?
     (?:tape|side|transcript(?:ion)?|recording|audio|interview|file|meeting|записи|стенограммы)\b.{0,30}$
    |\#{3,}|-\ ?30\ ?-|\[?end\]?\s*(?:\d{1,2}:\d\d.{0,20})?$
    |(?:©|\(c\)\ |copyright\ (?:©|\(c\)|\d|by)).{0,200}$
    |(?:management\ discussion|questions?\ and\ answers?)\ section$|(?:prepared\ remarks|questions\ and\ answers):$
    |(?-i:QUESTIONS\ AND\ ANSWERS)$
    |(?:из\ )?стенограмм[аы]:?$|1-877-factset\b.{0,40}$
    |(?:corporate|company|other|conference\ call)\ participants$
    |minutes\ (?:manually\ |automatically\ )?(?:created|formatted|generated)\b.{0,120}$
    |\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\ \d{1,2}:\d\d(?::\d\d)?(?:\ ?[ap]m)?\]?\ [-–]\ [^:]{1,120}$  # left the chat
    |\[\d\d:\d\d(?::\d\d)?\]\ (?:\*+|-+!?-+|[<]?-{1,3}[>]?)\ \S.{0,120}$
    |action\ items?:\ .{0,400}$|transcription\ (?:ended|started|stopped)\ (?:after|at)\ [\d:]{4,8}$
    |.{2,40}\ adjourned\ at\ \d.{0,100}$
    |fastscripts\b.{0,40}$|.{2,60}\ interjecting\W*$|[●•·]\ ?\(\d{3,4}\)$
    |(?:published\ (?:under|by|on)\ the\ authority\ of|publié\ (?:en\ conformité\ de|avec)\ l['’]autorité)\b.{0,120}$
    |версия\ для\ печати\W*$|опубликован[оа]:?\ .{0,20}\d{4}.{0,30}$|print(?:er|able)?[\ -](?:friendly\ )?version\W*$
    |druckversion\W*$|version\ imprimable\W*$|versión\ para\ imprimir\W*$
    |.{0,80}\brush\ deadline\b|.{0,80}\bmay\ not\ be\ in\ its\ final\ form\b
    |äußerungen\ unserer\ gesprächspartner\b
    |all\ rights\ reserved|.{0,80}\ all\ rights\ reserved\.?$
    |la\ seduta\ (?:comincia|inizia|termina|ha\ (?:inizio|termine)|è\ (?:tolta|ripresa|sospesa))\ all(?:e|['’]).{1,30}$
    |la\ (?:seduta|séance),\ (?:sospesa|suspendue)\ .{1,60}\ (?:ripresa|reprise)\ .{1,30}$
    |la\ séance\ est\ (?:ouverte|reprise|suspendue|levée)\ à\ .{1,60}$
    |se\ (?:abre|levanta|suspende|reanuda)\ la\ sesión\ a\ las?\ .{1,60}$
    |(?:abre|encerra|levanta|suspende|reabre)-se\ a\ (?:sessão|reunião)\ às?\ .{1,60}$
    |(?:schluss|ende|beginn)\ der\ sitzung:?\ .{0,20}\d.{0,12}$|(?:açılma|kapanma)\ saati\s?:.{0,20}$
    |for\ information\ media\.?(?:\ not\ an\ official\ record\.?)?$
    |\(?[0-2]\d[0-5]\d\)$|column\ \d{1,5}[a-z]{0,2}$  # of the clock, of the printed page
    |(?:several|some|many)\ hon(?:\.|ou?rable)?\ members\ rose\W*$|(?:sitting|house)\ adjourned\W*$
    |written\ statements?\ \(rule\ \d{1,4}\)$|part\ \d{1,2}\ of\ \d{1,2}\ (?:ends|begins|starts)\b.{0,20}$
    |(?:page\ )?last\ (?:updated|modified|reviewed)(?:\ on\b|:).{0,60}$
    |page\ \d{1,4}(?:\ of\ \d{1,4})?$|\d{1,4}\ ?(?:/|of)\ ?\d{1,4}$
    |.{2,60}\ (?:started|stopped)\ transcription$
    |(?:расшифровка|стенограмма):?\ (?:подготовлена|выполнена|сделана)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# "*The Ladder is produced by Ilsa Odell. Music by The Rungs.*": italics tell it from what a host says.
_ITALIC_CREDIT = re.compile(
    r"^(?P<mark>[*_]{1,2})(?=\S)[^*_\n]{0,120}\b(?:produced|hosted|presented|edited|mixed|recorded|written|music)"
    r"(?: and \w{3,12})? by\b[^*_\n]{2,250}(?P=mark)$",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"!?\[(?P<text>(?:[^\[\]\n]|\\\[|\[[^\[\]\n]{0,200}\]){0,1000})\]\((?P<url>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"\n]*\")?\)"
)
_STAMP = re.compile(rf"\\?\[\\?(?P<time>{TIME})(?:\s*(?:-->|->|[-–—]|to)\s*{TIME})?\\?\](?:\s+to\s+\\?\[{TIME}\\?\])?")
_REFERENCE = re.compile(r"(?:^\s*(?:[TQ]?\d{1,2}\.)?\s*\[\d{4,8}\]|\[\d{4,8}\]\s*$)")  # of a question to a minister
_F4 = re.compile(r"\s*#\d\d:\d\d:\d\d(?:[-.]\d{1,3})?#")  # of the program f4, after the words
_STAMP_FIRST = re.compile(rf"(?:\\?[\[(<]\\?(?P<time>{TIME})(?:\s*(?:-->|->|[-–—]|to)\s*{TIME})?\\?[\])>])\s*")


# "<EXAMINATION BY MS ODELL [10.41am]", "<THE WITNESS WITHDREW": Australia's court reporters
_EVENT = re.compile(r"^<[A-Z][^a-z<>\[\]]{3,100}(?:\[\d{1,2}[.:]\d\d ?[ap]m\])?$")


def is_furniture(text: str) -> bool:
    """A line that is no speech: a rule, a time mark, a stage direction, a credit of the transcription."""
    if _RULE.match(text) or _TIME_LINE.match(text) or _EVENT.match(text) or is_credit(text):
        return True
    if _ALL_BRACKET.match(text):
        inner = text.strip("*_.\\[]() ")
        return text.strip("*_\\ ").startswith("[") or inner.isupper() or bool(_DIRECTION.match(inner))
    spans = words.furniture(text)
    return bool(spans) and not words.has_words(text, spans)


def is_credit(text: str) -> bool:
    """A line about the transcript itself: who made it, its copyright, its pages, its end."""
    return len(text) <= _LONGEST_CREDIT and bool(_CREDIT.match(text) or _ITALIC_CREDIT.match(text))


def spoken_spans(text: str) -> tuple[list[tuple[int, int]], float | None]:
    """The parts of a line that are words, and the media seconds the line begins with.

    Left out: time marks at the beginning of the line or of a sentence, and of Markdown links
    everything but their words. Inside a sentence a time mark stays.
    """
    holes, start_s = [], None
    if text.startswith(">"):  # a quotation in Markdown, a change of voice in captions
        holes.append((0, len(text) - len(text.lstrip("> "))))
    if first := _STAMP_FIRST.match(text):
        holes.append(first.span())
        start_s = seconds(first["time"])
    holes += [match.span() for match in _F4.finditer(text)] if "#" in text else []
    if "[" in text:
        holes += [match.span() for match in _STAMP.finditer(text) if _after_sentence(text, match.start())]
        holes += [match.span() for match in _REFERENCE.finditer(text)]
        holes += list(_link_marks(text))
    found, at = [], 0
    for start, end in sorted(holes):
        if start > at:
            found.append((at, start))
        at = max(at, end)
    if at < len(text):
        found.append((at, len(text)))
    return [(a, b) for a, b in found if text[a:b].strip()], start_s


def _after_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 100) : at].rstrip()  # a line of megabytes may hold a mark after every word
    return not before or before[-1] in '.!?…"”»*]'


def _link_marks(text: str) -> Iterator[tuple[int, int]]:
    if "](" not in text:
        return
    for match in _LINK.finditer(text):
        if match.group().startswith("!"):
            yield match.span()
        elif re.match(r"(?:https?|mailto|ftp):|[/#.]|\w[\w.-]*\.\w", match["url"]):
            yield match.start(), match.start("text")
            yield match.end("text"), match.end()
