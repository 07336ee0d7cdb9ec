"""Words of many languages for what somebody does in a meeting: sits in the chair, asks, bears witness, governs.

A label made of such words names a function and nobody: "The Chair", "De voorzitter", "Ведучий". By language; in small
letters, singular, of men and women, with the article where a language hangs it on ("formanden", "președintele"). A
word that is a common family name is left out (Richter, Maire, Biró, Starosta, Gast), unless it is rather the office.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_NOUNS = {
    "English": """presiding patient juror jury plaintiff applicant appellant petitioner claimant bailiff examiner
    solicitor barrister commentator anchor anchorman anchorwoman announcer narrator mc emcee referee trainer
    therapist psychologist counsellor counselor client customer caller agent citizen fiscal councilman councilwoman
    alderman selectman comptroller registrar ombudsman rapporteur convener convenor facilitator panelist panellist
    questioner respondent interviewee translator interpreter operator witness defendant victim resident commissioner
    student pupil principal superintendent sheriff trustee vice-chair vice-chairman co-chair co-host""",
    "Dutch": """voorzitter ondervoorzitter vicevoorzitter kamervoorzitter minister-president staatssecretaris
    burgemeester wethouder kamerlid raadslid griffier gespreksleider interviewster presentator presentatrice
    journaliste verslaggever verslaggeefster getuige tolk deskundige directeur bestuurder woordvoerder woordvoerster
    informateur dagvoorzitter officier advocaat advocate verdachte commissaris""",
    "German": """vorsitzender vorsitzende vorsitzenden präsident präsidentin vizepräsident vizepräsidentin
    bundespräsident bundespräsidentin alterspräsident bundeskanzler bundeskanzlerin kanzler kanzlerin
    ministerpräsident ministerpräsidentin bürgermeister bürgermeisterin oberbürgermeister oberbürgermeisterin
    staatssekretär staatssekretärin ministerin bundesminister bundesministerin staatsminister staatsministerin
    abgeordneter abgeordnete stadtrat stadträtin landrat landrätin moderatorin interviewerin interviewter
    interviewte journalistin reporterin sprecherin regierungssprecher regierungssprecherin berichterstatter
    berichterstatterin zeuge zeugin richterin staatsanwalt staatsanwältin rechtsanwalt rechtsanwältin angeklagter
    angeklagte sachverständiger sachverständige dolmetscher dolmetscherin schriftführer schriftführerin
    protokollführer ärztin patientin lehrerin schülerin studentin korrespondentin zuschauer zuschauerin zuhörer
    zuhörerin gastgeber gastgeberin gesprächsleiter gesprächsleiterin""",
    "Danish, Norwegian": """formand formanden forkvinde forperson forpersonen mødemødelederen møteleder møtelederen
    ordstyrer ordstyreren ordfører ordføreren varaordfører dirigent dirigenten leder lederen presidenten
    statsminister statsministeren ministeren statsråd statsråden borgmester borgmesteren stortingspresident
    visepresident visepresidenten næstformand næstformanden nestleder nestlederen intervjuer intervjueren
    intervieweren journalisten reporteren vært værten programleder programlederen studievært vitne vitnet vidne
    vidnet dommer dommeren forsvarer forsvareren aktor anklager anklageren tolken sekretær sekretæren sagsøger
    sagsøgte spørger saksordfører folketingsmedlem""",
    "Swedish": """ordförande ordföranden talmannen mötesordförande vice-ordförande statsministern ministern
    statsrådet utrikesminister finansminister borgmästare borgmästaren kommunalråd kommunalrådet riksdagsledamot
    moderatorn programledare programledaren intervjuare intervjuaren reportern journalist vittne vittnet domare
    domaren åklagare åklagaren försvarare försvararen sekreterare sekreteraren statssekreterare samtalsledare
    samtalsledaren värd värden tolk läkare läkaren""",
    "Finnish": """puheenjohtaja varapuheenjohtaja puhemies varapuhemies presidentti pääministeri ministeri
    kansanedustaja pormestari kaupunginjohtaja haastattelija haastateltava toimittaja juontaja todistaja tuomari
    syyttäjä puolustaja sihteeri tulkki asiantuntija lääkäri potilas opettaja opiskelija valtiosihteeri""",
    "Estonian": """esimees aseesimees eesistuja juhataja president peaminister minister riigikogulane linnapea
    küsitleja intervjueerija ajakirjanik saatejuht tunnistaja kohtunik""",
    "Latvian": """priekšsēdētājs priekšsēdētāja vadītājs vadītāja prezidents prezidente ministrs ministre premjers
    deputāts deputāte žurnālists žurnāliste intervētājs intervētāja liecinieks lieciniece tiesnesis""",
    "Lithuanian": """pirmininkas pirmininkė pirmininkaujantis pirmininkaujanti prezidentas prezidentė ministras
    ministrė premjeras premjerė žurnalistas žurnalistė vedėjas vedėja liudytojas liudytoja teisėjas teisėja""",
    "French": """président présidente vice-président vice-présidente ministre députée sénateur sénatrice conseiller
    conseillère rapporteur rapporteure rapporteuse secrétaire journaliste animateur animatrice modérateur
    modératrice intervieweur intervieweuse présentateur présentatrice témoin procureur procureure avocat avocate
    préfet préfète interprète greffier greffière directeur directrice médecin commissaire chancelier chancelière
    rédacteur rédactrice questeur""",
    "Spanish": """presidente presidenta vicepresidente vicepresidenta ministro ministra alcaldesa diputado diputada
    senadora senador portavoz secretario secretaria moderador moderadora entrevistador entrevistadora entrevistado
    entrevistada periodista presentador presentadora locutor locutora testigo juez jueza abogado abogada interventor
    gobernador gobernadora concejal concejala consejero consejera conductor conductora magistrado magistrada
    intérprete relator relatora director directora reportero reportera""",
    "Catalan, Galician": """president presidenta conseller consellera alcaldessa diputat diputada moderador
    entrevistador entrevistadora periodista presentador testimoni jutge jutgessa conselleiro conselleira alcaldesa
    deputado xornalista""",
    "Portuguese": """presidente presidenta vice-presidente ministro ministra primeiro-ministro primeira-ministra
    deputado deputada senadora vereador vereadora prefeito prefeita governador governadora relator relatora
    secretário secretária moderador moderadora entrevistador entrevistadora entrevistado entrevistada jornalista
    repórter apresentador apresentadora locutor locutora testemunha juiz juíza promotor promotora procurador
    procuradora advogado advogada intérprete diretor diretora porta-voz mediador mediadora""",
    "Italian": """presidente presidentessa vicepresidente ministro ministra sindaco sindaca deputato deputata
    senatore senatrice onorevole relatore relatrice segretario segretaria moderatore moderatrice intervistatore
    intervistatrice intervistato intervistata giornalista conduttore conduttrice presentatore presentatrice
    testimone magistrato magistrata avvocato avvocata interprete direttore direttrice assessore assessora
    consigliere consigliera cancelliere sottosegretario governatore""",
    "Romanian": """președinte președintele președinta președintă vicepreședinte vicepreședintele prim-ministru
    prim-ministrul premier premierul ministru ministrul ministra primar primarul primărița deputat deputatul
    deputata senator senatorul senatoarea secretar secretarul moderator moderatorul moderatoare moderatoarea
    reporter reporterul jurnalist jurnalistul jurnalista ziarist ziaristul ziarista realizator realizatorul
    intervievator martor martorul martora judecător judecătorul judecătoare procuror procurorul avocat avocatul
    raportor raportorul""",
    "Polish": """marszałek przewodniczący przewodnicząca wiceprzewodniczący wiceprzewodnicząca wicemarszałek
    prezydent wiceprezydent premier premierka ministra wiceminister minister poseł posłanka senatorka burmistrz
    wojewoda sędzia prokurator prokuratorka adwokat mecenas świadek biegły oskarżony oskarżona prowadzący prowadząca
    dziennikarz dziennikarka redaktor redaktorka reporter reporterka moderatorka sekretarz sprawozdawca
    sprawozdawczyni rzecznik rzeczniczka tłumacz tłumaczka protokolant protokolantka starościna marszałkini""",
    "Czech, Slovak": """předseda předsedkyně předsedající místopředseda místopředsedkyně prezident prezidentka
    premiér premiérka ministr ministryně ministerka poslanec poslankyně senátor senátorka primátor primátorka
    starostka hejtman hejtmanka moderátor moderátorka novinář novinářka redaktor redaktorka reportér reportérka
    tazatel tazatelka svědek svědkyně soudce soudkyně tlumočník tlumočnice zpravodaj zpravodajka tajemník tajemnice
    predseda predsedníčka predsedajúci predsedajúca podpredseda podpredsedníčka novinár novinárka svedok svedkyňa
    sudca sudkyňa poslankyňa ministerka spravodajca tlmočník""",
    "Slovene, Croatian, Serbian, Bosnian": """predsednik predsednica predsedavajući predsedavajuća predsjednik
    predsjednica predsjedavajući predsjedavajuća predsedujoči potpredsednik potpredsjednik podpredsednik premijer
    premijerka ministar ministarka ministrica minister gradonačelnik gradonačelnica poslanik poslanica zastupnik
    zastupnica novinar novinarka voditelj voditeljica voditeljka moderatorka svjedok svjedokinja svedok sudija sudac
    sutkinja sodnik tužilac tužitelj tajnik tajnica sekretar prevodilac председник председница председавајући
    председавајућа потпредседник потпредседница премијер премијерка министар министарка посланик посланица
    градоначелник новинар новинарка водитељ водитељка сведок судија тужилац секретар претседател претседавач водител
    новинар""",
    "Hungarian": """elnök alelnök házelnök elnökasszony levezető ülésvezető miniszterelnök miniszter államtitkár
    polgármester képviselő főpolgármester műsorvezető riporter újságíró szerkesztő kérdező moderátor tanú bírónő
    ügyész ügyvéd jegyző szakértő tolmács""",
    "Turkish": """başkan başkanı başkanvekili cumhurbaşkanı başbakan bakan bakanı milletvekili sunucu moderatör
    muhabir gazeteci spiker röportajcı tanık yargıç savcı avukat sekreter kâtip tercüman çevirmen sözcü müdür rektör
    doktor hasta öğretmen öğrenci""",
    "Azerbaijani, Kazakh, Uzbek": """sədr prezident deputat jurnalist aparıcı müxbir şahid төраға төрайым төрағасы
    президент министр депутат журналист жүргізуші тілші raisi vazir deputat jurnalist boshlovchi muxbir guvoh sudya""",
    "Greek": """πρόεδρος πρόεδρου προεδρεύων προεδρεύουσα αντιπρόεδρος πρωθυπουργός υπουργός υφυπουργός βουλευτής
    δήμαρχος περιφερειάρχης εισηγητής εισηγήτρια γραμματέας συντονιστής συντονίστρια δημοσιογράφος παρουσιαστής
    παρουσιάστρια ρεπόρτερ μάρτυρας δικαστής εισαγγελέας δικηγόρος διερμηνέας εκπρόσωπος ερωτών""",
    "Russian": """президент вице-президент премьер премьер-министр министр председатель председательствующий
    председательствующая сопредседатель ведущий ведущая корреспондент журналист журналистка интервьюер модератор
    репортёр репортер судья прокурор адвокат защитник обвинитель подсудимый подсудимая свидетель свидетельница
    потерпевший потерпевшая истец ответчик эксперт секретарь спикер депутат сенатор губернатор мэр глава докладчик
    докладчица директор переводчик переводчица диктор комментатор врач доктор пациент пациентка учитель учительница
    ученик ученица студент студентка оператор аналитик""",
    "Ukrainian": """голова головуючий головуюча співголова заступник президент прем'єр прем'єр-міністр міністр
    міністерка секретар депутат депутатка мер мерка губернатор ведучий ведуча журналіст журналістка кореспондент
    кореспондентка інтерв'юер інтерв'юерка модератор модераторка суддя прокурор прокурорка адвокат адвокатка свідок
    обвинувачений обвинувачена потерпілий потерпіла експерт доповідач доповідачка перекладач перекладачка репортер
    лікар лікарка пацієнт вчитель вчителька студентка""",
    "Belarusian": """старшыня вядучы вядучая прэзідэнт міністр дэпутат журналіст журналістка карэспандэнт суддзя
    сведка мэр""",
    "Bulgarian": """председател председателят председателка председателстващ председателстващият
    заместник-председател президент президентът министър министърът министърка премиер премиерът кмет кметът депутат
    водещ водещият водеща журналист журналистка репортер репортерка съдия прокурор адвокат свидетел докладчик""",
    "Arabic, Hebrew, Persian": """الرئيس الرئيسة رئيس رئيسة الوزير الوزيرة وزير المذيع المذيعة مذيع الصحفي الصحفية
    صحفي المحاور الشاهد القاضي المترجم النائب היו״ר היו"ר יו״ר הנשיא השר השרה העיתונאי העיתונאית המנחה המראיין
    המראיינת השופט השופטת העד המתורגמן رئیس وزیر خبرنگار مجری شاهد قاضی نماینده""",
    "Chinese": """主席 副主席 主持人 主持 记者 記者 总统 總統 总理 總理 部长 部長 市长 市長 法官 证人 證人 翻译""",
    "Japanese": """議長 副議長 委員長 大臣 首相 総理 司会 司会者 聞き手 質問者 証人 裁判長 通訳""",
    "Korean": """의장 부의장 위원장 대통령 총리 장관 시장 사회자 진행자 기자 증인 판사 앵커""",
    "Hindi": """अध्यक्ष सभापति उपाध्यक्ष प्रधानमंत्री मंत्री राष्ट्रपति पत्रकार""",
}  # fmt: skip
_ARTICLES = """the de het der die das den det le la l' les el los las o a os as il lo i gli un una une en ett et az
    al ha ο η το οι""".split()
# What stands before the noun of a function: which of several, or for how long.
_BEFORE = """acting deputy vice interim assistant associate prime first second third former ex honourable honorable
    hon lead senior junior chief co presiding temporary outgoing incoming elect high lord speaker pro tempore guest
    studio news press foreign public expert committee council meeting session panel court defense defence state
    federal plaatsvervangend eerste stellvertretender stellvertretende erster erste geschäftsführende
    geschäftsführender fungerende første andre vikarierande förste tredje ensimmäinen toinen premier première doyen
    suppléant suppléante primer primera segundo segunda primeiro primeira interino interina facente funzioni ad
    interim domnul doamna исполняющий обязанности заместитель первый первая вице главный перший перша виконуючий
    under sub пресс экс перви místo první druhý pierwszy birinci ikinci geçici köztársasági главный αν. αναπληρωτής
    ügyvezető""".split()
# What stands behind it without a preposition: what is chaired, and whose the counsel is.
_BEHIND = """суда судебного заседания собрания комитета комиссии совета правительства думы парламента сената палаты
    эфира программы передачи истца ответчика подсудимого обвинения защиты зборів засідання комісії комітету ради
    уряду суду парламенту komisji sejmu senatu rady obrad zebrania posiedzenia rządu komise výboru vlády schůze
    sněmovny soudu senátu vlade sabora skupštine odbora skupa владе скупштине одбора""".split()
# What can be presided over or governed, where the word for "of" also stands in names (de la Torre, van Ark).
_BODIES = """comité comitê comitato
    séance sesión sessão seduta ședință république assemblée sénat conseil commission gouvernement chambre
    parlement tribunal cour intérieur justice finances república congreso senado cámara gobierno consejo comisión
    junta parlamento mesa hacienda justicia interior câmara governo conselho comissão assembleia justiça fazenda
    repubblica camera senato consiglio commissione governo tribunale kamer staten raad commissie rechtbank financiën
    justitie zaken onderwijs defensie republicii senatului camerei guvernului comisiei""".split()
# How one speaks to whoever holds an office, where names.HONORIFICS does not have it.
_ADDRESS = """mister m mme heer mevrouw fru frøken hr señorita sr sra srta senhor senhora signora pan pani paní pán
    sayın domnul doamna domnule пан пані κύριος κυρία κ gospodin gospođa gospod господа""".split()


@lru_cache(maxsize=65536)
def bare(word: str) -> str:
    """A word in small letters without accents and outer marks: "ΠΡΟΕΔΡΟΣ" and "Πρόεδρος" are one."""
    folded = unicodedata.normalize("NFD", word.strip(".,:;'’–-()").casefold())
    return "".join(ch for ch in folded if not unicodedata.combining(ch)).replace("’", "'")


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(bare, words.split()))


NOUNS = frozenset().union(*(_folded(words) for words in _NOUNS.values()))
"""The nouns of all languages, as `bare` gives them."""
FOREIGN = NOUNS - _folded(_NOUNS["English"])
"""Those of other languages than English."""
ARTICLES = frozenset(map(bare, _ARTICLES))
BEFORE = frozenset(map(bare, _BEFORE))
BEHIND = frozenset(map(bare, _BEHIND))
BODIES = frozenset(map(bare, _BODIES))
ADDRESS = frozenset(map(bare, _ADDRESS))
