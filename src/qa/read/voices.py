"""Labels that name no person: what a diarisation gives."""

from __future__ import annotations

import re

_ANONYMOUS = re.compile(
    r"""(?:speaker|spk|spkr|voice|participant|person|guest|caller|user|interviewee|respondent|attendee|channel
    |говорящий|спикер|участник|голос|диктор|sprecher|locuteur|hablante|intervenant)[\s_#.-]*(?:\d{1,4}|[a-z])
    |s\d{1,3}
    |(?:an?\s)?(?:unknown|unidentified|unnamed)(?:[\s_]+(?:speaker|voice|person|man|woman|male|female|participant))?
     (?:[\s_]*\d+)?
    |неизвестный(?:\s(?:говорящий|участник|спикер|голос))?(?:\s*\d+)?""",
    re.VERBOSE | re.IGNORECASE,
)


def is_anonymous(label: str) -> bool:
    """ "SPEAKER_00", "Speaker 1", "spk_0", "Unknown Speaker"."""
    return bool(_ANONYMOUS.fullmatch(" ".join(label[:80].split()).strip(" .:[]()<>")))
