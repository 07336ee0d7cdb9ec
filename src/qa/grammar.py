"""How questions are worded, in English and Russian: the frames around a topic, as data.

In these patterns "⟦n⟧" stands for the n-th person named in the question, put there by
`qa.question`; `{p}` is one or several of them, `{subject}` such a one or any short noun phrase.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

PERSON = r"⟦\d+⟧(?:(?:\s*,\s*|\s*/\s*)?(?:\s+(?:and|or|и|или|versus|vs\.?)\s+)?⟦\d+⟧)*"

# Verbs that only say that something was said: they tell nothing about the topic.
_EN_NEUTRAL = (
    r"(?:say|says|said|saying|tell|tells|told|talk|talks|talked|speak|speaks|spoke|spoken|mention|mentions|mentioned|"
    r"think|thinks|thought|feel|feels|felt|believe|believes|believed|comment|comments|commented|remark|remarked|"
    r"state|states|stated|discuss|discusses|discussed|express|expressed|describe|describes|described|view|views|viewed|"
    r"refer|referred|address|addressed|touch|touched|bring up|brought up|point out|pointed out|note|noted|"
    r"have to say|had to say|make of|see|sees|saw|regard|assess|characteri[sz]e[sd]?|go into|elaborate|opine|put it)"
)
# Verbs of speech or mind that belong to the topic as well ("Who asked for more time?").
_EN_SPEECH = (
    r"(?:ask|asks|asked|request\w*|demand\w*|thank|thanks|thanked|prais\w+|critici[sz]\w+|agree\w*|disagree\w*|object\w*|"
    r"admit\w*|den(?:y|ies|ied)|confirm\w*|announc\w+|declar\w+|emphasi[sz]\w*|stress\w*|insist\w*|rais(?:e|es|ed)|"
    r"predict\w*|hop(?:e|es|ed)|plan|plans|planned|want|wants|wanted|intend\w*|wish\w*|expect\w*|call|calls|called|"
    r"consider\w*|welcom\w+|congratulat\w+|invit\w+|offer\w*|promis\w+|warn\w*|claim\w*|argu\w+|explain\w*|suggest\w*|"
    r"propos\w+|recommend\w*|answer\w*|repl(?:y|ies|ied)|respond\w*|react\w*|complain\w*|jok\w+|apologi[sz]\w+|"
    r"acknowledg\w+|highlight\w*|outlin\w+|summari[sz]\w+|conclud\w+|doubt\w*|wonder\w*|know|knows|knew|like|likes|liked|"
    r"prefer\w*|support\w*|oppos\w+|favou?r\w*|defend\w*|reject\w*|vow\w*|pledg\w+|recall\w*|remember\w*|mean|means|meant|"
    r"urg\w+|advis\w+|assur\w+|blam\w+|estimat\w+|report\w*|list|lists|listed|quot\w+|nam(?:e|es|ed)|cit(?:e|es|ed))"
)
_EN_AUX = r"(?:did|does|do|has|have|had|will|would|is|was|are|were|can|could|should|might|may|must)"
_EN_ABOUT = (
    r"(?:about|on|upon|regarding|concerning|of|as to|with regard to|with respect to|in regard to|in relation to|"
    r"on the (?:topic|subject|question|issue|matter) of|in connection with|towards?)"
)
_EN_VIEW = (
    r"(?:views?|opinions?|positions?|stance|thoughts?|take|attitude|comments?|remarks?|words?|statements?|assessment|"
    r"opinion|reaction|response|answer|reply|explanation|description|proposals?|plans?|promises?|criticisms?|arguments?|"
    r"perspectives?|evaluation|quotes?|quotations?|message|point|concerns?|suggestions?|ideas?|feelings?|beliefs?)"
)
_EN_TALK = r"(?:questions?|presentations?|speech|speeches|testimony|pitch)"
_EN_OWN = (
    rf"(?:{_EN_TALK}|petitions?|motions?|amendments?|complaints?|objections?|announcements?|requests?|demands?|"
    r"warnings?|apolog(?:y|ies)|jokes?)"
)
_EN_AUDIENCE = (
    r"(?:committee|press|media|journalists|reporters|house|parliament|senate|assembly|council|court|board|jury|"
    r"group|team|others|rest|public|people|audience|chair(?:man|woman)?|president|minister|speaker|witness|meeting|host)"
)
_EN_WH = (
    r"(?:(?:on|in|to|by|for|with|from|at|of|about)\s+)?(?:what|how|why|when|where|which|who|whom|whose)"
    r"(?:\s+(?:exactly|else|precisely|kind of \w+|sort of \w+|much|many|often|long|far|well))?"
)


@dataclass(frozen=True)
class Grammar:
    """The compiled frames of one language.

    Attributes:
        asked: frames in order; group "subject" is who is to have said it, "rest" the topic, "verb"
            a verb that belongs to the topic. A match with no subject group has no speaker.
        who: group "rest" is what somebody said or did.
        attended, page, listing, comparison: tell the kind; matched against the whole question.
        when, where: beginnings of a question for a time or a place.
        event_words: words that speak of the event itself, not of a topic in it.
        group: noun phrases that mean everybody, anybody or the page.
        speech: a verb of speech or mind stands at the beginning of a text.
        lead: everything before the topic of a question without a speaker.
        bare_who, bare_why, bare_else, event_follow: follow-ups that are nothing but "who?", "why?", "what else?", "when?".
        possessive: "his", "her".
        her: "her" as an object.
        goes_on: the text begins with "and", "but": it goes on from the question before.
        fronted: a person, a comma, and a question about that person; group "rest".
        more: asks for more of the same.
        bare_how: nothing but "how much?", "how long?"; group "how".
        answers: whether, or how, somebody agreed, replied, reacted; groups "subject" and, where one is named, "object".
        subject_it: "it" within a question; the groups "lead" and "lead2" are kept.
        that_thing: "that N" at the end of a text; group "noun".
        about, what_about: follow-up beginnings; group "rest".
        pronoun: a personal pronoun for somebody named before.
        things: a pronoun that may stand for what was spoken about.
        there: "there" at the end of a text.
        else_: "else": not those spoken of before.
        that: a pronoun for the topic before, at the end of a text.
        says: a word of speech, mind or view stands anywhere.
        noise: words around a topic that tell nothing about it.
        who_is: asks who somebody is, or for somebody's office.
        twice: "what did A and what did B" with groups "first", "and", "second".
        each: "each of" before a person.
        the_page: words that ask for what the page itself says.
        about_last: "about ..." at the end; group "rest".
        asks: the text begins like a question.
        greeting: the whole text greets, thanks or agrees: no question.
        instruction: an order to do something else than to find what people said.
        then_asks: how a question follows an instruction in the same sentence.
        ask, ask_who, ask_why, ask_else, ask_more, ask_how: the sentences a follow-up becomes; fields {who}, {topic}
            and {how}, which is the question word.
    """

    asked: tuple[re.Pattern[str], ...]
    who: re.Pattern[str]
    attended: re.Pattern[str]
    page: re.Pattern[str]
    listing: re.Pattern[str]
    comparison: re.Pattern[str]
    when: re.Pattern[str]
    where: re.Pattern[str]
    event_words: frozenset[str]
    group: re.Pattern[str]
    speech: re.Pattern[str]
    lead: re.Pattern[str]
    about: re.Pattern[str]
    what_about: re.Pattern[str]
    bare_who: re.Pattern[str]
    bare_why: re.Pattern[str]
    bare_else: re.Pattern[str]
    event_follow: re.Pattern[str]
    pronoun: re.Pattern[str]
    things: re.Pattern[str]
    there: re.Pattern[str]
    else_: re.Pattern[str]
    possessive: re.Pattern[str]
    her: re.Pattern[str]
    goes_on: re.Pattern[str]
    fronted: re.Pattern[str]
    more: re.Pattern[str]
    bare_how: re.Pattern[str]
    answers: re.Pattern[str]
    subject_it: re.Pattern[str]
    that_thing: re.Pattern[str]
    that: re.Pattern[str]
    who_is: re.Pattern[str]
    says: re.Pattern[str]
    noise: re.Pattern[str]
    twice: re.Pattern[str]
    each: re.Pattern[str]
    the_page: re.Pattern[str]
    about_last: re.Pattern[str]
    asks: re.Pattern[str]
    greeting: re.Pattern[str]
    instruction: re.Pattern[str]
    then_asks: re.Pattern[str]
    ask: str
    ask_who: str
    ask_why: str
    ask_else: str
    ask_more: str
    ask_how: str


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _english() -> Grammar:
    subject = rf"(?P<subject>{PERSON}|(?:(?!{_EN_NEUTRAL}\b|{_EN_SPEECH}\b|⟦)[\w'’.-]+\s+){{1,6}}?)"
    person = rf"(?P<subject>{PERSON})"
    adverb = r"(?:(?:also|each|both|ever|actually|really|specifically|exactly|just|even|then|explicitly|publicly|first|again|only)\s+)*"
    have = r"(?:(?:have|has|had|be|been|being)\s+)?"
    to_whom = rf"(?:\s+(?:to|with)\s+(?:{PERSON}|him|her|them|us|me|everyone|the {_EN_AUDIENCE}))?"
    rest = r"(?P<rest>.*)"
    lead = (
        r"(?:(?:please|so|and|but|ok|okay|well|now|hi|hello|hey)[, ]+)*"
        r"(?:(?:can|could|would|will) you\s+(?:please\s+)?)?"
        r"(?:(?:tell|show|give|remind|find)\s+(?:me|us)\s+(?:again\s+)?|i(?:'d| would)? (?:want|like) to know\s+|do you know\s+"
        r"|i wonder\s+|quote\s+|find (?:out )?|summari[sz]e\s+|list\s+|explain\s+)?"
    )
    neutral = rf"{adverb}{have}{adverb}{_EN_NEUTRAL}\b(?:\s+(?:anything|something|nothing|at all|much))?"
    asked = (
        # What did X say (to Y) about T?   Did X say anything about T?
        rf"^{lead}(?:(?P<wh>{_EN_WH}(?:\s+[\w'’-]+){{0,5}}?)\s+)?{_EN_AUX}(?:n't|n’t)?\s+{subject}\s*{neutral}{to_whom}"
        rf"(?:\s+(?:about|on|of|regarding|concerning|that|as|to|upon|over)\b(?:\s+the (?:topic|subject|question|issue|matter) of)?)?(?:\s+{rest})?$",
        # What did X promise (about) T?   X belongs to the asker's words, the verb to the topic.
        rf"^{lead}(?:(?P<wh>{_EN_WH}(?:\s+[\w'’-]+){{0,5}}?)\s+)?{_EN_AUX}(?:n't|n’t)?\s+{subject}\s*{adverb}(?P<verb>{_EN_SPEECH})\b(?:\s+{rest})?$",
        # What did X worry about T?   Whatever one does about a subject, but for a few deeds, is said.
        rf"^{lead}(?P<wh>what)\s+{_EN_AUX}\s+{person}\s+{adverb}(?P<verb>(?!(?:do|does|did|hear|read|find|learn|see|get|happen|go|come|like|have)\b)[a-z]+)\s+(?:about|regarding|concerning)\s+{rest}$",
        # what X said about T
        rf"^{lead}(?:(?:what|how|why|whether|if|when|where|everything|anything|all|that)\s+)*{person}\s+{adverb}{have}{_EN_NEUTRAL}\b{to_whom}(?:\s+{_EN_ABOUT}\b)?(?:\s+{rest})?$",
        rf"^{lead}(?:(?:what|how|why|whether|if|when|where|everything|anything|all|that)\s+)*{person}\s+{adverb}(?P<verb>{_EN_SPEECH})\b(?:\s+{rest})?$",
        # X's view on T; what is the opinion of X on T
        rf"^{lead}(?:(?:what|how)\s+(?:{_EN_AUX}|about)\s+)?{person}(?:'s|’s|'|’)\s+(?:\w+\s+)?{_EN_VIEW}(?:\s+{_EN_ABOUT}\b)?(?:\s+{rest})?$",
        rf"^{lead}(?:(?:what|how)\s+{_EN_AUX}\s+)?(?:the\s+)?(?:\w+\s+)?{_EN_VIEW}\s+(?:of|by|from)\s+{person}(?:\s+{_EN_ABOUT}\b)?(?:\s+{rest})?$",
        rf"^{lead}(?:(?:what|how)\s+{_EN_AUX}\s+)?(?:the\s+)?{_EN_VIEW}\s+{_EN_ABOUT}\s+(?P<rest>.*?)\s+(?:of|by|from)\s+{person}$",
        # What was X's question about T?
        rf"^{lead}(?:what|how)\s+{_EN_AUX}\s+{person}(?:'s|’s|'|’)\s+(?:\w+\s+)?{_EN_TALK}\s+{_EN_ABOUT}\s+(?P<rest>.+)$",
        rf"^{lead}(?:what|how)\s+{_EN_AUX}\s+(?:the\s+)?(?:\w+\s+)?{_EN_TALK}\s+(?:of|by|from)\s+{person}\s+{_EN_ABOUT}\s+(?P<rest>.+)$",
        # What was X's question (about)?   What are the petitions of X about?   The noun belongs to the topic, too.
        rf"^{lead}(?:what|how)\s+{_EN_AUX}\s+{person}(?:'s|’s|'|’)\s+(?:\w+\s+)?(?P<verb>{_EN_OWN})(?:\s+{_EN_ABOUT})?(?:\s+{rest})?$",
        rf"^{lead}(?:what|how)\s+{_EN_AUX}\s+(?:the\s+)?(?:\w+\s+)?(?P<verb>{_EN_OWN})\s+(?:of|by|from)\s+{person}(?:\s+{_EN_ABOUT})?(?:\s+{rest})?$",
        # ..., in X's view
        rf"^{lead}(?P<rest>.*?),?\s+in\s+{person}(?:'s|’s|'|’)\s+(?:own\s+)?(?:words|view|opinion|perspective|eyes)$",
        # according to X, ...    ..., according to X
        rf"^{lead}according to\s+{person}\s*,?\s+{rest}$",
        rf"^{lead}(?P<rest>.*?),?\s+(?:according to|in the words of|in the opinion of|in the view of)\s+{person}$",
        rf"^{lead}(?:in|from)\s+{person}(?:'s|’s|'|’)\s+(?:own\s+)?(?:words|view|opinion|perspective)\s*,?\s+{rest}$",
        # X on T
        rf"^{lead}{person}\s*(?:\s+(?:on|about|regarding|re)|:)\s+{rest}$",
        # Why did X (do) T?  Has X (done) T?   The verb is no verb of speech.
        rf"^{lead}(?:(?P<wh>{_EN_WH}(?:\s+[\w'’-]+){{0,5}}?)\s+)?(?P<act>{_EN_AUX})(?:n't|n’t)?\s+{person}\s+{rest}$",
    )
    return Grammar(
        asked=tuple(_compile(pattern) for pattern in asked),
        who=_compile(
            rf"^{lead}(?:who|whose|which (?:speaker|person|participant|one|of ⟦\d+⟧|of (?:the |these |those )?\w+(?: \w+)?|member|politician|leader|president|minister|side|guest|host)|who else|anyone else who|by whom)(?!\w)"
            rf"(?:\s+(?:was it|is it|was the one|was the person|else|here|in the \w+))?(?:\s+(?:who|that))?\s*,?\s*(?P<rest>.*)$"
        ),
        attended=_compile(
            r"\bwho(?:m)?(?: else)?\b.*\b(?:attend|attended|attending|present|took part|take part|taking part|participat\w+|"
            r"came along|come along|came with|accompan\w+|joined|participants|attendees)\b"
            r"|\bwho(?:m)?(?: else| all)?(?: (?:was|were|is|are|came))?(?: (?:also|all|else|sitting))? (?:there|with (?:him|her|them)|at the (?:meeting|talks|table|event|hearing|session|interview|summit))$"
            r"|^who(?: all| else)? (?:spoke|speaks|speak|talked|are the speakers|were the speakers)(?: (?:here|there|at .*|in .*|during .*))?$"
            r"|\b(?:list|name|which|what|who were|who are|who is)\b.*\b(?:participants|attendees|speakers|people (?:present|attending|in attendance))\b"
            r"|^(?:did|was|were|is)\s+⟦\d+⟧\s+(?:also\s+)?(?:attend\w*|present|take part|at the (?:meeting|talks))\b"
        ),
        page=_compile(
            r"\bwhat (?:was|were|is|are|did|does|do|has been|have)\b.*\b(?:discuss\w*|talk(?:ed|s)? about|cover(?:ed|s)?|on the agenda|this (?:page|transcript|meeting|text) about|it about)\s*(?:at|in|during|by|between|here|together|$)"
            r"|\b(?:page|website|site|summary|report|article|editors?)\b.*\b(?:say|says|report|reports|tell|tells|mention|mentions|summar\w+|state|states)\b"
            r"|\baccording to the (?:page|summary|website|site|article|report|transcript)\b"
            r"|^(?:what is|what's) (?:the|this) \w+ about$|^summari[sz]e (?:the|this) \w+$|\b(?:topics?|tags?) (?:is|are|of|does) (?:the|this)? ?(?:page|it)\b"
            r"|\bpublish(?:ed)?\b"
        ),
        listing=_compile(
            r"\b(?:what else|which (?:other )?(?:topics|issues|points|subjects|things|countries|questions|matters|events|meetings)|what (?:topics|issues|points|subjects|things|other)|"
            r"list|everything|all the|main points|key points|summari[sz]e)\b"
        ),
        comparison=_compile(
            r"\b(?:compar\w+|differ\w*|versus|vs\.?|both|in common|disagree with each|agree with each|contrast\w*)\b"
        ),
        when=_compile(
            r"^(?:and |but |so |on |at |in )*(?:when|what (?:date|day|year|month|time)|which (?:date|day|year|month)|what's the date|on what date|how long ago)\b"
        ),
        where=_compile(
            r"^(?:and |but |so |in |at )*(?:where|what (?:city|place|town|venue|location|country)|which (?:city|place|town|venue|location))\b"
        ),
        event_words=frozenset(
            """meeting meet met meets talks talk event held hold take took place taken happen happened
            occur occurred conversation interview transcript session summit speak spoke say said this
            that it they he she the date day time place city start started begin began published publish
            publication page place located recorded record discussion hearing debate podcast episode
            there then go going page exactly year month town venue location country dated see saw each
            other together one another presidents leaders two""".split()
        ),
        group=_compile(
            r"^(?:(?:the|these|those|all|both|any|other|some|each|every|two|of|his|her|their)\s+){0,4}"
            r"(?:they|them|both|all|everyone|everybody|anyone|anybody|someone|somebody|people|participants?|speakers?|"
            r"sides?|leaders?|men|women|parties|presidents|team|group|groups|committee|members?|guests?|hosts?|panel|others?|"
            r"nobody|no one|it|this|that|we|you|i|there|meeting|page|transcript|text|conversation|discussion|article|summary|"
            r"interview|group mates|groupmates|teammates|person|he|she|him|her|one|party|company|document|debate|record|"
            r"students?|ministers|politicians|delegates|delegation|delegations|country|countries|government)"
            r"(?:\s+(?:of|in|at|on|else)\b.*)?$"
        ),
        speech=_compile(rf"^(?:{_EN_NEUTRAL}|{_EN_SPEECH})\b"),
        lead=_compile(
            rf"^{lead}(?:{_EN_WH}\s+)?(?:{_EN_AUX}(?:n't|n’t)?\s+)?(?:there\s+|it\s+)?(?:(?:anyone|anybody|someone|somebody|people|they|the page|the transcript|we|you|i)\s+)?"
            rf"(?:{neutral})?(?:\s*(?:anything\s+)?{_EN_ABOUT}\s+)?"
        ),
        about=_compile(r"^(?:and|but|or|also|then|ok|so|now)?[, ]*(?:about|on|regarding|concerning)\s+(?P<rest>.+)$"),
        what_about=_compile(r"^(?:and|but|so|ok|then|also)?[, ]*(?:(?:what|how) about|and|but)\s+(?P<rest>.+)$"),
        bare_who=_compile(
            r"^(?:and|but|so)?[, ]*(?:who(?: else)?(?: (?:did|does|said|says|mentioned|spoke|talked)(?: (?:so|that|it|this|about it|about that|then|here))*)?|(?:did |does |has )?any(?:one|body) else(?: (?:say|said|mention|talk|speak)\w*(?: (?:so|that|it|this|about it|about that|of it))*)?)$"
        ),
        bare_why=_compile(
            r"^(?:and|but)?[, ]*why(?: (?:is|was|did) (?:that|it|this|he|she|they)(?: say (?:so|that|it))?)?$"
        ),
        bare_else=_compile(
            r"^(?:and|but|so)?[, ]*(?:what else|anything else|what more|what other things|more)(?: (?:did|does|has) (?:he|she|they|⟦\d+⟧) (?:say|said|mention|mentioned|talk about|talked about|bring up|add))?$"
        ),
        event_follow=_compile(
            r"^(?:and|but|so)?[, ]*(?P<wh>when|where|what date|which day|on what date|on which day|what day|what year|in what (?:city|year)|in which (?:city|year))"
            r"(?: (?:was|is|did|were|does|has)(?: (?:it|that|this|he|she|they|the \w+|all this|all that))?(?: (?:say|said|take place|happen|meet|held|said|meeting|talk|speak|been held))?(?: (?:it|that|this|so))?)?(?: exactly)?$"
        ),
        pronoun=_compile(r"\b(?:he|she|him|they|them)\b"),
        things=_compile(r"\bthem\b"),
        there=_compile(r"\bthere$"),
        else_=_compile(r"\b(?:who|anyone|anybody|somebody|someone)\s+else\b"),
        possessive=_compile(r"\b(?:his|hers?|their|theirs)\b"),
        her=_compile(r"\bher(?=$|\s+(?:about|on|for|in|at|to|when|if|that|and|or|before|after|with)\b)"),
        goes_on=_compile(r"^(?:and|but|so|also|then|ok(?:ay)?)\b[, ]*"),
        fronted=_compile(
            r"^(?:(?:and|but|so|also|then)\b[, ]*)?(?:(?:what|how) about|as for)?\s*(?P<who>⟦\d+⟧)\s*[,:–-]\s*(?P<rest>.+)$"
        ),
        more=_compile(
            r"^(?:(?:and|but|ok(?:ay)?|please|can you|could you)[, ]+)*(?:tell me more|more|go on|continue|elaborate|say more|show (?:me )?more|"
            r"(?:any )?more (?:details?|quotes?|on (?:that|this|it))|give (?:me )?more(?: details?)?|anything more|quote (?:him|her|them|more))"
            r"(?: (?:on|about|of) (?:that|this|it|him|her|them))?(?: please)?$"
        ),
        bare_how=_compile(
            r"^(?:and|but|so)?[, ]*(?P<how>(?:by |for )?how (?:much|many|long|often|far|big|old|high|large)|how|since when|until when|"
            r"to whom|with whom|for whom|which (?:ones?|of them)|what for|for what|like what|for example)(?: exactly| precisely| so)?$"
        ),
        answers=_compile(
            rf"^(?:(?:and|but|so)\b[, ]*)?(?:(?:how|what|why)\s+)?{_EN_AUX}(?:n't|n’t)?\s+(?P<subject>{PERSON}|he|she|they|any(?:one|body)(?: else)?|some(?:one|body)(?: else)?|the others?|others)\s+"
            r"(?:(?:also|ever|really|then|not|both)\s+)*(?:agree|disagree|reply|respond|react|answer|object|comment|concur|push back|oppose|support|confirm|deny|accept|reject|share|think so|say so|see it)"
            rf"(?:\s+(?:to|with|on|about|of))?(?:\s+(?:that|this|it|so|the same(?: way)?|too|as well|the (?:view|idea|proposal|point|claim|statement)|him|her|them|(?P<object>{PERSON})))*$"
        ),
        subject_it=_compile(
            rf"(?P<lead>\b(?:{_EN_AUX}(?:n't|n’t)?|when|often|much|many|long|why|how|what|whether|if|where|because|think|thinks|that)\s+)it\b"
            r"(?!\s+(?:is\s+|was\s+)?(?:true|possible|right|correct|clear|fair|important|necessary|time|that|mean|matter|take|seem|comes?)\b)(?!$)"
            rf"|(?P<lead2>\b{_EN_AUX}(?:n't|n’t)?\s+)(?:this|that)(?=\s+(?:be|have|help|work|affect|make|cost|change|cause|lead|include|an?|good|bad|useful|so)\b)"
        ),
        that_thing=_compile(r"\b(?:that|this|those|these|the same)\s+(?P<noun>[\w'’-]+)$"),
        that=_compile(
            r"\b(?:(?P<prep>to|about|on|of|regarding|with|for)\s+)?(?:that|this|it|the same(?: (?:thing|topic|subject|matter))?|the (?:topic|subject|matter|issue)|those|these)(?:\s+(?:topic|subject|matter|issue|too|as well|then))?$"
        ),
        says=_compile(
            rf"\b(?:{_EN_NEUTRAL}|{_EN_SPEECH}|{_EN_VIEW}|speech|quote|words|voice|hear|heard|anything|something|according)\b"
            r"|\b(?:by|from)\s+⟦"
        ),
        noise=_compile(
            rf"\b(?:{_EN_WH}|{_EN_AUX}|{_EN_NEUTRAL}|{_EN_VIEW}|regarding|concerning|about|when it comes to|with (?:respect|regard) to|"
            r"in respect of|as far as|is concerned|if anything|anything|something|any|was it that|it is true that|is it true that|"
            r"it true that|true that|do we know|do you know|you know|happen to|would you|i was wondering|wondering|whether|i need|i want|"
            r"i'd like|i would like|like to (?:hear|know|read|see)|to hear|hear|had to|to say|have to|there|it|that|who|by|from|speech|quotes?|"
            r"please|opening|closing|remarks|use|used|we|you|me|i)\b"
        ),
        who_is=_compile(
            r"^(?:(?:and|so|but)[, ]+)?(?:who (?:is|was|'s)\s+⟦\d+⟧"
            r"|(?:what|which)(?: (?:is|was))?(?: the)? (?:\w+ )?(?:role|position|post|title|job|office|function|rank)s? (?:of|does|did|has|had)\s+⟦\d+⟧(?:\s+(?:hold|held|have|has|had|occupy|serve in))?"
            r"|what (?:is|was)\s+⟦\d+⟧(?:'s|’s|'|’) (?:\w+ )?(?:role|position|post|title|job|office|function|rank)"
            r"|what (?:does|did)\s+⟦\d+⟧ do(?: for a living)?)$"
        ),
        twice=_compile(
            r"(?P<first>⟦\d+⟧)\s*,?\s+(?P<and>and)\s+(?:(?:what|how)\s+)?(?:did|does|do)\s+(?P<second>⟦\d+⟧)"
        ),
        each=_compile(r"\b(?:each|both|all|every|either)(?: one)?(?: of)?(?: the)?(?: two)?\s+(?=⟦)"),
        the_page=_compile(
            r",?\s*\b(?:according to|as reported (?:on|by)|reported (?:on|by)|(?:mentioned |named |listed )?on)\s+(?:the |this )?(?:page|website|site|web page|summary)(?: itself)?\b"
            r"|^what (?:does|did) (?:the |this )?(?:page|summary|website|site|article|report)(?: itself)? (?:say|tell|report|mention|state)(?: (?:about|on|of))?\b"
        ),
        about_last=_compile(r"\b(?:about|on|regarding|concerning)\s+(?P<rest>.+)$"),
        asks=_compile(rf"^(?:{_EN_WH}|{_EN_AUX})\b"),
        greeting=_compile(
            r"^(?:(?:hi|hello|hey|thanks|thank you|thx|good (?:morning|day|evening|afternoon|night)|ok|okay|bye|goodbye|yes|no|"
            r"please|test|testing|great|cool|nice|perfect|sure|there|all|again|you|very much|so much|a lot|everyone|how are you|"
            r"what's up|i see)[\s,.!?]*)+$"
        ),
        instruction=_compile(
            r"^(?:(?:please|now|first|instead|so|and|ok(?:ay)?|(?:can|could|would|will|must|should) you|you must|i want you to)[, ]+)*"
            r"(?:(?:ignore|disregard|forget|override|bypass)\s+(?:all|any|the|your|my|previous|prior|above|these|those|every\w*|"
            r"what|that|this|instructions|rules)\b"
            r"|you are (?:now|no longer)\b|from now on\b|(?:pretend|role-?play|act as|behave (?:as|like))\b"
            r"|(?:print|reveal|show|repeat|output|tell me|give me|what is|what's|what are)\s+(?:me\s+)?your "
            r"(?:(?:system|hidden|initial|secret|own)\s+)?(?:prompt|instructions|rules|api key|passwords?|secrets?)\b"
            r"|(?:write|compose|draft|generate|create|invent|make up|fabricate)\s+(?:(?:me|us)\s+)?(?:(?:a|an|some|the)\s+)?"
            r"(?:[\w-]+\s+){0,2}?(?:poem|song|story|essay|code|program|script|joke|email|letter|tweet|article|quote|quotation|"
            r"speech|haiku|limerick)s?\b"
            r"|(?:tell|give) (?:me|us) (?:a|another|some) (?:\w+ )?(?:jokes?|story|stories|poems?|recipes?)\b|sing\b)"
        ),
        then_asks=_compile(
            rf"(?:\band\b|,|\bthen\b|;|:)\s+(?:(?:please|then|just)\s+)*(?:(?:tell|show) (?:me|us)\s+)?(?=(?:{_EN_WH}|did|does|has)\b)"
        ),
        ask="What did {who} say about {topic}?",
        ask_who="Who said something about {topic}?",
        ask_why="Why {topic}?",
        ask_else="What else did {who} say?",
        ask_more="What else did {who} say about {topic}?",
        ask_how="According to {who}, {how} {topic}?",
    )


_RU_NEUTRAL = (
    r"(?:сказал\w*|скажет|говор\w+|рассказ\w+|дума\w+|счита\w+|полага\w+|упомина\w+|упомянул\w*|высказ\w+|отозвал\w+|"
    r"отзыва\w+|отметил\w*|заметил\w*|обсужда\w+|сообщ\w+|заявил\w*|заявля\w+|выразил\w*|выражал\w*|описал\w*|описыва\w+)"
)
_RU_SPEECH = (
    r"(?:спросил\w*|спрашива\w+|просил\w*|попросил\w*|ответил\w*|отвеча\w+|предложил\w*|предлага\w+|обещал\w*|пообещал\w*|"
    r"благодар\w+|поблагодар\w+|критик\w+|раскритик\w+|объясн\w+|назвал\w*|называ\w+|призвал\w*|призыва\w+|хотел\w*|хочет|"
    r"планиру\w+|отрица\w+|подтвер\w+|признал\w*|призна\w+|согласил\w+|возраз\w+|утвержда\w+|относит\w*|отнес\w+|оценил\w*|"
    r"оценива\w+|обвинил\w*|обвиня\w+|предупре\w+|вспомн\w+|вспомин\w+|знает|знал\w*|боит\w*|надеет\w*|понима\w+|вид(?:ит|ел\w*))"
)
_RU_ABOUT = r"(?:о|об|обо|про|насчет|насчёт|по поводу|по вопросу|относительно|касательно|по теме|к|на счет|на тему)"


def _russian() -> Grammar:
    subject = rf"(?P<subject>{PERSON}|(?:(?!{_RU_ABOUT}\b|⟦)[\w.-]++(?:\s+|$)){{1,3}}?)"
    person = rf"(?P<subject>{PERSON})"
    lead = r"(?:(?:пожалуйста|а|и|но|так|ну)[, ]+)*(?:скажи(?:те)?[, ]+|расскажи(?:те)?[, ]+|найди(?:те)?\s+)?"
    wh = r"(?:(?:о|об|про|в|на|с|к|по|за|из)\s+)?(?:что|как|почему|зачем|когда|где|какой|какая|какое|какие|каков\w*|сколько|чем|чего|чему|кого|кому|ком|чем|куда|откуда|какую|каким|каких|какого|каком)"
    to_whom = rf"(?:\s+{PERSON})?"
    asked = (
        rf"^{lead}(?:(?P<wh>{wh}(?:\s+[\w-]+){{0,3}}?)\s+)?{_RU_NEUTRAL}(?:\s+ли)?\s+{subject}\s*(?:(?:что-то|что-нибудь|что-либо)\s+)?(?:{_RU_ABOUT}\s+(?P<rest>.*)|,\s*(?P<rest2>.*))?$",
        rf"^{lead}(?:(?P<wh>{wh}(?:\s+[\w-]+){{0,3}}?)\s+)?{_RU_NEUTRAL}(?:\s+ли)?\s+{_RU_ABOUT}\s+(?P<rest>.+?)\s+{person}$",
        rf"^{lead}(?:(?P<wh>{wh}(?:\s+[\w-]+){{0,3}}?)\s+)?{subject}\s*{_RU_NEUTRAL}{to_whom}(?:\s+(?:{_RU_ABOUT}\s+)?(?P<rest>.*))?$",
        rf"^{lead}(?:(?P<wh>{wh}(?:\s+[\w-]+){{0,3}}?)\s+)?(?P<verb>{_RU_SPEECH})(?:\s+ли)?\s+{subject}(?:\s+(?P<rest>.*))?$",
        rf"^{lead}(?:(?P<wh>{wh}(?:\s+[\w-]+){{0,3}}?)\s+)?{subject}\s*(?P<verb>{_RU_SPEECH})(?:\s+(?P<rest>.*))?$",
        rf"^{lead}(?:каков[аоы]?\s+)?(?:мнение|позиция|взгляд|отношение|слова|точка зрения|оценка|ответ)\s+{person}(?:\s+(?:{_RU_ABOUT}\s+)?(?P<rest>.*))?$",
        rf"^{lead}(?:по словам|по мнению|согласно|со слов)\s+{person}\s*,?\s*(?P<rest>.*)$",
        rf"^{lead}(?P<rest>.*?),?\s+(?:по словам|по мнению|согласно|со слов)\s+{person}$",
        rf"^{lead}{person}\s+{_RU_ABOUT}\s+(?P<rest>.*)$",
        rf"^{lead}(?P<act>(?P<wh>{wh}(?:\s+[\w-]+){{0,3}}?)\s+){person}\s+(?P<rest>.*)$",
        rf"^{lead}(?P<act>(?P<wh>{wh}))\s+(?P<rest>\w+\s+{person}.*)$",
    )
    return Grammar(
        asked=tuple(_compile(pattern) for pattern in asked),
        who=_compile(rf"^{lead}(?:кто|чьи|чей|кто из \w+|кто ещё|кто еще)\b\s*(?P<rest>.*)$"),
        attended=_compile(
            r"\bкто\b.*\b(?:присутств\w+|участв\w+|принима\w+ участие|принял\w* участие|был\w* на встрече|участник\w*|сопровожда\w+|вместе с)\b"
            r"|\b(?:участник\w*|собеседник\w*)\b.*\b(?:встречи|интервью|беседы|разговора)\b"
        ),
        page=_compile(
            r"\b(?:что обсужда\w+|о чём (?:шла речь|говорили)|о чем (?:шла речь|говорили)|на странице|опубликован\w*)\b"
        ),
        listing=_compile(r"\b(?:что ещё|что еще|какие (?:темы|вопросы|проблемы)|перечисл\w+|всё, что|основные)\b"),
        comparison=_compile(r"\b(?:сравн\w+|отлича\w+|различ\w+|разниц\w+|оба)\b"),
        when=_compile(
            r"^(?:а |и |в |какого )*(?:когда|какого числа|какой день|в каком году|какая дата|в какой день)\b"
        ),
        where=_compile(r"^(?:а |и |в )*(?:где|в каком (?:городе|месте)|каком городе)\b"),
        event_words=frozenset(
            """встреча встречи встретились встретился интервью беседа беседы разговор состоялась состоялось
            состоялся прошла прошло прошел проходила проходило была было был это этот эта дата день
            произошло произошла проходил числа году городе месте опубликовано опубликована страница
            переговоры переговоров записано место""".split()
        ),
        group=_compile(
            r"^(?:(?:все|оба|эти|другие|кто-то|кто-нибудь)\s+)*(?:они|оба|все|кто-то|кто-нибудь|кто-либо|участники|собеседники|стороны|"
            r"лидеры|президенты|люди|он|она|это|там|здесь|вы|мы|я|стороны|тут)(?:\s.*)?$"
        ),
        speech=_compile(rf"^(?:{_RU_NEUTRAL}|{_RU_SPEECH})\b"),
        lead=_compile(
            rf"^{lead}(?:{wh}\s+)?(?:(?:здесь|тут|там|они|все|было)\s+)*(?:{_RU_NEUTRAL}\s*)?(?:{_RU_ABOUT}\s+)?"
        ),
        about=_compile(r"^(?:а|и|но)?[, ]*(?:о|об|обо|про|насчет|насчёт|по поводу)\s+(?P<rest>.+)$"),
        what_about=_compile(r"^(?:а|и|но)[, ]+(?:что (?:насчет|насчёт) |как (?:насчет|насчёт) )?(?P<rest>.+)$"),
        bare_who=_compile(
            r"^(?:а|и)?[, ]*кто (?:ещё|еще)?\s*(?:об этом|это|про это|так)?\s*(?:говорил\w*|сказал\w*|упоминал\w*|упомянул\w*)?\s*(?:об этом|это|про это|так)?$"
        ),
        bare_why=_compile(r"^(?:а|и|но)?[, ]*почему(?: (?:это|так|он так \w+))?$"),
        bare_else=_compile(r"^(?:а|и)?[, ]*что (?:ещё|еще)(?: (?:он|она|они|⟦\d+⟧) \w+| \w+ (?:он|она|они|⟦\d+⟧))?$"),
        event_follow=_compile(
            r"^(?:а|и)?[, ]*(?P<wh>когда|где|какого числа|в каком году|в каком городе)(?: (?:это|он|она|они))?(?: (?:было|была|был|произошло|состоял\w+|сказал\w*|прош\w+|говорил\w*))?(?: (?:это|он|она))?$"
        ),
        pronoun=_compile(r"\b(?:он|она|они|ему|ей|него|неё|нее|им|них)\b"),
        things=_compile(r"\b(?:них|ними)\b"),
        there=_compile(r"\b(?:там|туда)$"),
        else_=_compile(r"\bкто\s+(?:ещё|еще)\b"),
        possessive=_compile(r"\b(?:его|её|ее|их)\b"),
        her=_compile(r"(?!)"),
        goes_on=_compile(r"^(?:а|и|но|ну|так)\b[, ]*"),
        fronted=_compile(r"^(?:(?:а|и|но)\b[, ]*)?(?P<who>⟦\d+⟧)\s*[,:–-]\s*(?P<rest>.+)$"),
        more=_compile(
            r"^(?:(?:а|и|ну|пожалуйста)[, ]+)*(?:расскажи(?:те)? (?:подробнее|больше|ещё|еще)|подробнее|ещё|еще|продолжай(?:те)?|дальше|"
            r"поподробнее)(?: (?:об этом|про это|о нём|о нем|о ней))?(?:,? пожалуйста)?$"
        ),
        bare_how=_compile(
            r"^(?:а|и|но)?[, ]*(?P<how>(?:на |за )?сколько(?: лет| раз)?|как (?:долго|часто|далеко)|как именно|как|с кем|кому|зачем|для чего|например)$"
        ),
        answers=_compile(
            rf"^(?:(?:а|и|но)\b[, ]*)?(?:(?:как|что)\s+)?(?:(?P<subject>{PERSON}|он|она|они|кто-нибудь|кто-то)\s+)?(?:согласил\w+|соглас\w+|ответил\w*|возразил\w*|отреагировал\w*|"
            rf"прокомментировал\w*|поддержал\w*|подтвердил\w*|отрицал\w*)(?:\s+(?:ли|с|на|об))*(?:\s+(?:это\w*|этим|ему|ей|им|(?P<object>{PERSON})))*$"
        ),
        subject_it=_compile(r"(?!)"),
        that_thing=_compile(r"\b(?:эт(?:от|а|о|и|ой|ом|у|им|ого|их))\s+(?P<noun>[\w-]+)$"),
        that=_compile(
            r"\b(?:(?P<prep>об|о|на|про|по поводу)\s+)?(?:это|этом|этого|этому|то же самое|том же)\b(?:\s+тоже)?"
        ),
        says=_compile(
            rf"\b(?:{_RU_NEUTRAL}|{_RU_SPEECH}|мнени\w+|позици\w+|слов\w*|высказывани\w+|точк\w+ зрения|речи|цитат\w+)\b"
        ),
        noise=_compile(
            rf"\b(?:{_RU_NEUTRAL}|мнени\w+|позици\w+|слова|высказывани\w+|хотелось бы узнать|интересно|узнать|есть ли|ли|у|что|как|о|об|"
            r"про|по поводу|насч[её]т|относительно|касательно|бы|мне|нам|можно)\b"
        ),
        who_is=_compile(
            r"^(?:а\s+)?(?:кто так(?:ой|ая|ие)\s+⟦\d+⟧|как(?:ая|ую|ой) (?:должность|пост|роль)\b.*⟦\d+⟧.*|кем (?:является|работает|был|была)\s+⟦\d+⟧)$"
        ),
        twice=_compile(r"(?P<first>⟦\d+⟧)\s*,?\s+(?P<and>и)\s+(?:что\s+)?(?:сказал\w*\s+)?(?P<second>⟦\d+⟧)"),
        each=_compile(r"\b(?:каждый|оба|все)(?: из)?\s+(?=⟦)"),
        the_page=_compile(
            r",?\s*\bна (?:этой )?странице\b|^что (?:говорит|сообщает)(?:ся)? (?:эта )?страниц\w*(?: (?:о|об))?\b"
        ),
        about_last=_compile(r"\b(?:о|об|обо|про|насчет|насчёт|по поводу)\s+(?P<rest>.+)$"),
        asks=_compile(rf"^{wh}\b"),
        greeting=_compile(
            r"^(?:(?:привет|здравствуй(?:те)?|спасибо|большое|добр(?:ый|ое|ой) (?:день|утро|вечер|ночи)|пока|да|нет|ок|хорошо|ясно|"
            r"понятно|всем|вам|тебе|как дела|до свидания)[\s,.!?]*)+$"
        ),
        instruction=_compile(
            r"^(?:(?:пожалуйста|теперь|сначала|а|и|ты должен|вы должны)[, ]+)*"
            r"(?:(?:игнорируй|забудь|отбрось|проигнорируй)(?:те)?\b|притворись\b|представь(?:те)?,? что ты\b|ты теперь\b|веди себя\b"
            r"|(?:напиши|сочини|придумай|сгенерируй)(?:те)?\s+(?:\w+\s+){0,3}?(?:стих\w*|песн\w+|рассказ\w*|код\w*|эссе|письмо|"
            r"шутк\w+|цитат\w+|речь|стать\w+)\b|расскажи(?:те)?\s+(?:\w+\s+)?(?:анекдот\w*|шутк\w+|сказк\w+)\b"
            r"|(?:покажи|выведи|раскрой)(?:те)?\s+(?:\w+\s+)?(?:сво[йию]\w*|системн\w+)\b)"
        ),
        then_asks=_compile(
            rf"(?:\bи\b|,|\bзатем\b|;|:)\s+(?:(?:пожалуйста|потом)\s+)*(?:скажи(?:те)?[, ]+)?(?={wh}\b)"
        ),
        ask="Что сказал {who} о {topic}?",
        ask_who="Кто говорил о {topic}?",
        ask_why="Почему {topic}?",
        ask_else="Что ещё сказал {who}?",
        ask_more="Что ещё сказал {who} о {topic}?",
        ask_how="По словам {who}, {how} {topic}?",
    )


@lru_cache(maxsize=2)
def grammar(language: str) -> Grammar:
    """The frames of a language: "ru", or English for every other."""
    return _russian() if language == "ru" else _english()
