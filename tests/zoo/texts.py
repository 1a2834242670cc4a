"""Plain words in six languages, of which the zoo's pages are made."""

# ruff: noqa: E501 - staged pages read best as they are
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tongue:
    """What a site's furniture says in one language, and sentences for its articles."""

    nav: tuple[str, ...]
    teasers: tuple[str, ...]
    sentences: tuple[str, ...]
    footer: str
    popular: str
    cookies: str
    search: str
    comments: str
    noscript: str


EN = Tongue(
    ("Home", "News", "World", "Politics", "Business", "Science", "Culture", "Sport", "Opinion", "Weather", "About us", "Contact", "Subscribe"),
    ("Harbour wall to be rebuilt before winter", "Council postpones vote on school merger", "Ferry timetable changes from Monday", "Museum opens its storage to visitors", "Record harvest brings lower apple prices", "Night trains return to the coast line", "Doctors warn of shortage in rural practices", "Archive finds letters of a forgotten painter"),
    ("The committee met on Tuesday evening and heard eleven witnesses, most of whom had travelled from the northern districts.",
     "According to the minutes, the chair asked twice whether the figures had been checked by anyone outside the department.",
     "A spokesman said that the ministry would answer in writing before the end of the month.",
     "Residents describe how the water reached the second step of the town hall and stayed there for three days.",
     "The report runs to 214 pages and quotes from more than sixty interviews.",
     "Nobody in the room disputed the costs, but there was little agreement about who should bear them.",
     "Two engineers who worked on the original design now teach at the polytechnic and declined to comment.",
     "In the spring the bridge was closed to lorries; since then the bakery has lost a third of its customers.",
     "Historians will recognise the pattern: first a denial, then a commission, finally a footnote.",
     "The next hearing is planned for the second week of October."),
    "© Published since 1921. Registered office: 14 Quay Street. All rights reserved. Complaints are handled by the press council.",
    "Most read", "We use cookies to improve your experience.", "Search", "Comments", "Please enable JavaScript to use all features of this site.",
)  # fmt: skip
NL = Tongue(
    ("Home", "Nieuws", "Binnenland", "Buitenland", "Politiek", "Economie", "Cultuur", "Sport", "Opinie", "Het weer", "Over ons", "Contact", "Abonneren"),
    ("Gemeente stelt besluit over zwembad uit", "Veerdienst vaart vanaf maandag vaker", "Museum opent depot voor publiek", "Oogst valt mee ondanks droge zomer", "Nachttrein keert terug op kustlijn", "Huisartsen luiden noodklok in de regio", "Brieven van vergeten schilder gevonden", "Molenaar geeft na veertig jaar het stokje over"),
    ("De commissie kwam dinsdagavond bijeen en hoorde elf getuigen, van wie de meesten uit de noordelijke gemeenten kwamen.",
     "Volgens de notulen vroeg de voorzitter tweemaal of de cijfers door iemand van buiten waren nagekeken.",
     "Een woordvoerder liet weten dat het ministerie voor het einde van de maand schriftelijk zal antwoorden.",
     "Bewoners vertellen hoe het water tot de tweede trede van het raadhuis kwam en daar drie dagen bleef staan.",
     "Het rapport telt 214 bladzijden en steunt op meer dan zestig gesprekken.",
     "Niemand in de zaal bestreed de kosten, maar over wie ze moet dragen bestond weinig overeenstemming.",
     "Twee ingenieurs die aan het eerste ontwerp werkten geven nu les en wilden niet reageren.",
     "In het voorjaar ging de brug dicht voor vrachtverkeer; sindsdien verloor de bakker een derde van zijn klanten.",
     "Historici herkennen het patroon: eerst ontkenning, dan een commissie, ten slotte een voetnoot.",
     "De volgende zitting staat gepland in de tweede week van oktober."),
    "© Uitgegeven sinds 1921. Postbus 14, Kadestraat. Alle rechten voorbehouden. Algemene voorwaarden en privacybeleid.",
    "Meest gelezen", "Wij gebruiken cookies om uw bezoek prettiger te maken.", "Zoeken", "Reacties", "Schakel JavaScript in voor alle functies.",
)  # fmt: skip
DE = Tongue(
    ("Startseite", "Nachrichten", "Inland", "Ausland", "Politik", "Wirtschaft", "Wissen", "Kultur", "Sport", "Meinung", "Wetter", "Impressum", "Kontakt"),
    ("Stadtrat vertagt Abstimmung über Schulfusion", "Fähre fährt ab Montag häufiger", "Museum öffnet sein Depot", "Apfelernte besser als erwartet", "Nachtzug kehrt auf die Küstenstrecke zurück", "Landärzte schlagen Alarm", "Briefe eines vergessenen Malers entdeckt", "Hafenmauer wird vor dem Winter erneuert"),
    ("Der Ausschuss tagte am Dienstagabend und hörte elf Zeugen, die meisten aus den nördlichen Gemeinden.",
     "Laut Protokoll fragte die Vorsitzende zweimal, ob jemand von außen die Zahlen geprüft habe.",
     "Ein Sprecher sagte, das Ministerium werde vor Monatsende schriftlich antworten.",
     "Anwohner schildern, wie das Wasser bis zur zweiten Stufe des Rathauses stieg und drei Tage blieb.",
     "Der Bericht umfasst 214 Seiten und stützt sich auf mehr als sechzig Gespräche.",
     "Niemand im Saal bestritt die Kosten, doch wer sie tragen soll, blieb umstritten.",
     "Zwei Ingenieure des ersten Entwurfs lehren heute und wollten sich nicht äußern.",
     "Im Frühjahr wurde die Brücke für Lastwagen gesperrt; seither verlor die Bäckerei ein Drittel ihrer Kunden.",
     "Historiker erkennen das Muster: erst ein Dementi, dann eine Kommission, schließlich eine Fußnote.",
     "Die nächste Anhörung ist für die zweite Oktoberwoche geplant."),
    "© Erscheint seit 1921. Verlagssitz: Kaistraße 14. Alle Rechte vorbehalten. Datenschutz und Nutzungsbedingungen.",
    "Meistgelesen", "Wir verwenden Cookies, um Ihnen ein besseres Erlebnis zu bieten.", "Suche", "Kommentare", "Bitte aktivieren Sie JavaScript.",
)  # fmt: skip
FR = Tongue(
    ("Accueil", "Actualités", "France", "Monde", "Politique", "Économie", "Sciences", "Culture", "Sports", "Opinions", "Météo", "À propos", "Contact"),
    ("Le conseil reporte le vote sur les écoles", "Le bac circulera plus souvent dès lundi", "Le musée ouvre ses réserves", "Une récolte de pommes meilleure que prévu", "Le train de nuit revient sur la côte", "Les médecins de campagne s'alarment", "Des lettres d'un peintre oublié retrouvées", "La digue sera refaite avant l'hiver"),
    ("La commission s'est réunie mardi soir et a entendu onze témoins, venus pour la plupart des communes du nord.",
     "D'après le procès-verbal, la présidente a demandé deux fois si les chiffres avaient été vérifiés à l'extérieur.",
     "Un porte-parole a indiqué que le ministère répondrait par écrit avant la fin du mois.",
     "Des habitants racontent comment l'eau est montée jusqu'à la deuxième marche de la mairie et y est restée trois jours.",
     "Le rapport compte 214 pages et s'appuie sur plus de soixante entretiens.",
     "Personne dans la salle n'a contesté les coûts, mais on s'accorde peu sur ceux qui doivent les supporter.",
     "Deux ingénieurs du premier projet enseignent aujourd'hui et n'ont pas souhaité répondre.",
     "Au printemps, le pont a été fermé aux camions ; la boulangerie a perdu depuis un tiers de ses clients.",
     "Les historiens reconnaîtront la suite : un démenti, une commission, enfin une note de bas de page.",
     "La prochaine audition est prévue pour la deuxième semaine d'octobre."),
    "© Publié depuis 1921. Siège : 14, rue du Quai. Tous droits réservés. Mentions légales et politique de confidentialité.",
    "Les plus lus", "Nous utilisons des cookies pour améliorer votre visite.", "Rechercher", "Commentaires", "Veuillez activer JavaScript.",
)  # fmt: skip
RU = Tongue(
    ("Главная", "Новости", "В мире", "Политика", "Экономика", "Общество", "Наука", "Культура", "Спорт", "Мнения", "Погода", "О редакции", "Контакты"),
    ("Депутаты отложили голосование по школам", "Паром изменит расписание с понедельника", "Музей открывает запасники", "Урожай яблок оказался рекордным", "Ночной поезд вернётся на побережье", "Сельские врачи просят о помощи", "Найдены письма забытого художника", "Причал отремонтируют до зимы"),
    ("Комиссия собралась во вторник вечером и выслушала одиннадцать свидетелей, большинство которых приехали из северных районов.",
     "Как следует из протокола, председатель дважды спросила, проверял ли кто-нибудь эти цифры со стороны.",
     "Представитель министерства сообщил, что письменный ответ будет дан до конца месяца.",
     "Жители рассказывают, как вода поднялась до второй ступени ратуши и стояла там три дня.",
     "Доклад занимает 214 страниц и опирается на шестьдесят с лишним интервью.",
     "Никто в зале не спорил о расходах, но о том, кто их понесёт, согласия не было.",
     "Два инженера, работавшие над первым проектом, теперь преподают и от комментариев отказались.",
     "Весной мост закрыли для грузовиков, и с тех пор пекарня потеряла треть покупателей.",
     "Историки узнают этот порядок: сначала опровержение, потом комиссия, наконец сноска.",
     "Следующее заседание назначено на вторую неделю октября."),
    "© Издаётся с 1921 года. Адрес редакции: Набережная, 14. Все права защищены. Свидетельство о регистрации СМИ выдано в 2003 году. 16+",
    "Самое читаемое", "Мы используем файлы cookie.", "Поиск", "Комментарии", "Для работы сайта включите JavaScript.",
)  # fmt: skip
UK = Tongue(
    ("Головна", "Новини", "Світ", "Політика", "Економіка", "Суспільство", "Наука", "Культура", "Спорт", "Думки", "Погода", "Про нас", "Контакти"),
    ("Депутати відклали голосування щодо шкіл", "Пором змінить розклад з понеділка", "Музей відкриває фонди", "Врожай яблук виявився рекордним", "Нічний потяг повернеться на узбережжя", "Сільські лікарі просять про допомогу", "Знайдено листи забутого художника", "Причал відремонтують до зими"),
    ("Комісія зібралася у вівторок увечері й вислухала одинадцять свідків, більшість яких приїхали з північних районів.",
     "Як випливає з протоколу, голова двічі запитала, чи перевіряв хтось ці цифри ззовні.",
     "Речник міністерства повідомив, що письмову відповідь нададуть до кінця місяця.",
     "Мешканці розповідають, як вода піднялася до другої сходинки ратуші й стояла там три дні.",
     "Звіт має 214 сторінок і спирається на понад шістдесят інтерв'ю.",
     "Ніхто в залі не сперечався про витрати, але про те, хто їх понесе, згоди не було.",
     "Двоє інженерів першого проєкту тепер викладають і від коментарів відмовилися.",
     "Навесні міст закрили для вантажівок, відтоді пекарня втратила третину покупців.",
     "Історики впізнають цей порядок: спершу спростування, потім комісія, нарешті виноска.",
     "Наступне засідання призначено на другий тиждень жовтня."),
    "© Видається з 1921 року. Адреса редакції: Набережна, 14. Усі права захищено. Політика конфіденційності.",
    "Найпопулярніше", "Ми використовуємо файли cookie.", "Пошук", "Коментарі", "Увімкніть JavaScript, щоб користуватися сайтом.",
)  # fmt: skip
TONGUES = {"en": EN, "nl": NL, "de": DE, "fr": FR, "ru": RU, "uk": UK}
