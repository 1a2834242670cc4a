"""Two stories, each told in five languages, with the edits that a newsroom could make to them.

Written for these tests. A pair ``(old, new)`` is a passage of the article and what an edit puts in its place.
"""

# ruff: noqa: E501 - prose reads best as it is
from __future__ import annotations

from dataclasses import dataclass

Swap = tuple[str, str]


@dataclass(frozen=True)
class Article:
    """A story, and passages of it with what they may become."""

    story: str
    language: str
    title: str
    new_title: str
    paragraphs: tuple[str, ...]
    number: Swap
    negation: Swap
    name: Swap
    opposite: Swap
    date: Swap
    typo: Swap
    wording: Swap
    respelled: Swap
    new_lead: str
    follow_up: str
    altered_headline: str = ""  # the headline with another figure, where it has one


ARTICLES = (
    Article(
        "factory", "en", "Twelve killed in blast at Harven cement works", "What we know about the Harven disaster",
        (
            "An explosion at the cement works in Harven killed 12 people and injured 34 on Tuesday morning, the regional fire service said.",
            "The blast tore through the packing hall shortly after the start of the early shift. Windows broke in houses half a mile away.",
            "“We heard a bang, and then everything was white with dust,” said Martin Keller, who was repairing a lorry in the yard.",
            "The owner, Norton Materials, said that the hall had been inspected in February 2019 and that the inspectors had found no defects.",
            "Labour inspector Anna Brandt confirmed that the company had paid a fine of 450,000 euros two years earlier. She declined to give the reason.",
            "Prosecutors arrested the plant manager on Wednesday evening. He is to appear in court on 14 May.",
            "The works will remain closed until the investigation is finished, which may take several months.",
            "About 800 people work in Harven, a town that has lived on cement since the end of the nineteenth century.",
            "Relatives of the dead gathered in the parish church, where the mayor read out the names.",
        ),
        ("killed 12 people", "killed 21 people"), ("had paid a fine", "had not paid a fine"),
        ("Anna Brandt", "Judith Marlow"), ("Prosecutors arrested the plant manager", "Prosecutors released the plant manager"),
        ("on 14 May", "on 27 June"), ("regional", "regonal"), ("which may take several months", "which could last for months"),
        ("Martin Keller", "Martin Kellner"),
        "Rescue workers in Harven have ended their search of the wrecked packing hall. All who were missing since the explosion of Tuesday, in which 12 people died, have been accounted for, the fire service said.",
        "On Friday the company announced that it would set up a fund for the families and pay for the funerals.",
        "Twenty killed in blast at Harven cement works",
    ),
    Article(
        "factory", "nl", "Twaalf doden bij explosie in cementfabriek Harven", "Wat we weten over de ramp in Harven",
        (
            "Bij een explosie in de cementfabriek van Harven zijn dinsdagochtend 12 mensen omgekomen en 34 gewond geraakt, meldt de regionale brandweer.",
            "De klap verwoestte de verpakkingshal kort na het begin van de vroege dienst. Tot op een kilometer afstand sneuvelden ruiten.",
            "“We hoorden een knal en daarna was alles wit van het stof”, zegt Martin Keller, die op het terrein een vrachtwagen repareerde.",
            "Eigenaar Norton Materials zegt dat de hal in februari 2019 is gekeurd en dat de inspecteurs geen gebreken vonden.",
            "Arbeidsinspecteur Anna Brandt bevestigt dat het bedrijf twee jaar eerder een boete van 450.000 euro heeft betaald. De reden wil ze nu nog geheim houden.",
            "Justitie heeft de bedrijfsleider woensdagavond aangehouden. Hij moet op 14 mei voor de rechter verschijnen.",
            "De fabriek blijft dicht tot het onderzoek is afgerond, wat enkele maanden kan duren.",
            "In Harven, een stadje dat sinds het einde van de negentiende eeuw van cement leeft, werken ongeveer 800 mensen in de fabriek.",
            "Nabestaanden kwamen bijeen in de parochiekerk, waar de burgemeester de namen van de slachtoffers voorlas.",
        ),
        ("12 mensen omgekomen", "21 mensen omgekomen"), ("450.000 euro heeft betaald", "450.000 euro niet heeft betaald"),
        ("Anna Brandt", "Judith Marlow"), ("woensdagavond aangehouden", "woensdagavond vrijgelaten"),
        ("op 14 mei", "op 27 juni"), ("regionale", "regoinale"), ("wat enkele maanden kan duren", "wat nog maanden kan kosten"),
        ("Martin Keller", "Martin Kellner"),
        "Reddingswerkers in Harven zijn gestopt met zoeken in de verwoeste verpakkingshal. Iedereen die sinds de explosie van dinsdag, waarbij 12 mensen omkwamen, werd vermist, is gevonden, aldus de brandweer.",
        "Vrijdag maakte het bedrijf bekend dat het een fonds voor de families instelt en de uitvaarten betaalt.",
        "Twintig doden bij explosie in cementfabriek Harven",
    ),
    Article(
        "factory", "de", "Zwölf Tote bei Explosion im Zementwerk Harven", "Was wir über das Unglück von Harven wissen",
        (
            "Bei einer Explosion im Zementwerk von Harven sind am Dienstagmorgen 12 Menschen getötet und 34 verletzt worden, teilte die Feuerwehr mit.",
            "Die Detonation zerriss kurz nach Beginn der Frühschicht die Packhalle. Noch in einem Kilometer Entfernung gingen Scheiben zu Bruch.",
            "„Wir hörten einen Knall, und dann war alles weiß vor Staub“, sagte Martin Keller, der auf dem Hof einen Lastwagen reparierte.",
            "Der Eigentümer Norton Materials erklärte, die Halle sei im Februar 2019 geprüft worden, und die Prüfer hätten keine Mängel gefunden.",
            "Die Gewerbeaufseherin Anna Brandt bestätigte, dass das Unternehmen zwei Jahre zuvor eine Strafe von 450.000 Euro bezahlt habe. Den Grund nannte sie zunächst vertraulich.",
            "Die Staatsanwaltschaft hat den Werksleiter am Mittwochabend verhaftet. Er soll am 14. Mai vor Gericht erscheinen.",
            "Das Werk bleibt geschlossen, bis die Ermittlungen beendet sind, was mehrere Monate dauern kann.",
            "Etwa 800 Menschen arbeiten in Harven, einer Stadt, die seit dem Ende des neunzehnten Jahrhunderts vom Zement lebt.",
            "Angehörige der Toten kamen in der Pfarrkirche zusammen, wo der Bürgermeister die Namen verlas.",
        ),
        ("12 Menschen getötet", "21 Menschen getötet"), ("von 450.000 Euro bezahlt habe", "von 450.000 Euro nicht bezahlt habe"),
        ("Brandt", "Marlow"), ("am Mittwochabend verhaftet", "am Mittwochabend freigelassen"),
        ("am 14. Mai", "am 27. Juni"), ("Unternehmen", "Unternehemn"), ("was mehrere Monate dauern kann", "was sich über Monate hinziehen kann"),
        ("Martin Keller", "Martin Kellner"),
        "Die Rettungskräfte in Harven haben die Suche in der zerstörten Packhalle beendet. Alle, die seit der Explosion vom Dienstag mit 12 Toten vermisst wurden, sind nach Angaben der Feuerwehr gefunden.",
        "Am Freitag kündigte das Unternehmen an, einen Fonds für die Familien einzurichten und die Beerdigungen zu bezahlen.",
        "Zwanzig Tote bei Explosion im Zementwerk Harven",
    ),
    Article(
        "factory", "ru", "Двенадцать человек погибли при взрыве на цементном заводе в Харвене", "Что известно о катастрофе в Харвене",
        (
            "При взрыве на цементном заводе в Харвене во вторник утром погибли 12 человек, ещё 34 ранены, сообщила региональная пожарная служба.",
            "Взрыв разрушил упаковочный цех вскоре после начала утренней смены. Стёкла вылетели в домах за километр от завода.",
            "«Мы услышали хлопок, а потом всё стало белым от пыли», — рассказал Мартин Келлер, который чинил во дворе грузовик.",
            "Владелец завода, компания «Нортон Материалс», заявил, что цех проверяли в феврале 2019 года и что инспекторы нарушений там не обнаружили.",
            "Инспектор по труду Анна Брандт подтвердила, что двумя годами ранее компания заплатила штраф в 450 тысяч евро. О причине она рассказать отказалась.",
            "Прокуратура в среду вечером арестовала директора завода. Он предстанет перед судом 14 мая.",
            "Завод останется закрытым до окончания расследования, которое может занять несколько месяцев.",
            "На заводе работают около 800 жителей Харвена — города, который живёт цементом с конца девятнадцатого века.",
            "Родственники погибших собрались в приходской церкви, где мэр зачитал имена.",
        ),
        ("погибли 12 человек", "погиб 21 человек"), ("компания заплатила штраф", "компания не заплатила штраф"),
        ("Анна Брандт", "Юдит Марлоу"), ("вечером арестовала директора", "вечером отпустила директора"),
        ("14 мая", "27 июня"), ("региональная", "регинальная"), ("которое может занять несколько месяцев", "которое продлится не один месяц"),
        ("Мартин Келлер", "Мартин Кельлер"),
        "Спасатели в Харвене завершили поиски в разрушенном упаковочном цехе. Все, кто числился пропавшим после взрыва во вторник, при котором погибли 12 человек, найдены, сообщили пожарные.",
        "В пятницу компания объявила, что создаст фонд помощи семьям и оплатит похороны.",
        "Двадцать человек погибли при взрыве на цементном заводе в Харвене",
    ),
    Article(
        "factory", "uk", "Дванадцятеро загинули під час вибуху на цементному заводі в Гарвені", "Що відомо про катастрофу в Гарвені",
        (
            "Під час вибуху на цементному заводі в Гарвені у вівторок уранці загинули 12 людей, ще 34 поранені, повідомила регіональна пожежна служба.",
            "Вибух зруйнував пакувальний цех невдовзі після початку ранкової зміни. Шибки повилітали в будинках за кілометр від заводу.",
            "«Ми почули хлопок, а потім усе стало білим від пилу», — розповів Мартін Келлер, який лагодив на подвір’ї вантажівку.",
            "Власник заводу, компанія «Нортон Матеріалс», заявив, що цех перевіряли в лютому 2019 року і що інспектори порушень там не виявили.",
            "Інспекторка праці Анна Брандт підтвердила, що двома роками раніше компанія сплатила штраф у 450 тисяч євро. Про причину вона розповісти відмовилася.",
            "Прокуратура в середу ввечері заарештувала директора заводу. Він постане перед судом 14 травня.",
            "Завод залишиться закритим до завершення розслідування, яке може тривати кілька місяців.",
            "На заводі працюють близько 800 мешканців Гарвена — міста, яке живе цементом від кінця дев’ятнадцятого століття.",
            "Родичі загиблих зібралися в парафіяльній церкві, де мер зачитав імена.",
        ),
        ("загинули 12 людей", "загинула 21 людина"), ("компанія сплатила штраф", "компанія не сплатила штраф"),
        ("Анна Брандт", "Юдіт Марлоу"), ("ввечері заарештувала директора", "ввечері звільнила директора"),
        ("14 травня", "27 червня"), ("регіональна", "регіонльна"), ("яке може тривати кілька місяців", "яке триватиме не один місяць"),
        ("Мартін Келлер", "Мартін Кельлер"),
        "Рятувальники в Гарвені завершили пошуки у зруйнованому пакувальному цеху. Усіх, хто вважався зниклим після вибуху у вівторок, під час якого загинули 12 людей, знайдено, повідомили пожежники.",
        "У п’ятницю компанія оголосила, що створить фонд допомоги родинам і оплатить похорони.",
        "Двадцятеро загинули під час вибуху на цементному заводі в Гарвені",
    ),
    # ── a story written after the thresholds were chosen: measured once, and not looked at before ──
    Article(
        "school", "en", "School in Tarn loses its licence", "Why the school in Tarn has to close",
        (
            "The education inspectorate withdrew the licence of the Linden school in Tarn on Monday after 46 pupils had been taught by staff without diplomas.",
            "Parents were told by letter. The children can go to three other schools in the district, alderman Joost de Graaf promised.",
            "The headmaster, Karel Smit, calls the decision a disgrace and has lodged an appeal with the administrative court in Helm.",
            "Inspectors visited the school four times since September. Each time they wrote that the lessons in arithmetic were not good enough.",
            "The school received 1.3 million a year from the state. The audit service will examine how that money was spent.",
            "A mother of two pupils said that she had always been content: “My son reads better than his cousins in town.”",
            "The court hears the appeal on 9 December. Until then the building stays open for examinations only.",
            "In the past decade eight schools in the province lost their licences; two of them got them back.",
        ),
        ("46 pupils", "64 pupils"), ("has lodged an appeal", "has not lodged an appeal"), ("Karel Smit", "Bram Visser"),
        ("the building stays open", "the building stays closed"), ("on 9 December", "on 16 December"),
        ("arithmetic", "aritmetic"), ("calls the decision a disgrace", "describes the decision as a disgrace"),
        ("Joost de Graaf", "Joost de Graaff"),
        "Forty-six pupils in Tarn must look for another school before Christmas. The inspectorate has taken away the licence of the Linden school, where lessons were given by people without diplomas.",
        "On Wednesday some sixty parents protested in front of the town hall.",
    ),
    Article(
        "school", "nl", "School in Tarn raakt vergunning kwijt", "Waarom de school in Tarn dicht moet",
        (
            "De onderwijsinspectie heeft maandag de vergunning van de Lindenschool in Tarn ingetrokken nadat 46 leerlingen les hadden gehad van onbevoegden.",
            "Ouders kregen een brief. De kinderen kunnen terecht op drie andere scholen in de streek, belooft wethouder Joost de Graaf.",
            "Directeur Karel Smit noemt het besluit een schande en heeft beroep ingesteld bij de bestuursrechter in Helm.",
            "Inspecteurs bezochten de school sinds september vier keer. Telkens schreven zij dat het rekenonderwijs onder de maat was.",
            "De school kreeg jaarlijks 1,3 miljoen van het rijk. De auditdienst gaat na hoe dat geld is besteed.",
            "Een moeder van twee leerlingen zegt altijd tevreden te zijn geweest: “Mijn zoon leest beter dan zijn neven in de stad.”",
            "De rechter behandelt het beroep op 9 december. Tot die tijd blijft het gebouw alleen open voor examens.",
            "In de afgelopen tien jaar verloren acht scholen in de provincie hun vergunning; twee kregen die terug.",
        ),
        ("46 leerlingen", "64 leerlingen"), ("heeft beroep ingesteld", "heeft geen beroep ingesteld"), ("Karel Smit", "Bram Visser"),
        ("blijft het gebouw alleen open", "blijft het gebouw alleen gesloten"), ("op 9 december", "op 16 december"),
        ("onderwijsinspectie", "onderwijsinspetcie"), ("noemt het besluit een schande", "spreekt van een schandelijk besluit"),
        ("Joost de Graaf", "Joost de Graaff"),
        "In Tarn moeten 46 leerlingen nog voor Kerst een andere school zoeken. De inspectie neemt de Lindenschool, waar onbevoegden voor de klas stonden, haar vergunning af.",
        "Woensdag demonstreerden zo’n zestig ouders voor het stadhuis.",
    ),
    Article(
        "school", "ru", "Школа в Тарне лишилась лицензии", "Почему школа в Тарне закрывается",
        (
            "Инспекция по образованию в понедельник отозвала лицензию у Липовой школы в Тарне после того, как выяснилось, что 46 учеников учили педагоги без дипломов.",
            "Родителям разослали письма. Дети смогут перейти в три другие школы района, пообещал советник Йост де Граф.",
            "Директор Карел Смит назвал решение позорным и обжаловал его в административном суде Хельма.",
            "С сентября инспекторы приходили в школу четыре раза. Каждый раз они писали, что уроки арифметики слишком слабы.",
            "Школа получала от государства 1,3 млн в год. Контрольная служба выяснит, на что пошли эти деньги.",
            "Мать двух учеников сказала, что всегда была довольна: «Мой сын читает лучше, чем его двоюродные братья в городе».",
            "Суд рассмотрит жалобу 9 декабря. До этого здание открыто только для экзаменов.",
            "За последние десять лет восемь школ области лишились лицензий; двум их вернули.",
        ),
        ("46 учеников", "64 ученика"), ("Мать двух учеников сказала, что всегда была довольна", "Мать двух учеников сказала, что не всегда была довольна"),
        ("Карел Смит", "Брам Фиссер"), ("здание открыто только", "здание закрыто только"), ("9 декабря", "16 декабря"),
        ("административном", "адмнистративном"), ("назвал решение позорным", "считает решение позорным"),
        ("Йост де Граф", "Йост де Графф"),
        "В Тарне 46 ученикам придётся до Рождества искать другую школу. Инспекция лишила лицензии Липовую школу, где уроки вели люди без дипломов.",
        "В среду около шестидесяти родителей вышли с протестом к ратуше.",
    ),
    Article(
        "law", "en", "Parliament adopts law on river fees", "River fees: the vote and what follows",
        (
            "The parliament of Lowmark adopted the law on river fees in second reading on Thursday, with 312 votes in favour and 97 against.",
            "From next year skippers will pay 2.40 euros per tonne for every lock they pass, the transport committee wrote in its summary.",
            "Minister Peter Lindqvist welcomed the result. “For forty years the taxpayer has paid for barges that never stopped here,” he told the chamber.",
            "The opposition rejected the law as a burden on small firms. Its leader, Clara Voss, said that she would take the matter to the constitutional court.",
            "According to the audit office, the upkeep of the locks costs 61 million a year, of which shipping pays less than a tenth.",
            "Farmers who move grain by water are exempt until 2031. The exemption was added in committee after protests in the delta.",
            "The president is expected to sign the law before the summer recess.",
            "A similar bill failed in 2014, when eleven members of the governing party stayed away from the vote.",
        ),
        ("312 votes in favour", "213 votes in favour"), ("Farmers who move grain by water are exempt", "Farmers who move grain by water are not exempt"),
        ("Clara Voss", "Ruth Hansen"), ("The opposition rejected the law", "The opposition approved the law"),
        ("until 2031", "until 2027"), ("constitutional", "consttutional"), ("before the summer recess", "before members leave for the summer"),
        ("Peter Lindqvist", "Peter Lindquist"),
        "Skippers in Lowmark will have to pay for the locks. After six hours of debate parliament voted through the government's law by 312 votes to 97 on Thursday, and the galleries, packed with bargemen, fell silent.",
        "Late on Thursday the shippers' union called for a day of blockades on the main canal.",
    ),
    Article(
        "law", "nl", "Parlement neemt wet op rivierheffing aan", "Rivierheffing: de stemming en wat er nu komt",
        (
            "Het parlement van Lowmark heeft de wet op de rivierheffing donderdag in tweede lezing aangenomen met 312 stemmen voor en 97 tegen.",
            "Vanaf volgend jaar betalen schippers 2,40 euro per ton voor elke sluis die zij passeren, schrijft de vervoerscommissie in haar samenvatting.",
            "Minister Peter Lindqvist is tevreden. “Veertig jaar lang betaalde de belastingbetaler voor schepen die hier nooit aanlegden”, zei hij in de zaal.",
            "De oppositie verwierp de wet als een last voor kleine bedrijven. Haar leider Clara Voss zegt dat ze naar het grondwettelijk hof stapt.",
            "Volgens de rekenkamer kost het onderhoud van de sluizen 61 miljoen per jaar, waarvan de scheepvaart minder dan een tiende betaalt.",
            "Boeren die graan over water vervoeren zijn tot 2031 vrijgesteld. Die vrijstelling kwam er in de commissie na protesten in de delta.",
            "Naar verwachting ondertekent de president de wet voor het zomerreces.",
            "Een vergelijkbaar voorstel sneuvelde in 2014, toen elf leden van de regeringspartij bij de stemming wegbleven.",
        ),
        ("312 stemmen voor", "213 stemmen voor"), ("zijn tot 2031 vrijgesteld", "zijn tot 2031 niet vrijgesteld"),
        ("Clara Voss", "Ruth Hansen"), ("De oppositie verwierp de wet", "De oppositie aanvaardde de wet"),
        ("tot 2031", "tot 2027"), ("grondwettelijk", "grondwetelijk"), ("voor het zomerreces", "nog voor de zomer"),
        ("Peter Lindqvist", "Peter Lindquist"),
        "Schippers in Lowmark moeten voor de sluizen gaan betalen. Na zes uur debat stemde het parlement donderdag met 312 tegen 97 in met de wet van de regering, en op de volle publieke tribune werd het stil.",
        "Donderdag laat riep de schippersbond op tot een dag van blokkades op het hoofdkanaal.",
    ),
    Article(
        "law", "de", "Parlament beschließt Gesetz über Flussgebühren", "Flussgebühren: die Abstimmung und die Folgen",
        (
            "Das Parlament von Lowmark hat das Gesetz über Flussgebühren am Donnerstag in zweiter Lesung mit 312 Stimmen bei 97 Gegenstimmen angenommen.",
            "Vom kommenden Jahr an zahlen Schiffer 2,40 Euro je Tonne für jede Schleuse, die sie durchfahren, schreibt der Verkehrsausschuss in seiner Zusammenfassung.",
            "Minister Peter Lindqvist begrüßte das Ergebnis. „Vierzig Jahre lang hat der Steuerzahler für Kähne gezahlt, die hier nie anlegten“, sagte er im Plenum.",
            "Die Opposition wies das Gesetz als Last für kleine Betriebe zurück. Ihre Vorsitzende Clara Voss will vor das Verfassungsgericht ziehen.",
            "Nach Angaben des Rechnungshofs kostet der Unterhalt der Schleusen 61 Millionen im Jahr, wovon die Schifffahrt weniger als ein Zehntel trägt.",
            "Landwirte, die Getreide auf dem Wasser befördern, sind bis 2031 befreit. Die Ausnahme kam nach Protesten im Delta hinzu.",
            "Der Präsident wird das Gesetz voraussichtlich vor der Sommerpause unterzeichnen.",
            "Ein ähnlicher Entwurf scheiterte 2014, als elf Abgeordnete der Regierungspartei der Abstimmung fernblieben.",
        ),
        ("312 Stimmen", "213 Stimmen"), ("sind bis 2031 befreit", "sind bis 2031 nicht befreit"),
        ("Clara Voss", "Ruth Hansen"), ("in zweiter Lesung mit 312 Stimmen bei 97 Gegenstimmen angenommen", "in zweiter Lesung mit 312 Stimmen bei 97 Gegenstimmen abgelehnt"),
        ("bis 2031", "bis 2027"), ("Verfassungsgericht", "Verfasungsgericht"), ("vor der Sommerpause", "noch vor dem Sommer"),
        ("Peter Lindqvist", "Peter Lindquist"),
        "Schiffer in Lowmark müssen künftig für die Schleusen zahlen. Nach sechs Stunden Debatte stimmte das Parlament am Donnerstag mit 312 zu 97 für das Gesetz der Regierung, und auf der vollen Tribüne wurde es still.",
        "Am späten Donnerstag rief der Schifferverband zu einem Tag der Blockaden auf dem Hauptkanal auf.",
    ),
    Article(
        "law", "ru", "Парламент принял закон о речном сборе", "Речной сбор: итоги голосования и что будет дальше",
        (
            "Парламент Лоумарка в четверг принял во втором чтении закон о речном сборе: 312 голосов за, 97 против.",
            "Со следующего года судовладельцы будут платить 2,40 евро за тонну на каждом шлюзе, говорится в кратком изложении транспортного комитета.",
            "Министр Петер Линдквист приветствовал итог голосования. «Сорок лет налогоплательщик платил за баржи, которые здесь никогда не причаливали», — сказал он в зале.",
            "Оппозиция отвергла закон как бремя для малых предприятий. Её лидер Клара Фосс сообщила, что обратится в конституционный суд.",
            "По данным счётной палаты, содержание шлюзов обходится в 61 миллион в год, и судоходство оплачивает менее десятой части.",
            "Фермеры, которые возят зерно по воде, освобождены от сбора до 2031 года. Это исключение появилось в комитете после протестов в дельте.",
            "Ожидается, что президент подпишет закон до летних каникул.",
            "Похожий законопроект провалился в 2014 году, когда одиннадцать депутатов правящей партии уклонились от голосования.",
        ),
        ("312 голосов за", "213 голосов за"), ("освобождены от сбора", "не освобождены от сбора"),
        ("Клара Фосс", "Рут Хансен"), ("Оппозиция отвергла закон", "Оппозиция одобрила закон"),
        ("до 2031 года", "до 2027 года"), ("конституционный", "конститционный"), ("до летних каникул", "ещё до лета"),
        ("Петер Линдквист", "Петер Линдкуист"),
        "Судовладельцам в Лоумарке придётся платить за шлюзы. После шести часов прений парламент в четверг 312 голосами против 97 поддержал правительственный закон, и на переполненной галерее стало тихо.",
        "Поздно вечером в четверг профсоюз речников призвал к дню блокад на главном канале.",
    ),
    Article(
        "law", "uk", "Парламент ухвалив закон про річковий збір", "Річковий збір: підсумки голосування і що буде далі",
        (
            "Парламент Лоумарка в четвер ухвалив у другому читанні закон про річковий збір: 312 голосів за, 97 проти.",
            "Від наступного року судновласники платитимуть 2,40 євро за тонну на кожному шлюзі, йдеться у викладі транспортного комітету.",
            "Міністр Петер Ліндквіст привітав підсумок голосування. «Сорок років платник податків платив за баржі, які тут ніколи не причалювали», — сказав він у залі.",
            "Опозиція відхилила закон як тягар для малих підприємств. Її лідерка Клара Фосс повідомила, що звернеться до конституційного суду.",
            "За даними рахункової палати, утримання шлюзів коштує 61 мільйон на рік, і судноплавство оплачує менш як десяту частину.",
            "Фермери, які возять зерно водою, звільнені від збору до 2031 року. Цей виняток з’явився в комітеті після протестів у дельті.",
            "Очікується, що президент підпише закон до літніх канікул.",
            "Схожий законопроєкт провалився у 2014 році, коли одинадцять депутатів правлячої партії ухилилися від голосування.",
        ),
        ("312 голосів за", "213 голосів за"), ("звільнені від збору", "не звільнені від збору"),
        ("Клара Фосс", "Рут Гансен"), ("Опозиція відхилила закон", "Опозиція підтримала закон"),
        ("до 2031 року", "до 2027 року"), ("конституційного", "конституцйного"), ("до літніх канікул", "ще до літа"),
        ("Петер Ліндквіст", "Петер Ліндкуіст"),
        "Судновласникам у Лоумарку доведеться платити за шлюзи. Після шести годин дебатів парламент у четвер 312 голосами проти 97 підтримав урядовий закон, і на переповненій галереї стало тихо.",
        "Пізно ввечері в четвер профспілка річковиків закликала до дня блокад на головному каналі.",
    ),
)  # fmt: skip
