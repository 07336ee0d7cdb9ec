"""The few sentences the house says itself, in English and Russian."""

from __future__ import annotations

from qa.types import Question

_EN = {
    "empty-question": "Please ask a question, such as: What did somebody say about something?",
    "instruction": "I only find and quote what people said here. Ask: What did somebody say about something?",
    "empty-index": "Nothing is indexed yet. Add transcripts first: qa index PATH...",
    "off-topic": "Nobody said anything about that here.",
    "not-said": "{who} said nothing about {topic} here.",
    "not-said-perhaps": "{who} said nothing about {topic} here, as far as I can find.",
    "not-said-that": "{who} did not say that here, as far as I can find.",
    "not-said-list": "There are no words of {who} here.",
    "not-said-other": "{others} did:",
    "not-said-on-this": "On this, {others} said:",
    "not-said-other-days": "Outside that time, or without a date, {others} did:",
    "off-topic-then": "Nobody said anything about that in this time.",
    "not-said-then": "{who} said nothing about {topic} in this time.",
    "not-said-page": "The page itself mentions it:",
    "not-said-nobody": "Nobody else did either.",
    "silent": "{who} is named here but does not speak.",
    "unknown-speaker": 'Nobody called "{name}" speaks here.',
    "ambiguous-speaker": "More than one person here bears that name: {names}. Whom do you mean?",
    "nearest": "Did you mean {names}?",
    "speaking": "Speaking here: {names}.",
    "about-others": "About {topic}, {others} said:",
    "no-fact": "The transcript does not say.",
    "page": "The page says:",
    "uncertain": "(speaker uncertain)",
    "and": "and",
    "more": "{n} more",
}
_RU = {
    "empty-question": "Задайте, пожалуйста, вопрос, например: что сказал такой-то о том-то?",
    "instruction": "Я только нахожу и цитирую сказанное здесь. Спросите: что сказал такой-то о том-то?",
    "empty-index": "Пока ничего не проиндексировано. Добавьте стенограммы: qa index PATH...",
    "off-topic": "Здесь никто об этом не говорил.",
    "not-said": "{who}: об этом ({topic}) здесь ничего не сказано.",
    "not-said-perhaps": "{who}: насколько удалось найти, об этом ({topic}) здесь ничего не сказано.",
    "not-said-that": "{who}: насколько удалось найти, этого здесь не сказано.",
    "not-said-list": "{who}: слов этого человека здесь нет.",
    "not-said-other": "Об этом говорит {others}:",
    "not-said-on-this": "Об этом говорит {others}:",
    "not-said-other-days": "В другое время или без даты об этом говорит {others}:",
    "off-topic-then": "В это время здесь никто об этом не говорил.",
    "not-said-then": "{who}: об этом ({topic}) в это время здесь ничего не сказано.",
    "not-said-page": "Об этом сообщает сама страница:",
    "not-said-nobody": "Другие об этом тоже не говорили.",
    "silent": "{who}: этот человек упомянут, но не выступает.",
    "unknown-speaker": "Здесь не выступает никто по имени «{name}».",
    "ambiguous-speaker": "Здесь это имя носят разные люди: {names}. Кого вы имеете в виду?",
    "nearest": "Может быть, имеется в виду {names}?",
    "speaking": "Здесь выступают: {names}.",
    "about-others": "Об этом ({topic}) говорит {others}:",
    "no-fact": "В стенограмме этого нет.",
    "page": "На странице сказано:",
    "uncertain": "(кто говорит, точно не известно)",
    "and": "и",
    "more": "ещё {n}",
}


def say(question: Question, key: str, **values: str) -> str:
    """The sentence of that name in the question's language, filled in."""
    table = _RU if question.language == "ru" else _EN
    return table[key].format(**values)


def join(question: Question, names: tuple[str, ...] | list[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    *head, last = names
    return f"{', '.join(head)} {say(question, 'and')} {last}" if head else last
