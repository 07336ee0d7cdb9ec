"""What editors print below an interview, in the languages they do it in: who made it, and what they did to it."""

from __future__ import annotations

import re

# Who made the recording or the text: "Prise de son: X", "Schnitt: X"
_MADE = (
    r"transkript(?:ion)?|transcript(?:ion)?|transcripción|trascrizione|transcrição|расшифровка|réalisation|prise de son"
    r"|montage|mixage|production|produced by|edited by|music(?: by)?|musique|realización|montaje|edición|producción"
    r"|música|sonido|regie|schnitt|tonmeister|ton und schnitt|produktion|redaktion|musik|regia|montaggio|produzione"
    r"|edição|produção|redactie|productie|montaż|realizacja|produkcja|монтаж|звукорежиссёр|звукорежиссер|режиссёр|режиссер"
    r"|продюсер|translation|traducción|traduction|übersetzung|traduzione|tradução|перевод|sound|sound design|photos?"
)
_MADE_BY = re.compile(rf"^\W*(?:{_MADE})\s?:\s", re.IGNORECASE)
_MAKER = re.compile(_MADE, re.IGNORECASE)
# What an editor says below the last words.
_EDITED = re.compile(
    r"""^\W*(?:(?:this|the|our)\ (?:interview|conversation|transcript|text|discussion|q&a)\ (?:has\ been|was|is)
     \ (?:[a-z]+ly\ )?(?:edited|condensed|shortened|abridged|conducted|translated|transcribed)\b
    |(?:das|dieses)\ (?:gespräch|interview)\ (?:führten?|moderierten?|wurde\ .{0,60}(?:gekürzt
     |geführt|redigiert|übersetzt))\b
    |(?:die\ fragen\ stellten?|aufgezeichnet\ von|interview\ und\ text)\b
    |(?:propos\ recueillis|entretien\ réalisé|interview\ réalisée)\ (?:par|le|à)\b
    |cet(?:te)?\ (?:entretien|interview)\ a\ été\ (?:réalisé|édité|condensé|relu|traduit|recueilli|mené|publié)
    |(?:esta|la)\ (?:entrevista|conversación)\ (?:ha\ sido|fue|se\ ha)\ (?:editad|condensad|realizad|traducid|transcri)
    |entrevista\ (?:realizada|concedida)\ (?:por|a)\b
    |(?:esta|a)\ entrevista\ foi\ (?:editad|condensad|realizad|traduzid)
    |(?:l['’]|questa\ )intervista\ è\ stata\ (?:realizzata|condensata|tradotta|rivista|pubblicata)\b
    |intervista\ (?:a\ cura\ di|raccolta\ da)\b
    |(?:dit|het)\ (?:interview|gesprek)\ (?:is|werd)\ (?:bewerkt|ingekort|afgenomen)
    |(?:беседовал[аи]?|беседу\ вел[аи]?|интервью\ (?:взял|провёл|провел|подготовил|сокращено|отредактировано))
    |rozmawiał[ai]?\b|rozmowę\ przeprowadził)""",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST = 300  # characters


def is_editors(text: str) -> bool:
    """ "Prise de son : X", "This conversation has been edited and condensed." """
    return len(text) <= _LONGEST and bool(_MADE_BY.match(text) or _EDITED.match(text))


def names_a_maker(label: str) -> bool:
    """It says who made a recording or a text, not who speaks in it: "Réalisation", "Schnitt"."""
    return bool(_MAKER.fullmatch(label))
