"""Whole pages as newsrooms, ministries, institutes and faculties send them: menus, consent, styles, scripts, teasers, footers."""

# ruff: noqa: E501 - staged pages read best as they are
from __future__ import annotations

import json
import random
from html import escape

NAV = {
    "en": ("News", "World", "Politics", "War", "Law", "Science", "Opinion", "Podcasts", "Newsletters", "About us", "Contact", "Jobs"),
    "ru": ("Новости", "Политика", "Общество", "Экономика", "Война", "Право", "Наука", "Документы", "Фото", "Видео", "О нас", "Контакты"),
    "uk": ("Новини", "Політика", "Суспільство", "Економіка", "Війна", "Право", "Наука", "Документи", "Фото", "Відео", "Про нас", "Контакти"),
    "de": ("Nachrichten", "Politik", "Ausland", "Recht", "Wissenschaft", "Wirtschaft", "Meinung", "Podcasts", "Mediathek", "Über uns", "Kontakt", "Karriere"),
    "nl": ("Nieuws", "Politiek", "Buitenland", "Recht", "Wetenschap", "Economie", "Opinie", "Podcasts", "Dossiers", "Over ons", "Contact", "Werken bij"),
    "fr": ("Actualités", "Politique", "International", "Justice", "Sciences", "Économie", "Tribunes", "Podcasts", "Dossiers", "Qui sommes-nous", "Contact", "Recrutement"),
    "pl": ("Wiadomości", "Polityka", "Świat", "Prawo", "Nauka", "Gospodarka", "Opinie", "Podcasty", "Dokumenty", "O nas", "Kontakt", "Praca"),
    "es": ("Noticias", "Política", "Internacional", "Justicia", "Ciencia", "Economía", "Opinión", "Pódcast", "Documentos", "Quiénes somos", "Contacto", "Empleo"),
    "it": ("Notizie", "Politica", "Esteri", "Giustizia", "Scienza", "Economia", "Opinioni", "Podcast", "Documenti", "Chi siamo", "Contatti", "Lavora con noi"),
    "be": ("Навіны", "Палітыка", "Грамадства", "Эканоміка", "Права", "Навука", "Дакументы", "Фота", "Відэа", "Пра нас", "Кантакты", "Вакансіі"),
    "kk": ("Жаңалықтар", "Саясат", "Қоғам", "Экономика", "Құқық", "Ғылым", "Құжаттар", "Фото", "Бейне", "Біз туралы", "Байланыс", "Бос орындар"),
}  # fmt: skip
SENTENCES = {
    "en": ("The draft passed its second reading by 212 votes to 148, with eleven members abstaining.", "Investigators established that the column had left the depot before the order was signed.", "The tribunal held that the applicants had standing, and remitted the matter to the lower chamber.", "Shelling of the crossing resumed shortly after midnight, according to the monitoring mission.", "Researchers compared satellite images of the port from before and after the embargo.", "Asked about the contract, the deputy minister said it had been concluded under the previous cabinet.", "The annex lists forty-three entities whose assets are to be frozen within the Union.", "Hospitals in the three border districts reported shortages of insulin and dialysis fluid.", "A replication with a larger sample found an effect of about half the size first reported.", "The ombudsman will present a second report to the plenary in the autumn.", "Grain shipments through the corridor fell by a third in the first quarter."),
    "ru": ("Законопроект принят во втором чтении: за проголосовали 212 депутатов, против — 148.", "Следствие установило, что колонна вышла с базы ещё до подписания приказа.", "Суд признал за заявителями право на иск и вернул дело на новое рассмотрение.", "Обстрел переправы возобновился вскоре после полуночи, сообщила миссия наблюдателей.", "Исследователи сравнили спутниковые снимки порта до введения эмбарго и после него.", "Замминистра пояснил, что договор был заключён при прежнем составе правительства.", "В приложении перечислены сорок три организации, чьи активы будут заморожены.", "Больницы трёх приграничных районов сообщили о нехватке инсулина.", "Повторный опыт на большей выборке показал вдвое меньший эффект.", "Уполномоченный по правам человека выступит со вторым докладом осенью.", "Перевозки зерна через коридор сократились за квартал на треть."),
    "uk": ("Законопроєкт ухвалено в другому читанні: за проголосували 212 депутатів, проти — 148.", "Слідство встановило, що колона вийшла з бази ще до підписання наказу.", "Суд визнав за заявниками право на позов і повернув справу на новий розгляд.", "Обстріл переправи відновився невдовзі після півночі, повідомила місія спостерігачів.", "Дослідники порівняли супутникові знімки порту до запровадження ембарго й після нього.", "Заступник міністра пояснив, що угоду уклали за попереднього складу уряду.", "У додатку перелічено сорок три організації, чиї активи буде заморожено.", "Лікарні трьох прикордонних районів повідомили про нестачу інсуліну.", "Повторний дослід на більшій вибірці показав удвічі менший ефект.", "Уповноважений з прав людини виступить із другою доповіддю восени."),
    "de": ("Der Entwurf wurde in zweiter Lesung mit 212 gegen 148 Stimmen angenommen.", "Die Ermittler stellten fest, dass die Kolonne das Depot vor Unterzeichnung des Befehls verlassen hatte.", "Das Gericht bejahte die Klagebefugnis und verwies die Sache zurück.", "Der Beschuss des Übergangs begann kurz nach Mitternacht erneut, teilte die Beobachtermission mit.", "Forscher verglichen Satellitenbilder des Hafens aus der Zeit vor und nach dem Embargo.", "Der Staatssekretär sagte, der Vertrag sei unter der Vorgängerregierung geschlossen worden.", "Der Anhang führt dreiundvierzig Einrichtungen auf, deren Vermögen eingefroren wird.", "Krankenhäuser in drei Grenzkreisen meldeten einen Mangel an Insulin.", "Eine Wiederholung mit größerer Stichprobe fand nur den halben Effekt.", "Die Bürgerbeauftragte legt dem Plenum im Herbst einen zweiten Bericht vor."),
    "nl": ("Het voorstel werd in tweede lezing aangenomen met 212 tegen 148 stemmen.", "De onderzoekers stelden vast dat de colonne al voor de ondertekening van het bevel was vertrokken.", "De rechtbank achtte de eisers ontvankelijk en verwees de zaak terug.", "De beschieting van de oversteekplaats begon kort na middernacht opnieuw, meldt de waarnemersmissie.", "Wetenschappers vergeleken satellietbeelden van de haven van voor en na het embargo.", "De staatssecretaris zei dat het contract door het vorige kabinet was gesloten.", "De bijlage noemt drieënveertig organisaties waarvan de tegoeden worden bevroren.", "Ziekenhuizen in drie grensdistricten meldden een tekort aan insuline.", "Een herhaling met een grotere steekproef vond een half zo groot effect.", "De ombudsman komt in het najaar met een tweede rapport."),
    "fr": ("Le texte a été adopté en deuxième lecture par 212 voix contre 148.", "Les enquêteurs ont établi que la colonne avait quitté le dépôt avant la signature de l'ordre.", "Le tribunal a reconnu la qualité à agir des requérants et renvoyé l'affaire.", "Les tirs sur le point de passage ont repris peu après minuit, selon la mission d'observation.", "Des chercheurs ont comparé des images satellite du port avant et après l'embargo.", "Le secrétaire d'État a précisé que le contrat avait été conclu sous le gouvernement précédent.", "L'annexe énumère quarante-trois entités dont les avoirs seront gelés.", "Les hôpitaux de trois districts frontaliers signalent une pénurie d'insuline.", "Une réplication sur un échantillon plus large a trouvé un effet moitié moindre.", "La Défenseure des droits présentera un second rapport à l'automne."),
    "pl": ("Projekt przyjęto w drugim czytaniu stosunkiem głosów 212 do 148.", "Śledczy ustalili, że kolumna opuściła bazę przed podpisaniem rozkazu.", "Sąd uznał legitymację skarżących i przekazał sprawę do ponownego rozpoznania.", "Badacze porównali zdjęcia satelitarne portu sprzed embarga i po nim.", "Wiceminister wyjaśnił, że umowę zawarto za poprzedniego rządu.", "Szpitale w trzech powiatach przygranicznych zgłosiły brak insuliny."),
    "es": ("El texto fue aprobado en segunda lectura por 212 votos contra 148.", "Los investigadores establecieron que la columna salió del depósito antes de firmarse la orden.", "El tribunal reconoció la legitimación de los recurrentes y devolvió el asunto.", "Los científicos compararon imágenes de satélite del puerto antes y después del embargo.", "El viceministro explicó que el contrato se firmó con el gobierno anterior.", "Los hospitales de tres distritos fronterizos comunicaron falta de insulina."),
    "it": ("Il testo è stato approvato in seconda lettura con 212 voti contro 148.", "Gli inquirenti hanno accertato che la colonna aveva lasciato il deposito prima della firma dell'ordine.", "Il tribunale ha riconosciuto la legittimazione dei ricorrenti e rinviato la causa.", "I ricercatori hanno confrontato immagini satellitari del porto prima e dopo l'embargo.", "Il viceministro ha spiegato che il contratto risale al governo precedente.", "Gli ospedali di tre distretti di confine segnalano carenza di insulina."),
    "be": ("Законапраект прыняты ў другім чытанні: за прагаласавалі 212 дэпутатаў, супраць — 148.", "Следства ўстанавіла, што калона выйшла з базы да падпісання загаду.", "Суд прызнаў за заяўнікамі права на пазоў і вярнуў справу.", "Даследчыкі параўналі спадарожнікавыя здымкі порта да эмбарга і пасля яго.", "Намеснік міністра патлумачыў, што дамову заключыў ранейшы ўрад.", "Бальніцы трох памежных раёнаў паведамілі пра недахоп інсуліну."),
    "kk": ("Заң жобасы екінші оқылымда қабылданды: 212 депутат жақтап, 148 депутат қарсы дауыс берді.", "Тергеу колоннаның бұйрыққа қол қойылғанға дейін шыққанын анықтады.", "Сот арыз берушілердің талап қою құқығын мойындап, істі қайта қарауға жіберді.", "Зерттеушілер порттың эмбаргоға дейінгі және кейінгі жерсерік суреттерін салыстырды.", "Министрдің орынбасары келісім бұрынғы үкімет тұсында жасалғанын айтты.", "Шекара маңындағы үш ауданның ауруханалары инсулин тапшылығын хабарлады."),
}  # fmt: skip
HEADLINES = {
    "en": ("Parliament delays vote on war crimes tribunal", "Court orders release of harbour files", "Ministry publishes list of frozen assets", "How a village counted its missing", "Study doubts earlier finding on river cod", "Envoys meet on grain corridor", "What the new press law changes", "Veterans ask for an inquiry"),
    "ru": ("Парламент перенёс голосование о трибунале", "Суд обязал раскрыть документы порта", "Минфин опубликовал список замороженных активов", "Как село искало своих пропавших", "Учёные усомнились в прежнем открытии", "Послы обсудили зерновой коридор", "Что меняет новый закон о печати", "Ветераны просят провести расследование"),
    "uk": ("Парламент переніс голосування про трибунал", "Суд зобов'язав розкрити документи порту", "Мінфін оприлюднив перелік заморожених активів", "Як село шукало своїх зниклих", "Науковці засумнівалися в попередньому відкритті", "Посли обговорили зерновий коридор", "Що змінює новий закон про пресу", "Ветерани просять провести розслідування"),
    "de": ("Parlament verschiebt Votum über Tribunal", "Gericht ordnet Freigabe der Hafenakten an", "Ministerium nennt eingefrorene Vermögen", "Wie ein Dorf seine Vermissten zählte", "Studie bezweifelt früheren Befund", "Gesandte beraten über Getreidekorridor", "Was das neue Pressegesetz ändert", "Veteranen fordern Untersuchung"),
    "nl": ("Parlement stelt stemming over tribunaal uit", "Rechter gelast vrijgave havendossier", "Ministerie publiceert lijst bevroren tegoeden", "Hoe een dorp zijn vermisten telde", "Studie twijfelt aan eerdere vondst", "Gezanten praten over graancorridor", "Wat de nieuwe perswet verandert", "Veteranen vragen om onderzoek"),
    "fr": ("Le Parlement reporte le vote sur le tribunal", "La justice ordonne la publication du dossier du port", "Le ministère publie la liste des avoirs gelés", "Comment un village a compté ses disparus", "Une étude met en doute une découverte", "Les émissaires discutent du corridor céréalier", "Ce que change la loi sur la presse", "Des vétérans réclament une enquête"),
    "pl": ("Parlament odkłada głosowanie nad trybunałem", "Sąd nakazał ujawnić akta portu", "Ministerstwo ogłosiło listę zamrożonych aktywów", "Jak wieś liczyła zaginionych", "Co zmienia nowe prawo prasowe"),
    "es": ("El Parlamento aplaza el voto sobre el tribunal", "La justicia ordena publicar el sumario del puerto", "El ministerio publica la lista de bienes congelados", "Cómo un pueblo contó a sus desaparecidos", "Qué cambia la nueva ley de prensa"),
    "it": ("Il Parlamento rinvia il voto sul tribunale", "Il giudice ordina di pubblicare gli atti del porto", "Il ministero pubblica l'elenco dei beni congelati", "Come un paese ha contato i dispersi", "Che cosa cambia con la legge sulla stampa"),
    "be": ("Парламент перанёс галасаванне пра трыбунал", "Суд абавязаў раскрыць дакументы порта", "Мінфін апублікаваў спіс замарожаных актываў", "Як вёска шукала зніклых", "Што мяняе новы закон аб друку"),
    "kk": ("Парламент трибунал туралы дауысты кейінге қалдырды", "Сот порт құжаттарын ашуды міндеттеді", "Қаржы министрлігі активтер тізімін жариялады", "Ауыл жоғалғандарын қалай іздеді", "Баспасөз туралы жаңа заң нені өзгертеді"),
}  # fmt: skip
_WORDS = {  # search, most read, consent, accept, refuse, newsletter, share, print, privacy, imprint, feedback
    "en": ("Search", "Most read", "We and our 214 partners store and access information on a device, such as cookies, to personalise content and measure audiences. You can change your choices at any time.", "Accept all", "Reject all", "Get our morning briefing in your inbox", "Share", "Print this page", "Privacy notice", "Terms of use", "Is this page useful?"),
    "ru": ("Поиск по сайту", "Самое читаемое", "Продолжая пользоваться сайтом, вы соглашаетесь на обработку файлов cookie и пользовательских данных с помощью «Яндекс.Метрики».", "Принять", "Подробнее", "Подпишитесь на рассылку", "Поделиться", "Версия для печати", "Политика обработки персональных данных", "Правила использования материалов", "Сообщить об ошибке: выделите текст и нажмите Ctrl+Enter"),
    "uk": ("Пошук на сайті", "Найчитаніше", "Ми використовуємо файли cookie, щоб покращити роботу сайту. Продовжуючи перегляд, ви погоджуєтеся з цим.", "Прийняти", "Докладніше", "Підпишіться на розсилку", "Поширити", "Версія для друку", "Політика приватності", "Правила використання матеріалів", "Знайшли помилку? Виділіть її та натисніть Ctrl+Enter"),
    "de": ("Suche", "Meistgelesen", "Wir und unsere Partner verarbeiten personenbezogene Daten, um Inhalte zu personalisieren und Zugriffe zu messen. Ihre Einwilligung können Sie jederzeit widerrufen.", "Alle akzeptieren", "Ablehnen", "Newsletter abonnieren", "Teilen", "Seite drucken", "Datenschutz", "Impressum", "War diese Seite hilfreich?"),
    "nl": ("Zoeken", "Meest gelezen", "Wij en onze partners gebruiken cookies om content te personaliseren en bezoek te meten. U kunt uw keuze altijd wijzigen.", "Alles accepteren", "Weigeren", "Ontvang onze nieuwsbrief", "Delen", "Pagina afdrukken", "Privacyverklaring", "Algemene voorwaarden", "Heeft deze pagina u geholpen?"),
    "fr": ("Rechercher", "Les plus lus", "Avec votre accord, nos partenaires et nous utilisons des cookies pour mesurer l'audience et personnaliser les contenus. Vous pouvez changer d'avis à tout moment.", "Tout accepter", "Continuer sans accepter", "Recevez notre lettre d'information", "Partager", "Imprimer", "Données personnelles", "Mentions légales", "Cette page vous a-t-elle été utile ?"),
    "pl": ("Szukaj", "Najczęściej czytane", "Serwis używa plików cookie w celu analizy ruchu. Możesz zmienić ustawienia w przeglądarce.", "Akceptuję", "Odrzuć", "Zapisz się na newsletter", "Udostępnij", "Drukuj", "Polityka prywatności", "Regulamin", "Czy ta strona była pomocna?"),
    "es": ("Buscar", "Lo más leído", "Utilizamos cookies propias y de terceros para medir la audiencia y personalizar contenidos.", "Aceptar", "Rechazar", "Suscríbase al boletín", "Compartir", "Imprimir", "Política de privacidad", "Aviso legal", "¿Le ha resultado útil?"),
    "it": ("Cerca", "I più letti", "Noi e i nostri partner utilizziamo cookie per misurare il pubblico e personalizzare i contenuti.", "Accetta", "Rifiuta", "Iscriviti alla newsletter", "Condividi", "Stampa", "Informativa privacy", "Note legali", "Questa pagina è stata utile?"),
    "be": ("Пошук", "Самае чытанае", "Сайт выкарыстоўвае файлы cookie для аналізу наведванняў.", "Прыняць", "Падрабязней", "Падпісацца на рассылку", "Падзяліцца", "Версія для друку", "Палітыка апрацоўкі даных", "Правілы выкарыстання", "Знайшлі памылку?"),
    "kk": ("Іздеу", "Көп оқылған", "Сайт cookie файлдарын пайдаланады. Сайтты қолдануды жалғастыра отырып, сіз келісім бересіз.", "Қабылдау", "Толығырақ", "Жаңалықтарға жазылу", "Бөлісу", "Басып шығару", "Құпиялылық саясаты", "Пайдалану ережелері", "Қате таптыңыз ба?"),
}  # fmt: skip


def text(lang: str, seed: object, count: int = 8) -> str:
    """Paragraphs of reporting."""
    rng = random.Random(f"13{lang}{seed}")
    return "".join(f"<p>{' '.join(rng.sample(SENTENCES[lang], 3))}</p>\n" for _ in range(count))


def teasers(lang: str, seed: object, count: int = 8) -> str:
    """Cards that lead elsewhere."""
    rng = random.Random(f"13t{lang}{seed}")
    out = []
    for number in range(count):
        title, day = rng.choice(HEADLINES[lang]), f"2025-0{rng.randrange(1, 10)}-{rng.randrange(10, 29)}"
        out.append(
            f'<article class="card card--{number % 3}"><a class="card__link" href="/{rng.choice("abcdef")}/{day[:7].replace("-", "/")}/{rng.randrange(10**5, 10**6)}.html"><picture><source srcset="/img/{number}-480.webp 480w, /img/{number}-960.webp 960w" type="image/webp"><img loading="lazy" width="480" height="270" src="/img/{number}-480.jpg" alt=""></picture><h3 class="card__title">{escape(title)}</h3></a><p class="card__lead">{escape(rng.choice(SENTENCES[lang])[:90])}…</p><time datetime="{day}">{day}</time></article>\n'
        )
    return "".join(out)


def story(lang: str, title: str, lead: str = "", count: int = 8, *, extra: str = "", author: str = "M. Vetrova") -> str:
    """An article with its byline, picture, sharing and labels."""
    words = _WORDS[lang]
    return f"""<article class="article" itemscope itemtype="https://schema.org/NewsArticle"><header class="article__head"><nav class="crumbs" aria-label="breadcrumb"><ol><li><a href="/">{NAV[lang][0]}</a></li><li><a href="/p/">{NAV[lang][1]}</a></li></ol></nav><h1 itemprop="headline">{title}</h1><p class="standfirst">{lead}</p><div class="byline"><span itemprop="author">{author}</span> <time itemprop="datePublished" datetime="2019-04-11T08:15:00+02:00">11.04.2019, 08:15</time></div><ul class="share" aria-label="{words[6]}"><li><a href="https://t.me/share/url?url=x">Telegram</a></li><li><a href="https://www.facebook.com/sharer/sharer.php?u=x">Facebook</a></li><li><button class="print">{words[7]}</button></li></ul></header>
<figure><img src="/img/lead.jpg" width="1200" height="675" alt=""><figcaption>{escape(lead[:80])} / Reuters</figcaption></figure><div class="article__body" itemprop="articleBody">{text(lang, title, count)}{extra}</div><ul class="tags"><li><a href="/t/1">{NAV[lang][2]}</a></li><li><a href="/t/2">{NAV[lang][4]}</a></li></ul></article>"""


def _styles(seed: object) -> str:
    rng = random.Random(f"css{seed}")
    return "<style>" + "".join(f".u{rng.randrange(9999)}{{display:flex;margin:{n}px {n % 7}rem;color:#{rng.randrange(1 << 24):06x};grid-template-columns:repeat({n % 5 + 1},1fr)}}@media(min-width:{600 + n}px){{.u{n}{{padding:{n}px}}}}" for n in range(30)) + "</style>"  # fmt: skip


_ICONS = '<svg xmlns="http://www.w3.org/2000/svg" style="display:none">' + "".join(f'<symbol id="i{n}" viewBox="0 0 24 24"><path d="M{n} 2C6.48 2 2 6.48 2 12s4.48 10 10 10 10-4.48 10-10S17.52 2 12 2zm1 15h-2v-6h2v6zm0-8h-2V7h2v2z"/></symbol>' for n in range(8)) + "</svg>"  # fmt: skip
_TAGS = "<script>(function(w,d,s,l,i){w[l]=w[l]||[];w[l].push({'gtm.start':new Date().getTime(),event:'gtm.js'});var f=d.getElementsByTagName(s)[0],j=d.createElement(s),dl=l!='dataLayer'?'&l='+l:'';j.async=true;j.src='https://www.googletagmanager.com/gtm.js?id='+i+dl;f.parentNode.insertBefore(j,f);})(window,document,'script','dataLayer','GTM-K2X9Q1');</script>"
_METRIKA = '<script>(function(m,e,t,r,i,k,a){m[i]=m[i]||function(){(m[i].a=m[i].a||[]).push(arguments)};m[i].l=1*new Date();k=e.createElement(t),a=e.getElementsByTagName(t)[0],k.async=1,k.src=r,a.parentNode.insertBefore(k,a)})(window,document,"script","https://mc.yandex.ru/metrika/tag.js","ym");ym(4412231,"init",{clickmap:true,trackLinks:true,accurateTrackBounce:true,webvisor:true});</script><noscript><div><img src="https://mc.yandex.ru/watch/4412231" style="position:absolute;left:-9999px" alt=""></div></noscript>'


def _menu(lang: str, css: str = "menu") -> str:
    return "".join(f'<li class="{css}__item {css}__item--{n}"><a class="{css}__link" href="/{n}/">{escape(word)}</a></li>' for n, word in enumerate(NAV[lang]))  # fmt: skip


def _mega(lang: str) -> str:
    return "".join(f'<li class="has-children"><a href="/{n}/" aria-expanded="false">{word}</a><div class="sub"><ul>{"".join(f"<li><a href=/{n}/{m}/>{escape(h)}</a></li>" for m, h in enumerate(HEADLINES[lang][:5]))}</ul></div></li>' for n, word in enumerate(NAV[lang][:7]))  # fmt: skip


def press(lang: str, title: str, main: str, *, site: str = "The Northern Record", head: str = "", css: str = "page page--article", seed: object = 0, rail: int = 8) -> str:  # fmt: skip
    """A newspaper or agency."""
    w = _WORDS[lang]
    return f"""<!DOCTYPE html>
<html lang="{lang}" class="no-js"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"><title>{title}</title><meta property="og:site_name" content="{site}"><meta name="theme-color" content="#102030"><link rel="icon" href="/favicon.svg" type="image/svg+xml"><link rel="preconnect" href="https://fonts.gstatic.com" crossorigin>{head}{_styles(site)}{_TAGS}</head>
<body class="{css}">{_ICONS}<div id="consent" role="dialog" aria-modal="true" aria-label="cookies" class="consent" hidden><p>{w[2]}</p><button data-consent="all">{w[3]}</button><button data-consent="none">{w[4]}</button></div><div id="ad-billboard" class="ad" data-slot="billboard"></div>
<header class="masthead"><a href="/" class="masthead__logo"><img src="/logo.svg" alt="{site}" width="240" height="40"></a><form action="/search" role="search"><label class="vh" for="q">{w[0]}</label><input id="q" name="q" type="search" placeholder="{w[0]}"></form><nav class="menu"><ul>{_menu(lang)}</ul></nav></header>
<div class="layout"><main id="main">{main}</main><aside class="rail"><h2>{w[1]}</h2>{teasers(lang, f"{site}{seed}", rail)}<div class="newsletter"><h2>{w[5]}</h2><form action="/newsletter"><input type="email" name="e"><button>OK</button></form></div></aside></div>
<footer class="foot"><ul>{_menu(lang, "foot")}</ul><p>© 2008–2025 {site}. <a href="/privacy">{w[8]}</a> · <a href="/terms">{w[9]}</a></p></footer><script src="/build/app.4f1c.js" defer></script><script>window.dataLayer.push({{"pageType":"article","site":"{site}","loggedIn":false}});</script></body></html>"""


def gov(lang: str, title: str, main: str, *, site: str = "Ministry of Waterways", head: str = "", css: str = "govpage") -> str:  # fmt: skip
    """A ministry, a parliament, an office."""
    w = _WORDS[lang]
    counted = _METRIKA if lang in {"ru", "be", "kk"} else ""
    return f"""<!DOCTYPE html>
<!--[if lt IE 9]><html class="lte-ie8" lang="{lang}"><![endif]--><!--[if gt IE 8]><!--><html lang="{lang}"><!--<![endif]--><head><meta charset="utf-8"/><meta http-equiv="X-UA-Compatible" content="IE=edge"/><title>{title}</title><meta name="viewport" content="width=device-width, initial-scale=1"/><link rel="shortcut icon" href="/assets/favicon.ico"/>{head}{_styles(site)}{counted}</head>
<body class="{css}"><script>document.body.className+=' js-enabled'</script>{_ICONS}<a class="skip" href="#content">▼</a><div class="cookie-banner" role="region"><p>{w[2]}</p><button>{w[3]}</button><a href="/cookies">{w[4]}</a></div>
<header role="banner"><div class="crest"><a href="/" title="{site}"><img src="/assets/crest.svg" alt=""/><span>{site}</span></a></div><ul class="langs"><li><a hreflang="en" href="/en/">EN</a></li><li><a hreflang="{lang}" href="/">{lang.upper()}</a></li></ul><form action="/search" method="get"><input type="search" name="keywords" title="{w[0]}"/><button>{w[0]}</button></form><nav aria-label="main"><ul class="mega">{_mega(lang)}</ul></nav></header>
<main id="content" role="main">{main}</main><section class="feedback"><h2>{w[10]}</h2><button value="1">+</button><button value="0">−</button></section>
<footer role="contentinfo"><nav><ul>{_menu(lang, "f")}</ul></nav><p><a href="/privacy">{w[8]}</a> <a href="/legal">{w[9]}</a></p><p>{site}</p></footer><script src="/assets/application-9b2f.js"></script></body></html>"""


def bx(lang: str, title: str, main: str, *, site: str = "Официальный сайт", head: str = "", heading: str | None = None) -> str:  # fmt: skip
    """1C-Bitrix as regional administrations and universities have it."""
    w = _WORDS[lang]
    shown = f'<h1 id="pagetitle">{heading if heading is not None else title}</h1>' if heading != "" else ""
    return f"""<!DOCTYPE html>
<html lang="{lang}"><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8" /><meta name="robots" content="index, follow" /><title>{title}</title><link href="/bitrix/cache/css/s1/main/template_8e3b/template_8e3b_v1.css?16912" type="text/css" rel="stylesheet" data-template-style="true" />
<script>if(!window.BX)window.BX={{}};if(!window.BX.message)window.BX.message=function(mess){{if(typeof mess==='object'){{for(let i in mess){{BX.message[i]=mess[i];}}return true;}}}};</script><script>(window.BX||top.BX).message({{"JS_CORE_LOADING":"Загрузка...","JS_CORE_NO_DATA":"- Нет данных -","JS_CORE_WINDOW_CLOSE":"Закрыть","JS_CORE_WINDOW_ERROR":"Ошибка","JSADM_FILES":"Файлы"}});</script>{head}{_styles(site)}{_METRIKA}</head>
<body><div id="panel"></div><div class="top"><a href="?special_version=Y" class="blind">👓</a><a class="logo" href="/"><img src="/local/templates/main/img/logo.png" alt="{site}"/>{site}</a><form action="/search/index.php"><input name="q" placeholder="{w[0]}"/></form></div><ul id="horizontal-multilevel-menu">{_mega(lang)}</ul>
<div class="bx-breadcrumb"><a href="/">{site}</a> / <a href="/press/">{NAV[lang][0]}</a></div><div id="workarea">{shown}{main}<div class="ya-share2" data-services="vkontakte,telegram"></div></div><div id="sidebar"><h3>{w[1]}</h3><div class="news-list">{teasers(lang, site, 4)}</div></div>
<div class="cookie"><p>{w[2]}</p><button>{w[3]}</button></div><div class="footer"><ul>{_menu(lang, "fm")}</ul><p>© {site}, 2011–2025</p><p>{w[10]}</p></div></body></html>"""


def institute(lang: str, title: str, main: str, *, site: str = "Institute for Open Seas", head: str = "", css: str = "post-template-default single single-post", graph: object = None) -> str:  # fmt: skip
    """An NGO, a think tank or a blog on WordPress, with the usual plugins."""
    w = _WORDS[lang]
    told = graph or {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": site, "potentialAction": {"@type": "SearchAction", "target": "/?s={s}"}},
            {"@type": "Organization", "name": site},
        ],
    }
    return f"""<!DOCTYPE html>
<html lang="{lang}" prefix="og: https://ogp.me/ns#"><head><meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="profile" href="https://gmpg.org/xfn/11"><meta name='robots' content='max-image-preview:large, max-snippet:-1' />
<!-- This site is optimized with the Yoast SEO plugin v22.4 - https://yoast.com/wordpress/plugins/seo/ --><title>{title}</title><meta property="og:site_name" content="{site}" /><script type="application/ld+json" class="yoast-schema-graph">{json.dumps(told, ensure_ascii=False)}</script><!-- / Yoast SEO plugin. -->
<script>window._wpemojiSettings={{"baseUrl":"https:\\/\\/s.w.org\\/images\\/core\\/emoji\\/15.0.3\\/72x72\\/","ext":".png","svgUrl":"https:\\/\\/s.w.org\\/images\\/core\\/emoji\\/15.0.3\\/svg\\/","source":{{"concatemoji":"\\/wp-includes\\/js\\/wp-emoji-release.min.js?ver=6.5.2"}}}};</script>{_styles(site)}<link rel='stylesheet' id='elementor-frontend-css' href='/wp-content/plugins/elementor/assets/css/frontend.min.css?ver=3.21' media='all' /><meta name="generator" content="Elementor 3.21.4" />{head}{_TAGS}</head>
<body class="{css} wp-custom-logo elementor-default elementor-kit-5"><a class="skip-link screen-reader-text" href="#content">↓</a><header id="site-header" class="site-header"><div class="site-branding"><a href="/" rel="home"><img src="/wp-content/uploads/2017/03/logo.png" class="custom-logo" alt="{site}"></a></div><nav class="main-navigation"><ul id="menu-main" class="menu">{_menu(lang, "menu-item")}</ul></nav><form role="search" class="search-form" action="/"><input type="search" class="search-field" placeholder="{w[0]} …" name="s" /></form></header>
<div id="content" class="site-content"><main id="primary" class="site-main">{main}</main><aside id="secondary" class="widget-area"><section class="widget widget_recent_entries"><h2 class="widget-title">{w[1]}</h2>{teasers(lang, site, 4)}</section></aside></div>
<footer id="colophon" class="site-footer"><ul>{_menu(lang, "fm")}</ul><p>© 2025 {site} | <a href="/privacy-policy/">{w[8]}</a></p></footer><div id="cmplz-cookiebanner-container"><div class="cmplz-cookiebanner cmplz-hidden" role="dialog"><div class="cmplz-message">{w[2]}</div><button class="cmplz-btn cmplz-accept">{w[3]}</button><button class="cmplz-btn cmplz-deny">{w[4]}</button></div></div><script src="/wp-includes/js/jquery/jquery.min.js?ver=3.7.1" id="jquery-core-js"></script></body></html>"""


def campus(lang: str, title: str, main: str, *, site: str = "Universität Nordhafen", head: str = "", css: str = "template-document portaltype-document") -> str:  # fmt: skip
    """A university on Plone."""
    w = _WORDS[lang]
    return f"""<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="{lang}" xml:lang="{lang}"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><meta name="generator" content="Plone - http://plone.com" /><title>{title}</title><link rel="stylesheet" href="/++plone++static/bundle-uni/++unique++2024/uni.css" />{head}{_styles(site)}</head>
<body id="visual-portal-wrapper" class="{css} site-Plone icons-on userrole-anonymous viewpermission-view" dir="ltr" data-base-url="/"><div class="outer-wrapper"><header id="content-header"><a id="portal-logo" title="{site}" href="/"><img src="/logo.svg" alt="{site}"/></a><div id="portal-searchbox"><form action="/@@search"><input name="SearchableText" placeholder="{w[0]}"/></form></div></header>
<div id="mainnavigation-wrapper"><nav class="plone-navbar"><ul id="portal-globalnav">{_mega(lang)}</ul></nav></div><aside id="global_statusmessage"></aside><div id="viewlet-above-content"><nav id="portal-breadcrumbs"><ol><li><a href="/">{site}</a></li></ol></nav></div><article id="portal-column-content"><div id="content">{main}</div></article><aside id="portal-column-two"><section class="portlet"><header>{w[1]}</header>{teasers(lang, site, 3)}</section></aside>
<footer id="portal-footer-wrapper"><ul>{_menu(lang, "p")}</ul><p>{site} · <a href="/impressum">{w[9]}</a> · <a href="/datenschutz">{w[8]}</a></p></footer></div></body></html>"""


def app(lang: str, title: str, root: str, state: object, *, name: str = "__NEXT_DATA__", head: str = "") -> str:
    """An application that was rendered on its server and left its state behind."""
    told = json.dumps(state, ensure_ascii=False, separators=(",", ":"))
    left = (
        f'<script id="__NEXT_DATA__" type="application/json">{told}</script>'
        if name == "__NEXT_DATA__"
        else f"<script>window.{name}={told}</script>"
    )
    loads = "".join(
        f'<link rel="preload" href="/_next/static/chunks/{n}{n * 7919 % 9973:x}.js" as="script"/>' for n in range(12)
    )
    ids = "__next" if name == "__NEXT_DATA__" else ("__nuxt" if name == "__NUXT__" else "root")
    return f'<!DOCTYPE html><html lang="{lang}"><head><meta charSet="utf-8"/><meta name="viewport" content="width=device-width"/><title>{title}</title>{head}{loads}{_styles(title)}</head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="{ids}">{root}</div>{left}<script src="/_next/static/chunks/main-{len(title)}.js" defer=""></script></body></html>'


def header_of(lang: str, site: str) -> str:
    """An application's own header."""
    return f'<header class="Header_root__x1"><a href="/"><img alt="{site}" src="/logo.svg"/></a><nav><ul>{_menu(lang, "Nav")}</ul></nav><button>{_WORDS[lang][0]}</button></header>'


def footer_of(lang: str, site: str) -> str:
    """An application's own footer."""
    w = _WORDS[lang]
    return f'<footer class="Footer_root__y2"><ul>{_menu(lang, "Foot")}</ul><p>© {site} 2025. {w[8]}. {w[9]}.</p></footer><div class="Cookie_root__z3"><p>{w[2]}</p><button>{w[3]}</button></div>'
