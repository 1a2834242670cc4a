"""Words that turn a sentence round: negations, opposites, and the words of lines that change by themselves."""

from __future__ import annotations

import re

_NEGATIONS = {
    "en": "not no never neither nor none nobody nothing nowhere without cannot hardly",
    "nl": "niet geen nooit niemand niets nergens noch zonder nauwelijks",
    "de": "nicht kein keine keinen keinem keiner keines nie niemals niemand nichts nirgends weder ohne kaum",
    "ru": "не ни нет никогда никто никого никому ничего ничто нигде никакой никаких без нельзя невозможно вряд",
    "uk": "не ні немає нема ніколи ніхто нікого нікому нічого ніде жоден жодної жодного жодних без",
    "fr": "ne n pas jamais aucun aucune personne rien sans",
}
_WORDS = {language: frozenset(words.split()) for language, words in _NEGATIONS.items()}
_SURE = frozenset().union(*_WORDS.values()) - frozenset(["noch", "pas", "personne", "n", "ne", "no", "sans", "nie"])
"""Words that negate in whatever language: Dutch “noch” is German for “still”, French “pas” Dutch for “only just”."""

_ANY = frozenset().union(*_WORDS.values()) - frozenset(["noch", "personne", "n"])

_PREFIXES = ("не", "un", "in", "im", "il", "ir", "dis", "non", "non-", "on", "niet-", "nicht-")

# Each line: stems of one sense, a bar, stems of the other; a word belongs to the stem that it begins with.
_OPPOSITES = """
convict guilty | acquit innocent exonerat
arrest detain jailed imprison | releas freed
approv adopt accept endors pass | reject refus veto dismiss declin
confirm admit admitt acknowledg | deny denie denied disput refut
support back favour favor | oppos against
rose rise risen rising increas grew grow climb gain | fell fall fallen falling decreas declin drop shrank shrink lost
won win wins victory | lost lose loses defeat
killed dead died die | wounded injured surviv alive
alive | dead
legal lawful | illegal unlawful
allow permit legalis legaliz | ban bans banned forbid forbade prohibit outlaw
open | clos shut
before | after
more | less fewer
most majority | minority
true | false untrue
first | last
always | never
all every | none no
began begin begun start launch | end ended stop halt ceas cancel
include | exclude
enter join | left leave leaves quit withdr
safe | unsafe danger
veroordeeld schuldig | vrijgesproken onschuldig
aangehouden gearresteerd opgepakt | vrijgelaten
goedgekeurd aangenomen aanvaard instem ingestemd | afgewezen verworpen verwierp verwerp geweigerd afgekeurd
bevestig erken toegegeven | ontken weerleg
voor | tegen
gestegen steeg stijg stegen toegenomen | gedaald daal afgenomen
gewonnen won | verloren verloor
gedood doden omgekomen dood | gewond overleefd levend
toegestaan | verboden
geopend open | gesloten dicht
meer | minder
meerderheid | minderheid
begonnen begin | gestopt beëindigd geannuleerd afgelast
alle | geen
verurteilt schuldig | freigesprochen unschuldig
festgenommen verhaftet inhaftiert | freigelassen entlassen
genehmigt gebilligt angenommen beschlossen zugestimmt | abgelehnt verworfen zurückgewiesen verweigert
bestätig | dementier bestritt bestreit widerleg
für | gegen
gestiegen stieg steig zugenommen | gesunken sank fiel gefallen abgenommen
gewonnen gewann | verloren verlor
getötet tot tote toten starb gestorben | verletzt überlebt lebend
erlaubt legal | verboten illegal
geöffnet offen | geschlossen
mehr | weniger
mehrheit | minderheit
begonnen begann | beendet abgesagt gestoppt
осужд осудил виновн приговор | оправда невиновн
задерж арестов | освобо отпус отпущ
одобр принял принят утверд поддержа | отклон отказ отверг
подтверд призна | опроверг отриц
за | против
выро увелич подня повыс | снизи упал сократи уменьш понизи
выигра победи победу | проигра пораж
погиб убит мертв смерт | ранен пострада выжил выжив жив
разреш законн легальн | запрет запрещ незаконн
откры | закры
больше более | меньше менее
большинств | меньшинств
нача | законч прекра отмен остано
все всех всем | никто ничего никого
вошел вступи присоедини | вышел покину выход
засудж винн | виправда невинн
затрима арешт заарешт | звільн відпус відпущ
схвал ухвал затверд прийня підтрима | відхил відмов відкин
підтверд визна | спростув запереч
за | проти
зрос зріс збільш підви | знизи впа скороти зменш
вигра перемог перемож | програ поразк
загин вбит убит | поранен постражда вижи жив
дозвол законн | заборон незаконн
відкри | закри
більше | менше
більшість | меншість
поча розпоча | закінч припин скасув зупин
"""

_SIDES = tuple(
    (tuple(one.split()), tuple(other.split()))
    for one, _, other in (line.partition("|") for line in _OPPOSITES.strip().splitlines())
)

_SELF_CHANGING = re.compile(
    r"""(?xi)
    \b(?:
        comments? | repl(?:y|ies) | views? | viewed | likes? | shares? | shared | subscribers? | readers?
      | followers?
      | updated | published | posted | last\ modified | edited | ago | read(?:ing)?\ time
      | min(?:ute)?s?\ read | today's
      | weather | temperature | exchange\ rate | advertisement | sponsored | related | most\ read
      | reacties | bekeken | weergaven | gedeeld | gewijzigd | bijgewerkt | gepubliceerd | geleden | leestijd | volgers
      | het\ weer | advertentie | lees\ ook | meest\ gelezen
      | kommentare? | aufrufe | geteilt | aktualisiert | veröffentlicht | lesezeit | stand: | abonnenten | anzeige
      | wetter | lesen\ sie\ auch | meistgelesen
      | комментари\w* | просмотр\w* | прочитал\w* | лайк\w* | поделились | подписчик\w* | обновлен\w* | опубликован\w*
      | назад | время\ чтения | погода | курс | реклама | читайте\ также | самое\ читаемое | редакция\ от
      | коментар\w* | перегляд\w* | підписник\w* | оновлен\w* | опублікован\w* | тому | погода | реклама
      | читайте\ також
      | commentaires? | \d+\ (?:vues? | lectures? | partages | avis) | vue?s?\ [\d\ .]+\ fois | abonnés
      | mise?\ à\ jour | publiée?\ le | temps\ de\ lecture | il\ y\ a\ \d+\ (?:secondes? | minutes? | heures? | jours?)
      | météo | publicité | lire\ aussi | à\ lire\ aussi | les\ plus\ lus
      | (?:people | others | customers | shoppers)\ (?:are\ (?:viewing | watching | looking\ at)\ (?:this | it)
        | also\ bought) | out\ of\ 5 | \d+\ (?:ratings | reviews)
      | (?:mensen | anderen | bezoekers)\ bekijken | (?:keer | maal)\ (?:gelezen | verkocht) | op\ voorraad
      | (?:personen | leute | andere | kunden)\ sehen\ sich | mal\ (?:gelesen | verkauft) | auf\ lager
      | vor\ \d+\ (?:minuten | stunden | tagen)
      | (?:personnes | clients | internautes)\ (?:regardent | consultent) | en\ stock | in\ stock
      | сейчас\ (?:смотрят | читают | на\ сайте) | уже\ купили | осталось\ \d+\ (?:шт | штук) | отзыв(?:а | ов)?
      | зараз\ (?:дивляться | читають) | відгук(?:и | ів)?
    )(?!\w)"""
)
_SHORT_LINE = 12  # words, up to which a line with such a word is a label and no statement


def is_negation(word: str, language: str | None) -> bool:
    """Whether a normalised word negates in a language; None where that is not known."""
    return word in _WORDS.get((language or "")[:2], _SURE) or word.endswith("n't")


def negates(word: str) -> bool:
    """Whether a normalised word negates in any of the languages; for places where nothing else is likely to stand."""
    return word in _ANY or word.endswith("n't")


def are_opposites(one: str, other: str) -> bool:
    """Whether one normalised word says the contrary of another: of opposite stems, or one the other with “un-”."""
    for longer, shorter in ((one, other), (other, one)):
        if len(shorter) >= 4 and any(longer == prefix + shorter for prefix in _PREFIXES):
            return True
    return any(
        (_begins(one, left) and _begins(other, right)) or (_begins(one, right) and _begins(other, left))
        for left, right in _SIDES
    )


def _begins(word: str, stems: tuple[str, ...]) -> bool:
    return any(word == stem or (len(stem) >= 4 and word.startswith(stem)) for stem in stems)


def changes_by_itself(line: str, words: int) -> bool:
    """Whether a line is a label that is never twice the same: a count of comments, a time of updating, the weather."""
    return words <= _SHORT_LINE and bool(_SELF_CHANGING.search(line))
