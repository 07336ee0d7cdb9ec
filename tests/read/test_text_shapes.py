"""How people and programs print who speaks: one small text a shape, and who said what in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa import words
from qa.errors import ReadError
from qa.read import read_text

PATH = Path("/nowhere/meeting.txt")
NORA, TOM, ILSA = "Nora Ekdal", "Tom Baszko", "Ilsa Odell"
THREE = [(NORA, "The mill is open."), (TOM, "Since when?"), (NORA, "Since Monday.")]

SHAPES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "plain": ("Nora Ekdal: The mill is open.\nTom Baszko: Since when?\nNora Ekdal: Since Monday.", THREE),
    "blank-before-colon": ("Nora Ekdal : The mill is open.\nTom Baszko : Since when?\nNora Ekdal : Since Monday.", THREE),
    "full-width-colon": ("Nora Ekdal：The mill is open.\nTom Baszko：Since when?\nNora Ekdal：Since Monday.", THREE),
    "capitals": ("NORA EKDAL: The mill is open.\n\nTOM BASZKO: Since when?\n\nNORA EKDAL: Since Monday.", THREE),
    "words-below": ("Nora Ekdal:\nThe mill is open.\n\nTom Baszko:\nSince when?\n\nNora Ekdal:\nSince Monday.", THREE),
    "bullets": ("- Nora Ekdal: The mill is open.\n- Tom Baszko: Since when?\n- Nora Ekdal: Since Monday.", THREE),
    "star-bullets": ("* **Nora Ekdal:** The mill is open.\n* **Tom Baszko:** Since when?\n* **Nora Ekdal:** Since Monday.",
                     THREE),
    "bold-colon-inside": ("**Nora Ekdal:** The mill is open.\n\n**Tom Baszko:** Since when?\n\n**Nora Ekdal:** Since Monday.",
                          THREE),
    "bold-colon-outside": ("**Nora Ekdal**: The mill is open.\n\n**Tom Baszko**: Since when?\n\n**Nora Ekdal**: Since Monday.",
                           THREE),
    "bold-linked": ("**[Nora Ekdal](https://mill.example/nora):** The mill is open.\n\n"
                    "**[Tom Baszko](https://mill.example/tom):** Since when?\n\n**Nora Ekdal:** Since Monday.", THREE),
    "underscores": ("__Nora Ekdal:__ The mill is open.\n\n__Tom Baszko:__ Since when?\n\n__Nora Ekdal:__ Since Monday.", THREE),
    "headings": ("## Nora Ekdal\n\nThe mill is open.\n\n## Tom Baszko\n\nSince when?\n\n## Nora Ekdal\n\nSince Monday.", THREE),
    "time-in-brackets-before": ("[00:00:01] Nora Ekdal: The mill is open.\n[00:00:04] Tom Baszko: Since when?\n"
                                "[00:00:06] Nora Ekdal: Since Monday.", THREE),
    "time-with-milliseconds": ("[00:00:01.250] Nora Ekdal: The mill is open.\n[00:00:04.000] Tom Baszko: Since when?\n"
                               "[00:00:06.900] Nora Ekdal: Since Monday.", THREE),
    "time-range-before": ("[00:00:01.250 --> 00:00:03.000] Nora Ekdal: The mill is open.\n"
                          "[00:00:04.000 --> 00:00:05.000] Tom Baszko: Since when?\n"
                          "[00:00:06.900 --> 00:00:08.000] Nora Ekdal: Since Monday.", THREE),
    "time-bare-before": ("00:00:01 Nora Ekdal: The mill is open.\n00:00:04 Tom Baszko: Since when?\n"
                         "00:00:06 Nora Ekdal: Since Monday.", THREE),
    "time-after": ("Nora Ekdal (00:01):\nThe mill is open.\n\nTom Baszko (00:04):\nSince when?\n\n"
                   "Nora Ekdal (00:06):\nSince Monday.", THREE),
    "time-after-square": ("Nora Ekdal [00:00:01]: The mill is open.\nTom Baszko [00:00:04]: Since when?\n"
                          "Nora Ekdal [00:00:06]: Since Monday.", THREE),
    "time-after-colon": ("Nora Ekdal: [00:00:01] The mill is open.\nTom Baszko: [00:00:04] Since when?\n"
                         "Nora Ekdal: [00:00:06] Since Monday.", THREE),
    "time-alone-after-colon": ("NORA EKDAL: 00:00:01\nThe mill is open.\n\nTOM BASZKO: 00:00:04\nSince when?\n\n"
                               "NORA EKDAL: 00:00:06\nSince Monday.", THREE),
    "bold-time-before": ("[00:00:01] **Nora Ekdal:** The mill is open.\n\n[00:00:04] **Tom Baszko:** Since when?\n\n"
                         "[00:00:06] **Nora Ekdal:** Since Monday.", THREE),
    "bold-time-inside": ("**[00:01] Nora Ekdal:** The mill is open.\n\n**[00:04] Tom Baszko:** Since when?\n\n"
                         "**[00:06] Nora Ekdal:** Since Monday.", THREE),
    "escaped-time-inside": ("**Nora Ekdal:** \\[00:01\\] The mill is open.\n\n**Tom Baszko:** Since when?\n\n"
                            "**Nora Ekdal:** \\[00:06\\] Since Monday.", THREE),
    "recogniser-brackets": ("[SPEAKER_00]: The mill is open.\n[SPEAKER_01]: Since when?\n[SPEAKER_00]: Since Monday.",
                            [("SPEAKER_00", "The mill is open."), ("SPEAKER_01", "Since when?"),
                             ("SPEAKER_00", "Since Monday.")]),
    "recogniser-no-colon": ("[SPEAKER_00] The mill is open.\n[SPEAKER_01] Since when?\n[SPEAKER_00] Since Monday.",
                            [("SPEAKER_00", "The mill is open."), ("SPEAKER_01", "Since when?"),
                             ("SPEAKER_00", "Since Monday.")]),
    "recogniser-small": ("spk_0: The mill is open.\nspk_1: Since when?\nspk_0: Since Monday.",
                         [("spk_0", "The mill is open."), ("spk_1", "Since when?"), ("spk_0", "Since Monday.")]),
    "captions": (">> NORA EKDAL: The mill is open.\n>> TOM BASZKO: Since when?\n>> NORA EKDAL: Since Monday.", THREE),
    "small-letters": ("nora: the mill is open.\ntom: since when?\nnora: since monday.",
                      [("nora", "the mill is open."), ("tom", "since when?"), ("nora", "since monday.")]),
    "one-word-each-once": ("Nora: The mill is open.\nTom: Since when?", [("Nora", "The mill is open."), ("Tom", "Since when?")]),
    "asked": ("Q. The mill is open?\nA. It is.\nQ. Since when?\nA. Since Monday.",
              [("Q", "The mill is open?"), ("A", "It is."), ("Q", "Since when?"), ("A", "Since Monday.")]),
    "asked-colon": ("Q: The mill is open?\nA: It is.\nQ: Since when?\nA: Since Monday.",
                    [("Q", "The mill is open?"), ("A", "It is."), ("Q", "Since when?"), ("A", "Since Monday.")]),
    "briefing": ("MS. EKDAL:  The mill is open.\n\nQ    Since when?\n\nMS. EKDAL:  Since Monday.\n\nQ    Thank you.\n\n"
                 "END  2:15 P.M. EDT",
                 [("Ekdal", "The mill is open."), ("Q", "Since when?"), ("Ekdal", "Since Monday."), ("Q", "Thank you.")]),
    "broadcast": ("NORA EKDAL, HOST: The mill is open.\n\n(SOUNDBITE OF MUSIC)\n\nTOM BASZKO, BYLINE: Since when?\n\n"
                  "EKDAL: Since Monday.\n\n(COMMERCIAL BREAK)\n\nUNIDENTIFIED MALE: Finally.",
                  [(NORA, "The mill is open."), (TOM, "Since when?"), (NORA, "Since Monday."),
                   ("Unidentified Male", "Finally.")]),
    "chair-of-a-house": ("The Chair (Hon. Nora Ekdal (Ottawa, Lib.)): The mill is open.\n"
                         "Mr. Tom Baszko (Pell, CPC): Since when?\nThe Chair: Since Monday.", THREE),
    "titles-first": ("President of Belmoor Nora Ekdal: The mill is open.\nMinister of Finance Tom Baszko: Since when?\n"
                     "Nora Ekdal: Since Monday.\nTom Baszko: Good.", [*THREE, (TOM, "Good.")]),
    "long-office": ("Chairman of the board of directors of the Pell canal company Tom Baszko: It is closed.\n"
                    "Nora Ekdal: Why?\nTom Baszko: Ice.\nNora Ekdal: I see.",
                    [(TOM, "It is closed."), (NORA, "Why?"), (TOM, "Ice."), (NORA, "I see.")]),
    "other-case": ("Nora Ekdal: The mill is open.\nTOM BASZKO: Since when?\nNORA EKDAL: Since Monday.\n"
                   "Tom Baszko: Good.\nnora ekdal: Yes.", [*THREE, (TOM, "Good."), (NORA, "Yes.")]),
    "misspelt": ("Nora Lindqvane: One.\nTom Baszko: Two.\nNora Lindqvane: Three.\nTom Baszko: Four.\nNora Lindqavne: Five.\n"
                 "Tom Baszko: Six.\nNora Lindqvane: Seven.",
                 [("Nora Lindqvane", "One."), (TOM, "Two."), ("Nora Lindqvane", "Three."), (TOM, "Four."),
                  ("Nora Lindqvane", "Five."), (TOM, "Six."), ("Nora Lindqvane", "Seven.")]),
    "russian": ("Нора Экдаль: Мельница открыта.\nВопрос: Давно?\nНора Экдаль: С понедельника.\nРеплика: Наконец-то.",
                [("Нора Экдаль", "Мельница открыта."), ("Вопрос", "Давно?"), ("Нора Экдаль", "С понедельника."),
                 ("Реплика", "Наконец-то.")]),
    "accents": ("José Peña: El molino está abierto.\nÅsa Ångström: ¿Desde cuándo?\nJosé Peña: Desde el lunes.",
                [("José Peña", "El molino está abierto."), ("Åsa Ångström", "¿Desde cuándo?"),
                 ("José Peña", "Desde el lunes.")]),
    "cast-at-the-head": ("The mill talk\n\nHost: Nora Ekdal\nGuest: Tom Baszko\n\nNora Ekdal: The mill is open.\n"
                         "Tom Baszko: Since when?\nNora Ekdal: Since Monday.", THREE),
    "credit-at-the-end": ("Nora Ekdal: The mill is open.\nTom Baszko: Since when?\nNora Ekdal: Since Monday.\n\n"
                          "[End of transcript]\nTranscribed by Pell Typing Ltd.", THREE),
    "lists-and-times": ("Nora Ekdal: The mill is open. Three rules:\n1. No smoking.\n2. Note: the train leaves at 12:30.\n"
                        "Tom Baszko: Since when?\nNora Ekdal: See https://mill.example: it is all there.",
                        [(NORA, "The mill is open. Three rules: 1. No smoking. 2. Note: the train leaves at 12:30."),
                         (TOM, "Since when?"), (NORA, "See https://mill.example: it is all there.")]),
    "false-labels": ("Nora Ekdal: The mill is open.\nNote: bring a lamp.\nTime: noon.\nGreen Energy: that is the future, "
                     "green energy for all.\nTom Baszko: Since when?\nStep 2: we oil it.\nNora Ekdal: Since Monday.\n"
                     "Tom Baszko: Good.",
                     [(NORA, "The mill is open. Note: bring a lamp. Time: noon. Green Energy: that is the future, "
                             "green energy for all."),
                      (TOM, "Since when? Step 2: we oil it."), (NORA, "Since Monday."), (TOM, "Good.")]),
    "full-stop": ("Mr. EKDAL. The mill is open.\nMs. McBASZKO of Pell. Since when?\nMr. EKDAL. Since Monday.\nThe CHAIR. Good.",
                  [("Ekdal", "The mill is open."), ("McBaszko of Pell", "Since when?"), ("Ekdal", "Since Monday."),
                   ("The Chair", "Good.")]),
    "full-stop-hearing": ("    Senator Ekdal. The mill is open. Mr. Baszko, go on.\n    Mr. Baszko. Since when? I ask\n"
                          "Mr. Ekdal. He knows.\n    Senator Ekdal. Since Monday.",
                          [("Ekdal", "The mill is open. Mr. Baszko, go on."), ("Baszko", "Since when? I ask Mr. Ekdal. He knows."),
                           ("Ekdal", "Since Monday.")]),
    "asked-by": ("BY MR. BASZKO:\nQ. Is it open?\nA. It is.\nQ. Since when?\nA. Monday.\nMS. EKDAL: Objection.\nBY MS. EKDAL:\n"
                 "Q. Monday?\nA. Yes.",
                 [("Baszko", "Is it open?"), ("A", "It is."), ("Baszko", "Since when?"), ("A", "Monday."),
                  ("Ekdal", "Objection."), ("Ekdal", "Monday?"), ("A", "Yes.")]),
    "list-of-letters": ("Nora Ekdal: Three points.\nA. Roads\nB. Locks\nTom Baszko: Fine.\nNora Ekdal: Good.",
                        [(NORA, "Three points. A. Roads B. Locks"), (TOM, "Fine."), (NORA, "Good.")]),
    "nobody": ("**Nora Ekdal:** The mill is open.\n\n**Break:** \\[00:43\\] to \\[01:05\\]\n\nBuy more flour.\n\n"
               "**Tom Baszko:** Since when?\n\n**Jingle**: \\[02:00\\]\n\n**Nora Ekdal:** Since Monday.\n\n*\\[music\\]*",
               THREE),
    "earnings-call": ("Operator\n\nGood day, and welcome.\n\nNora Ekdal -- Chief Executive Officer\n\nThank you, operator.\n\nWe grew.\n\n"
                      "Tom Baszko -- Bank of Pell -- Analyst\n\nHow much?\n\nNora Ekdal -- Chief Executive Officer\n\nA lot.\n\n"
                      "Operator\n\nThank you.",
                      [("Operator", "Good day, and welcome."), (NORA, "Thank you, operator. We grew."), (TOM, "How much?"),
                       (NORA, "A lot."), ("Operator", "Thank you.")]),
    "script": ("NORA EKDAL\nThe mill is open.\n\nTOM BASZKO\nSince when?\n\nNORA EKDAL\nSince Monday.\n\nTOM BASZKO\nGood.",
               [*THREE, (TOM, "Good.")]),
    "messages": ("[12/01/2030, 10:15:22] Nora Ekdal: The mill is open.\n[12/01/2030, 10:16:00] Tom Baszko: Since when?\n"
                 "[12/01/2030, 10:17:00] Nora Ekdal: Since Monday.", THREE),
    "numbered": ("1. Nora Ekdal: The mill is open.\n2. Tom Baszko: Since when?\n3. Nora Ekdal: Since Monday.", THREE),
    "no-blank-after-colon": ("Nora Ekdal:The mill is open.\nTom Baszko:Since when?\nNora Ekdal:Since Monday.", THREE),
    "quoted": ("> **Nora Ekdal:** The mill is open.\n>\n> **Tom Baszko:** Since when?\n>\n> **Nora Ekdal:** Since Monday.", THREE),
    "first-names": ("Nora:\tThe mill is open.\nTom:\tSince when?\nNora:\tSince Monday.",
                    [("Nora", "The mill is open."), ("Tom", "Since when?"), ("Nora", "Since Monday.")]),
    "chinese": ("张三：磨坊开了。\n李四：什么时候？\n张三：星期一。",
                [("张三", "磨坊开了。"), ("李四", "什么时候？"), ("张三", "星期一。")]),
    "two-at-once": ("Nora and Tom: Welcome!\nNora: The mill is open.\nTom: Since when?\nNora: Since Monday.\nTom: Good.",
                    [("Nora and Tom", "Welcome!"), ("Nora", "The mill is open."), ("Tom", "Since when?"),
                     ("Nora", "Since Monday."), ("Tom", "Good.")]),
    "duma": ("Председательствующий. Начинаем.\nЯсень Г. И. У меня вопрос.\nПредседательствующий. Прошу.\nИз зала. Давно пора!\n"
             "Ясень Г. И., фракция мельников. Спасибо.",
             [("Председательствующий", "Начинаем."), ("Ясень Г. И.", "У меня вопрос."), ("Председательствующий", "Прошу."),
              ("Из зала", "Давно пора!"), ("Ясень Г. И.", "Спасибо.")]),
    "links": ("**Nora Ekdal:** The [mill](https://mill.example/a_(b)) is open.\n\n**Tom Baszko:** Since when?\n\n"
              "![A mill](mill.png)\n\n**Nora Ekdal:** Since Monday.", THREE),
    "point-and-dash": ("Nora Ekdal.- The mill is open.\n\nTom Baszko.- Since when?\n\nNora Ekdal.- Since Monday.\n\n"
                       "Tom Baszko.- Good: very good.",
                       [*THREE, (TOM, "Good: very good.")]),
    "dashes": ("Н. ЭКДАЛЬ – Мельница открыта.\n\nТ. БАШКО - Давно?\n\nН. ЭКДАЛЬ – С понедельника.\n\n"
               "Т. БАШКО - Вот как: давно.",
               [("Н. Экдаль", "Мельница открыта."), ("Т. Башко", "Давно?"), ("Н. Экдаль", "С понедельника."),
                ("Т. Башко", "Вот как: давно.")]),
    "asks-whom": ("NORA EKDAL (Mill) to the Minister of Bridges: The mill is open.\n\nTOM BASZKO: Since when?\n\n"
                  "NORA EKDAL: Since Monday.", THREE),
    "short-titles": ("Ing. Nora Ekdal: The mill is open.\nSig. Tom Baszko: Since when?\nIng. Nora Ekdal: Since Monday.",
                     [("Ing. Nora Ekdal", "The mill is open."), ("Sig. Tom Baszko", "Since when?"),
                      ("Ing. Nora Ekdal", "Since Monday.")]),
    "small-word-as-a-name": ("Des: The mill is open.\nNora Ekdal: Since when?\nDes: Since Monday.",
                             [("Des", "The mill is open."), (NORA, "Since when?"), ("Des", "Since Monday.")]),
    "welsh": ("Nora ap Rhys: The mill is open.\nTom Baszko: Since when?\nNora ap Rhys: Since Monday.",
              [("Nora ap Rhys", "The mill is open."), (TOM, "Since when?"), ("Nora ap Rhys", "Since Monday.")]),
    "title-with-a-colon": ("Trial Transcript: The Mill Case\n\nNora Ekdal: The mill is open.\n\nTom Baszko: Since when?\n\n"
                           "Nora Ekdal: Since Monday.", THREE),
    "german-briefing": ("Sprecher: Ekdal (BMM), Baszko (BMB), Odell (BMF)\n\nVORS. EKDAL: Die Mühle ist offen.\n\n"
                        "ZUSATZFRAGE: Seit wann?\n\nVORS. EKDAL: Seit Montag.\n\nFRAGE: Gut.\n\nFRAGE: Danke.",
                        [("Vors. Ekdal", "Die Mühle ist offen."), ("Zusatzfrage", "Seit wann?"),
                         ("Vors. Ekdal", "Seit Montag."), ("Frage", "Gut. Danke.")]),
    "sponsor-among-times": ("**[00:01] Nora Ekdal:** The mill is open.\n\n**[00:04] Tom Baszko:** Since when?\n\n"
                            "> **Sponsor:** Buy flour.\n\n**[00:08] Nora Ekdal:** Since Monday.\n\n"
                            "**[00:10] Tom Baszko:** I see.\n\n**[00:12] Nora Ekdal:** Do you?\n\n"
                            "**[00:14] Tom Baszko:** I do.",
                            [*THREE, (TOM, "I see."), (NORA, "Do you?"), (TOM, "I do.")]),
    "headings-between-turns": ("Nora Ekdal: The mill is open.\n\nThe Bridge and the Mill\n\nTom Baszko: Since when?\n\n"
                               "BREAK OF THE DAY\n\nNora Ekdal: Since Monday.\n\nTom Baszko: I see.\n\n"
                               "Nora Ekdal: Do you?\n\nTom Baszko: I do.\n\nWe have two mills\n\nNora Ekdal: Three.",
                               [*THREE, (TOM, "I see."), (NORA, "Do you?"), (TOM, "I do. We have two mills"), (NORA, "Three.")]),
    "foot-of-the-page": ("Nora Ekdal: The mill is open.\n\nTom Baszko: Since when?\n\nNora Ekdal: Since Monday.\n\n"
                         "(The briefing was concluded at 3:41 p.m.)\n\nNo 170", THREE),
    "source-below": ("Nora Ekdal: The mill is open.\n\nTom Baszko: Since when?\n\nNora Ekdal: Since Monday.\n\n"
                     "Quelle: Mitschrift der Mühle\n\nMühlenstr. 84, Pell", THREE),
    "otter-saint": ("Rev. Tom St. Baszko  0:01\nThe mill is open.\n\nNora Ekdal  0:04\nSince when?\n\n"
                    "Rev. Tom St. Baszko  0:06\nSince Monday.",
                    [("Tom St. Baszko", "The mill is open."), (NORA, "Since when?"), ("Tom St. Baszko", "Since Monday.")]),
    "earnings-call-with-cast": ("Operator\n\nThe mill is open.\n\nNora Ekdal -- Chief Executive Officer\n\nSince Monday.\n\n"
                                "Tom Baszko -- Chief Financial Officer\n\nSince Monday noon.\n\nOperator\n\nI see.\n\n"
                                "Nora Ekdal -- Chief Executive Officer\n\nDo you?\n\nOperator\n\n[Operator signoff]\n\n"
                                "Duration: 43 minutes\n\nCall participants:\n\nNora Ekdal -- Chief Executive Officer\n\n"
                                "Tom Baszko -- Chief Financial Officer\n\nMore about mills\n",
                                [("Operator", "The mill is open."), (NORA, "Since Monday."), (TOM, "Since Monday noon."),
                                 ("Operator", "I see."), (NORA, "Do you?")]),
}  # fmt: skip


def merged(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for speaker, text in pairs:
        if found and found[-1][0] == speaker:
            found[-1] = (speaker, f"{found[-1][1]} {text}")
        else:
            found.append((speaker, text))
    return found


@pytest.mark.parametrize("name", SHAPES)
def test_shapes(name: str) -> None:
    text, expected = SHAPES[name]
    one = read_text(text, PATH)
    assert merged([(turn.speaker, words.squeeze(turn.text)) for turn in one.turns]) == merged(expected)
    assert one.source_text is not None
    for turn in one.turns:
        for p in turn.pieces:
            ours = turn.text[p.start : p.start + p.length]
            assert ours == one.source_text[p.source_start : p.source_start + p.length]


@pytest.mark.parametrize(
    ("name", "label"),
    [("recogniser-brackets", "SPEAKER_00"), ("recogniser-small", "spk_0"), ("asked", "Q"), ("russian", "Вопрос")],
)
def test_voices_without_a_name_are_anonymous(name: str, label: str) -> None:
    one = read_text(SHAPES[name][0], PATH)
    assert {person.name: person.anonymous for person in one.people}[label]
    assert not any(person.anonymous for person in one.people if person.name in (NORA, TOM, "Нора Экдаль"))


def test_an_office_is_a_person() -> None:
    one = read_text("The Chair: Order.\nProject Manager: Fine.\nThe Chair: Go on.\nProject Manager: Yes.", PATH)
    assert [person.anonymous for person in one.people] == [False, False]


def test_a_slip_of_the_pen_is_a_guess() -> None:
    one = read_text(SHAPES["misspelt"][0], PATH)
    assert [turn.uncertain for turn in one.turns] == [False] * 4 + [True] + [False] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Our agenda has three items:\n- the mill\n- the bridge\n",
        "Note: bring a lamp.\nTime: 12:30\nPlace: the mill\n",
        "It rained. The train left at 12:30: nobody was on it.\n",
        "00:00 Intro\n03:10 The mill\n10:00 Questions\n",
        "Flour - white, a bag\nSalt - coarse, a bag\nYeast - fresh\nFlour - dark, a bag\nSalt - fine\n",
        "# The mill\n\n## History\n\nIt was built in 1911.\n\n## Future\n\nNobody knows.\n",
    ],
)
def test_texts_without_speakers(text: str) -> None:
    with pytest.raises(ReadError, match="no speaker labels"):
        read_text(text, PATH)
