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
    "chat-in-which-everybody-writes-once": (
        "12/05/2030, 18:01 - Nora Ekdal: Who brings milk?\n12/05/2030, 18:03 - Tom Baszko: I do.\n"
        "12/05/2030, 18:07 - +44 7700 900123: So do I.",
        [(NORA, "Who brings milk?"), (TOM, "I do."), ("+44 7700 900123", "So do I.")],
    ),
    "magazine-that-asks": (
        "Nora Ekdal: Come in.\n\nZEIT ONLINE: Is it open?\n\nNora Ekdal: It is.\n\nZEIT ONLINE: Since when?\n\n"
        "Nora Ekdal: Since Monday.\n\nZEIT ONLINE: So late?\n\nNora Ekdal: So late.\n\nZEIT ONLINE: Thank you.",
        [(NORA, "Come in."), ("Zeit Online", "Is it open?"), (NORA, "It is."), ("Zeit Online", "Since when?"),
         (NORA, "Since Monday."), ("Zeit Online", "So late?"), (NORA, "So late."), ("Zeit Online", "Thank you.")],
    ),
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
    "bold-and-italic": ("***Nora Ekdal:*** The mill is open.\n\n***Tom Baszko:*** Since when?\n\n***Nora Ekdal:*** Since Monday.",
                        THREE),
    "bold-then-time": ("**Nora Ekdal** (0:01): The mill is open.\n\n**Tom Baszko** (0:04): Since when?\n\n"
                       "**Nora Ekdal** (0:06): Since Monday.", THREE),
    "bold-then-time-in-italics": ("**Nora Ekdal** *[0:01]*: The mill is open.\n\n**Tom Baszko** *[0:04]*: Since when?\n\n"
                                  "**Nora Ekdal** *[0:06]*: Since Monday.", THREE),
    "time-in-italics-above-words": ("**Nora Ekdal** _0:01_\nThe mill is open.\n\n**Tom Baszko** _0:04_\nSince when?\n\n"
                                    "**Nora Ekdal** _0:06_\nSince Monday.", THREE),
    "linked-time-first": ("[0:01](https://v.example/?t=1) **Nora Ekdal:** The mill is open.\n\n"
                          "[0:04](https://v.example/?t=4) **Tom Baszko:** Since when?\n\n"
                          "[0:06](https://v.example/?t=6) **Nora Ekdal:** Since Monday.", THREE),
    "linked-time-after-name": ("**Nora Ekdal** ([0:01](https://v.example/?t=1)): The mill is open.\n\n"
                               "**Tom Baszko** ([0:04](https://v.example/?t=4)): Since when?\n\n"
                               "**Nora Ekdal** ([0:06](https://v.example/?t=6)): Since Monday.", THREE),
    "linked-time-after-colon": ("Nora Ekdal: [(0:01)](https://v.example/?t=1) The mill is open.\n\n"
                                "Tom Baszko: [(0:04)](https://v.example/?t=4) Since when?\n\n"
                                "Nora Ekdal: [(0:06)](https://v.example/?t=6) Since Monday.", THREE),
    "linked-time-on-its-line": ("**Nora Ekdal** [0:01](https://v.example/?t=1)\n\nThe mill is open.\n\n"
                                "**Tom Baszko** [0:04](https://v.example/?t=4)\n\nSince when?\n\n"
                                "**Nora Ekdal** [0:06](https://v.example/?t=6)\n\nSince Monday.", THREE),
    "account-in-place-of-a-name": (
        "[0:01] Nora Ekdal: The mill is open.\n[0:04] tom.b@pell.example: Since when?\n[0:06] Nora Ekdal: Since Monday.\n"
        "[0:07] Tom Baszko: So late?\n[0:08] Nora Ekdal: So late.\n[0:09] Tom Baszko: Well.",
        [(NORA, "The mill is open."), ("tom.b@pell.example", "Since when?"), (NORA, "Since Monday."), (TOM, "So late?"),
         (NORA, "So late."), (TOM, "Well.")],
    ),
    "no-account-but-words-with-a-time": (
        "[0:01] Nora Ekdal: The mill is open.\n[0:04] One thing more: no bikes.\n[0:06] Tom Baszko: Since Monday.\n"
        "[0:07] Nora Ekdal: So late?\n[0:08] Tom Baszko: So late.\n[0:09] Nora Ekdal: Well.",
        [(NORA, "The mill is open. One thing more: no bikes."), (TOM, "Since Monday."), (NORA, "So late?"),
         (TOM, "So late."), (NORA, "Well.")],
    ),
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
                     [("Ing. Nora Ekdal", "The mill is open."), (TOM, "Since when?"),
                      ("Ing. Nora Ekdal", "Since Monday.")]),
    "small-word-as-a-name": ("Des: The mill is open.\nNora Ekdal: Since when?\nDes: Since Monday.",
                             [("Des", "The mill is open."), (NORA, "Since when?"), ("Des", "Since Monday.")]),
    "welsh": ("Nora ap Rhys: The mill is open.\nTom Baszko: Since when?\nNora ap Rhys: Since Monday.",
              [("Nora ap Rhys", "The mill is open."), (TOM, "Since when?"), ("Nora ap Rhys", "Since Monday.")]),
    "title-with-a-colon": ("Trial Transcript: The Mill Case\n\nNora Ekdal: The mill is open.\n\nTom Baszko: Since when?\n\n"
                           "Nora Ekdal: Since Monday.", THREE),
    "german-briefing": ("Sprecher: Ekdal (BMM), Baszko (BMB), Odell (BMF)\n\nVORS. EKDAL: Die Mühle ist offen.\n\n"
                        "ZUSATZFRAGE: Seit wann?\n\nVORS. EKDAL: Seit Montag.\n\nFRAGE: Gut.\n\nFRAGE: Danke.",
                        [("Ekdal", "Die Mühle ist offen."), ("Zusatzfrage", "Seit wann?"),
                         ("Ekdal", "Seit Montag."), ("Frage", "Gut. Danke.")]),
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
    "committee-question-numbers": ("Q1 Chair: The mill is open.\nTom Baszko: Since when?\nQ2 Chair: Since Monday.\n"
                                   "Tom Baszko: Good.\nQ3 Ilsa Odell: Who says so?",
                                   [("Chair", "The mill is open."), (TOM, "Since when?"), ("Chair", "Since Monday."),
                                    (TOM, "Good."), (ILSA, "Who says so?")]),
    "bold-after-time": ("(Intro music)\n\n0:00:12.6 **Nora Ekdal** The mill is open.\n\n0:00:26.3 **Tom Baszko** Since-\n\n"
                        "0:00:28.6 **Nora Ekdal** Since Monday.\n\n0:00:40.1 **Tom Baszko** (laughs)\n\n"
                        "0:00:44.3 **Nora Ekdal** Ask the miller.", [(NORA, "The mill is open."), (TOM, "Since-"),
                                                                      (NORA, "Since Monday. Ask the miller.")]),
    "voices-in-small-letters": ("spk05: Welcome.\nspk00: The mill is open.\nspk05: Thank you.\nspk00: You are welcome.",
                                [("spk05", "Welcome."), ("spk00", "The mill is open."), ("spk05", "Thank you."),
                                 ("spk00", "You are welcome.")]),
    "brazilian-record": ("ABERTURA DA SESSÃO\nA SRA. PRESIDENTE (Nora Ekdal. PX - DF) - Bom dia a todos.\nChamo o Deputado.\n"
                         "EXPEDIENTE\n(Não há.)\nBREVES COMUNICAÇÕES\n"
                         "A SRA. PRESIDENTE (Nora Ekdal. PX - DF) - Passa-se às Breves Comunicações.\n"
                         "O SR. TOM BASZKO (PY - PB. Sem revisão do orador.) - Bom dia, Presidente.\n"
                         "A SRA. PRESIDENTE (Nora Ekdal. PX - DF) - Obrigada. (Palmas.)",
                         [(NORA, "Bom dia a todos. Chamo o Deputado. Passa-se às Breves Comunicações."),
                          (TOM, "Bom dia, Presidente."), (NORA, "Obrigada.")]),
    "spanish-letters": ("Portavoz.- Buenos días.\n\nP.- ¿Va a subir?\n\nPortavoz.- No va a subir.\n\nP.- ¿Y el molino?\n\n"
                        "Portavoz.- Tampoco.", [("Portavoz", "Buenos días."), ("P", "¿Va a subir?"),
                                                ("Portavoz", "No va a subir."), ("P", "¿Y el molino?"), ("Portavoz", "Tampoco.")]),
    "french-letters": ("Q - Le moulin est-il ouvert ?\n\nR - Oui, depuis lundi.\n\nQ - Et le pont ?\n\nR - Le pont aussi.",
                       [("Q", "Le moulin est-il ouvert ?"), ("R", "Oui, depuis lundi."), ("Q", "Et le pont ?"),
                        ("R", "Le pont aussi.")]),
    "clock-in-label": ("El Presidente diputado Tom Baszko: Pido silencio.\n\nLa diputada Nora Ekdal: Presidente.\n\n"
                       "El Presidente diputado Tom Baszko (12:17 horas): Se abre la sesión.\n\nLa diputada Nora Ekdal: Gracias.",
                       [(TOM, "Pido silencio."), (NORA, "Presidente."), (TOM, "Se abre la sesión."), (NORA, "Gracias.")]),
    "nameless-member": ("Mr. Baszko: The mill is open.\n\nMs. Ekdal: I am through with it.\n\n"
                        "An hon. Member: Are you?\n\nMs. Ekdal: I am.\n\nMr. Baszko: Good.\n\n(Question put and agreed to)",
                        [("Baszko", "The mill is open."), ("Ekdal", "I am through with it."), ("An hon. Member", "Are you?"),
                         ("Ekdal", "I am."), ("Baszko", "Good.")]),
    "fields-at-the-head": ("Talks of the Mill\n\nPeriod of Service: 11/03/1996 - 03/12/2007\nRelease Type:\nInterview\n"
                           "Released by:\n  • Ekdal, Nora\nDoorstop at the mill, Pell\n\nMINISTER:\n\nThe mill is open.\n\n"
                           "JOURNALIST:\n\nSince when?\n\nMINISTER:\n\nSince Monday.\n\nJOURNALIST:\n\nAnd the bridge?\n\n[ends]",
                           [("MINISTER", "The mill is open."), ("JOURNALIST", "Since when?"), ("MINISTER", "Since Monday."),
                            ("JOURNALIST", "And the bridge?")]),
    "search-box-at-the-foot": ("NORA EKDAL: The mill is open.\n\nTOM BASZKO: Since when?\n\nNORA EKDAL: Since Monday.\n\n"
                               "INTERVIEW ENDS\n\nPlease name the show if you quote it.\n\nSEARCH THE MILL SHOW:\nMost popular now",
                               THREE),
    "capitals-over-lines": ("El señor PRESIDENTE: Buenas tardes. ¿Se ratifica? (Asentimiento.) Así se\nentiende.\n\n"
                            "--APROBACION, CON COMPETENCIA LEGISLATIVA PLENA, A LA VISTA DEL INFORME ELABORADO POR LA\n"
                            "PONENCIA, DEL PROYECTO DE LEY SOBRE MOLINOS.\n\n(Número de expediente 121/000123.)\n\n"
                            "El señor PRESIDENTE: Procede el debate.\n\nEl señor BASZKO: Nada que añadir.\n\n"
                            "El señor PRESIDENTE: Se levanta la sesión.\n\nEran las cinco y diez minutos de la tarde.",
                            [("El señor PRESIDENTE", "Buenas tardes. ¿Se ratifica? Así se entiende. Procede el debate."),
                             ("Baszko", "Nada que añadir."), ("El señor PRESIDENTE", "Se levanta la sesión.")]),
    "calls-from-the-house": ("9.13\n\nAbgeordneter Tom Baszko (XYZ): Herr Präsident! Das stimmt nicht! (Beifall bei der XYZ. – "
                             "Abg. Odell: Von einem Antrag steht da gar nix!) Die Mühle ist offen.\n\n9.14\n\n"
                             "Präsidentin Nora Ekdal: Danke. (Ruf bei der XYZ: Lauter!)\n\n"
                             "Abgeordneter Tom Baszko (XYZ): Bitte.\n\nPräsidentin Nora Ekdal: Die Sitzung ist geschlossen.",
                             [(TOM, "Herr Präsident! Das stimmt nicht! Die Mühle ist offen."), (NORA, "Danke."),
                              (TOM, "Bitte."), (NORA, "Die Sitzung ist geschlossen.")]),
    "times-before-paragraphs": ("00:05 Nora Ekdal: The mill is open.\n\n00:07 Tom Baszko: Since when?\n\n"
                                "00:10 I was there.\n\n00:12 Nora Ekdal: Since Monday.",
                                [(NORA, "The mill is open."), (TOM, "Since when? I was there."), (NORA, "Since Monday.")]),
    "initials-of-the-first-labels": ("Interview with Nora Ekdal\n\nTom Baszko: ok, can you say your name?\n\n"
                                     "Nora Ekdal: Nora C. Ekdal.\n\nTB: Ok.\n\nNE: I was born in Pell.\n\nTB: When?\n\n"
                                     "NE: In 1931.",
                                     [(TOM, "ok, can you say your name?"), (NORA, "Nora C. Ekdal."), (TOM, "Ok."),
                                      (NORA, "I was born in Pell."), (TOM, "When?"), (NORA, "In 1931.")]),
    "names-alone-without-blank-lines": ("Operator\nWelcome to the call of the mill.\nTom Baszko - VP, CFO\nGood morning.\n"
                                        "The mill is open.\nOperator\nNora Ekdal, Pell Bank.\nNora Ekdal - Analyst\nSince when?\n"
                                        "Tom Baszko - VP, CFO\nSince Monday.\nNora Ekdal - Analyst\nThanks.",
                                        [("Operator", "Welcome to the call of the mill."), (TOM, "Good morning. The mill is open."),
                                         ("Operator", "Nora Ekdal, Pell Bank."), (NORA, "Since when?"), (TOM, "Since Monday."),
                                         (NORA, "Thanks.")]),
    "cast-with-firms": ("Executives\n\nTom Baszko - CFO\n\nAnalysts\n\nNora Ekdal - Pell Bank\n\nIlsa Odell - Mill & Sons.\n\n"
                        "Operator\n\nWelcome to the call of the mill.\n\nTom Baszko\n\nThe mill is open.\n\n"
                        "Question-and-Answer Session\n\nOperator\n\nA question from Nora Ekdal.\n\nNora Ekdal - Pell Bank\n\n"
                        "Since when?\n\nTom Baszko\n\nSince Monday.\n\nNora Ekdal - Pell Bank\n\nThanks.",
                        [("Operator", "Welcome to the call of the mill."), (TOM, "The mill is open."),
                         ("Operator", "A question from Nora Ekdal."), (NORA, "Since when?"), (TOM, "Since Monday."),
                         (NORA, "Thanks.")]),
    "french-journal": ("M. le président. La séance est ouverte.\nM. Tom Baszko, ministre du moulin, de l’eau et\n"
                       "du pont. Le moulin est ouvert. (Applaudissements sur les\nbancs du groupe XY.) Et le pont aussi.\n"
                       "Mme Nora Ekdal. C’est faux !\nM. le président. La parole est à M. Baszko.\n"
                       "M. Tom Baszko, ministre. Merci.",
                       [("M. le président", "La séance est ouverte."), (TOM, "Le moulin est ouvert. Et le pont aussi."),
                        (NORA, "C’est faux !"), ("M. le président", "La parole est à M. Baszko."), (TOM, "Merci.")]),
    "italian-record": ("PRESIDENTE. La seduta è aperta.\n\nNORA EKDAL (XY). Signor Presidente, il mulino è aperto.\n\n"
                       "PRESIDENTE. Grazie, onorevole Ekdal.\n\nTOM BASZKO (YZ). Da quando? (Applausi).\n\nPRESIDENTE. Grazie.",
                       [("Presidente", "La seduta è aperta."), (NORA, "Signor Presidente, il mulino è aperto."),
                        ("Presidente", "Grazie, onorevole Ekdal."), (TOM, "Da quando?"), ("Presidente", "Grazie.")]),
    "broadcast-voice-over": ("NORA EKDAL, MILL ANCHOR (voice-over): The mill is open.\n\nTOM BASZKO, MILLER: Since Monday.\n\n"
                             "EKDAL: He is sure.\n\nBASZKO: I am.",
                             [(NORA, "The mill is open."), (TOM, "Since Monday."), (NORA, "He is sure."), (TOM, "I am.")]),
    "call-of-a-service": ("CORPORATE PARTICIPANTS\nNora Ekdal\nChief Executive Officer, The Mill, Inc.\nTom Baszko\n"
                          "Chief Financial Officer, The Mill, Inc.\n" + "." * 40 + "\nOTHER PARTICIPANTS\nIlsa Odell\n"
                          "Analyst, Weir Securities LLC\n" + "." * 40 + "\nMANAGEMENT DISCUSSION SECTION\n"
                          "Operator: Good morning. We begin with Ms. Ekdal.\n" + "." * 40 + "\nNora Ekdal\n"
                          "Chief Executive Officer, The Mill, Inc.\nThe mill is open.\n" + "." * 40 + "\n"
                          "QUESTION AND ANSWER SECTION\nOperator: Our next question is from Ilsa Odell.\n" + "." * 40 +
                          "\nIlsa Odell\nAnalyst, Weir Securities LLC               Q\nSince when?\n" + "." * 40 +
                          "\nTom Baszko\nChief Financial Officer, The Mill, Inc.        A\nSince Monday.\n" + "." * 40 +
                          "\n1-877-FACTSET www.callstreet.com\nCopyright (c) 2030 FactSet CallStreet, LLC",
                          [("Operator", "Good morning. We begin with Ms. Ekdal."), (NORA, "The mill is open."),
                           ("Operator", "Our next question is from Ilsa Odell."), (ILSA, "Since when?"), (TOM, "Since Monday.")]),
    "numbers-in-the-margin": ("CHAIRPERSON:  Good morning.\nADV EKDAL:  Is the mill open?\n5 MR BASZKO:  It is, and the old\n"
                              "bridge beside it is open\n10 as well.\nADV EKDAL:  Since when?\n15 MR BASZKO:  Since Monday.\n"
                              "CHAIRPERSON:  Thank you.",
                              [("CHAIRPERSON", "Good morning."), ("Adv Ekdal", "Is the mill open?"),
                               ("Baszko", "It is, and the old bridge beside it is open as well."), ("Adv Ekdal", "Since when?"),
                               ("Baszko", "Since Monday."), ("CHAIRPERSON", "Thank you.")]),
    "minutes-of-a-chat": ("Mill group\nPresent: nora_e, Tom, ilsa\nChair: nora_e\nScribe: Tom\n\nThe mill\n\n"
                          "nora_e: The mill is open.\n\nilsa: Since when?\n\n<Tom> +1\n\nnora_e: Since Monday.\n\n"
                          "[End of minutes]\nMinutes manually created (not a transcript), formatted by a program.",
                          [("nora_e", "The mill is open."), ("ilsa", "Since when?"), ("Tom", "+1"), ("nora_e", "Since Monday.")]),
    "chat-of-handles": ("nora.ekdal  10:02 AM\nThe mill is open.\n\ntom  10:03 AM\nSince when?\n\n"
                        "nora.ekdal  10:05 AM\nSince Monday.",
                        [("nora.ekdal", "The mill is open."), ("tom", "Since when?"), ("nora.ekdal", "Since Monday.")]),
    "polish-record": ("Marszałek:\n\nOtwieram posiedzenie.\n\nPoseł Nora Ekdal:\n\nMłyn jest otwarty. (Oklaski) Od maja.\n\n"
                      "(Poseł Tom Baszko: Kiedy?)\n\nOd maja.\n\n(Głos z sali: Brawo!)\n\nMarszałek:\n\nDziękuję.",
                      [("Marszałek", "Otwieram posiedzenie."), (NORA, "Młyn jest otwarty. Od maja. Od maja."),
                       ("Marszałek", "Dziękuję.")]),
    "numbered-questions-set-apart": ("Witness: Professor Baszko.\n\nQ1                Nora Ekdal: Is the mill open?\n"
                                     "Professor Baszko: It is.\nQ2                Ilsa Odell: Since when?\n"
                                     "Professor Baszko: Since Monday.\nNora Ekdal: Thank you.",
                                     [(NORA, "Is the mill open?"), ("Baszko", "It is."), (ILSA, "Since when?"),
                                      ("Baszko", "Since Monday."), (NORA, "Thank you.")]),
    "foot-of-a-service": ("Q. Is the mill open?\nNORA EKDAL: It is.\n\nQ. Since when?\nNORA EKDAL: Since Monday.\n\n"
                          "FastScripts Transcript by ASAP Sports\n\nTranscripts are created on a rush deadline by a contractor.",
                          [("Q", "Is the mill open?"), (NORA, "It is."), ("Q", "Since when?"), (NORA, "Since Monday.")]),
    "office-and-holder": ("The Presiding Officer (Nora Ekdal): The mill is open.\n\nTom Baszko (Weir) (XY): Since when?\n\n"
                          "The Presiding Officer: Since Monday.\n\nTom Baszko: Thanks.",
                          [(NORA, "The mill is open."), (TOM, "Since when?"), (NORA, "Since Monday."), (TOM, "Thanks.")]),
    "capitals-and-full-stop": ("CHAIRMAN EKDAL. The mill is open. I have\nseen it.\n\nMR. BASZKO. Since when?\n\n"
                               "CHAIRMAN EKDAL. Since Monday.\n\nMR. BASZKO. [Statement--see Appendix.]\n\nSEVERAL. Thank you.",
                               [("Ekdal", "The mill is open. I have seen it."), ("Baszko", "Since when?"),
                                ("Ekdal", "Since Monday."), ("Several", "Thank you.")]),
    "name-then-time-below": ("Nora Ekdal\n(00:00:01)\nThe mill is open.\n\nTom Baszko\n(00:00:04)\nSince when?\n\n"
                             "Nora Ekdal\n(00:00:06)\nSince Monday.\n(00:00:09)\nOr Sunday.",
                             [(NORA, "The mill is open."), (TOM, "Since when?"), (NORA, "Since Monday. Or Sunday.")]),
    "name-and-time-in-the-line": ("Nora Ekdal [00:00:01] The mill is open.\n\nTom Baszko [00:00:04] Since when?\n\n"
                                  "Nora Ekdal [00:00:06] Since Monday.", THREE),
    "call-signs": ("Tape 1/1\n00 00 00 04  CDR   The mill is\n                   open.\n\n00 00 00 13  CC    Since when?\n\n"
                   "00 00 01 02  CDR   Since Monday.",
                   [("CDR", "The mill is open."), ("CC", "Since when?"), ("CDR", "Since Monday.")]),
    "interjections": ("Senator EKDAL (Weir) (14:05): The mill is open.\n\nHonourable senators interjecting—\n\n"
                      "The PRESIDENT: Order!\n\n● (1110)\n\nSenator EKDAL: Since Monday.",
                      [("Ekdal", "The mill is open."), ("The PRESIDENT", "Order!"), ("Ekdal", "Since Monday.")]),
    "log-of-a-chat": ("[10:00] <nora> The mill is open.\n[10:01] <tom_b> Since when?\n[10:02] * ilsa joined\n"
                      "[10:03] <nora> Since Monday.\n[10:04] <ilsa> Good.",
                      [("nora", "The mill is open."), ("tom_b", "Since when?"), ("nora", "Since Monday."), ("ilsa", "Good.")]),
    "messages-and-who-left": ("01/12/2030, 10:00 - Messages are end-to-end encrypted.\n01/12/2030, 10:01 - Nora Ekdal: The mill is open.\n"
                              "01/12/2030, 10:02 - Tom Baszko: Since when?\n01/12/2030, 10:03 - Nora Ekdal: Since Monday.\n"
                              "01/12/2030, 10:04 - Tom Baszko left", THREE),
    "press-conference-in-capitals": ("CHAIR EKDAL. Good afternoon. The mill is open.\n\nTOM BASZKO. Since when? We\nhave waited.\n\n"
                                     "CHAIR EKDAL. Since Monday.\n\nILSA ODELL. Thank you.\n\nCHAIR EKDAL. THE END.",
                                     [("Ekdal", "Good afternoon. The mill is open."), (TOM, "Since when? We have waited."),
                                      ("Ekdal", "Since Monday."), (ILSA, "Thank you. CHAIR EKDAL. THE END.")]),
    "european-record": ("(The sitting opened at 17:04)\n\nPresident. – The mill is open.\n\n"
                        "Tom Baszko, on behalf of the XY Group. – Since when?\n\nPresident. – Since Monday.\n\n"
                        "Ilsa Odell (YZ/ALE). – Thank you. I – too – was there.",
                        [("President", "The mill is open."), (TOM, "Since when?"), ("President", "Since Monday."),
                         (ILSA, "Thank you. I – too – was there.")]),
    "ukrainian-record": ("ГОЛОВУЮЧИЙ. Млин відкрито.\n\nКОВАЛЕНКО О.П. Відколи?\n\nГОЛОВУЮЧИЙ. З понеділка.\n\n"
                         "БОНДАР І. С. Дякую.",
                         [("Головуючий", "Млин відкрито."), ("Коваленко О.П.", "Відколи?"), ("Головуючий", "З понеділка."),
                          ("Бондар І. С.", "Дякую.")]),
    "round-brackets": ("(Anchor) The mill is open.\n(Reporter) Since when?\n(Anchor) Since Monday.\n(Reporter) Thanks.",
                       [("Anchor", "The mill is open."), ("Reporter", "Since when?"), ("Anchor", "Since Monday."),
                        ("Reporter", "Thanks.")]),
    "thanks-to-the-chair": ("Nora Ekdal  0:01\nThank you, Madam Chair.\n\nTom Baszko  0:04\nThank you, Minister.\n\n"
                            "Nora Ekdal  0:06\nThank you, President.",
                            [(NORA, "Thank you, Madam Chair."), (TOM, "Thank you, Minister."), (NORA, "Thank you, President.")]),
}  # fmt: skip


def merged(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for speaker, text in pairs:
        if found and found[-1][0] == speaker:
            found[-1] = (speaker, f"{found[-1][1]} {text}")
        else:
            found.append((speaker, text))
    return found


def test_a_list_in_fives_is_no_margin() -> None:
    text = "Nora Ekdal: We need\n5 boats\n6 oars\n10 ropes\n15 nails\n\nTom Baszko: Fine.\n\nNora Ekdal: Good."
    assert "15 nails" in read_text(text, PATH).turns[0].text


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
        "The mill committee\n\nClerks on duty: Lea Marchand, Ana Leal.\n\n" + "It rained upon the mill again.\n\n" * 40,
        "The mill committee\n\nStaff Present: Lea Marchand, Clerk.\n\n" + "It rained upon the mill again.\n\n" * 40,
    ],
)
def test_texts_without_speakers(text: str) -> None:
    with pytest.raises(ReadError, match="no speaker labels"):
        read_text(text, PATH)
