"""Another site altogether: a page compared with its last capture, through ``archive`` and ``check``."""

# ruff: noqa: E501 - staged pages read best as they are
from __future__ import annotations

from pathlib import Path

import pytest

from citekeeper.__main__ import main
from citekeeper.sandbox import World
from in_process import Run

from .conftest import write_register

URL = "https://zeitung.example/2022/schleuse"
CAPTURED = (
    "<!doctype html><html lang='nl'><head><title>{title}</title></head><body><h1>{title}</h1>"
    "<p>Het havenbestuur stemde donderdag met zeven tegen twee voor het verhogen van de sluis, nadat ingenieurs hadden "
    "gewaarschuwd dat de oude deuren geen winter meer zouden doorstaan. Volgens de voorzitter is er lang gewacht op geld "
    "uit Den Haag, en bleef de schade na de storm van november groter dan eerst werd gedacht.</p>"
    "<p>Het werk begint in mei en duurt twee jaar; schippers moeten rekening houden met omvaren via het zuidelijke "
    "kanaal. Bewoners van de kade vrezen geluid en stof, maar krijgen volgens de wethouder een vaste contactpersoon.</p>"
    "</body></html>"
)
OTHER_SITE = (
    "<!doctype html><html lang='en'><head><title>Ten best air fryers reviewed</title></head><body>"
    "<h1>Ten best air fryers reviewed</h1><p>We tested ovens and fryers so that you need not, and these are our "
    "favourites for every kitchen. The basket of the winner holds enough chips for four hungry people, heats within "
    "three minutes, and goes into the dishwasher without complaint from anybody in our household.</p><p>Cheaper models "
    "rattle, smell of plastic during their first week, or burn one side of a chicken while leaving the other pale. "
    "Buyers should measure their cupboards before ordering anything larger than six litres.</p></body></html>"
)
OTHER_ARTICLE = (
    "<!doctype html><html lang='nl'><head><title>Recept voor appeltaart met kaneel</title></head><body>"
    "<h1>Recept voor appeltaart met kaneel</h1><p>Schil acht appels, snijd ze in blokjes, strooi suiker, citroensap "
    "erover, laat staan terwijl u deeg kneedt. Bekleed de springvorm, vul hem, leg reepjes kruislings bovenop, bak ruim "
    "een uur goudbruin.</p><p>Serveer lauw met slagroom, bewaar restjes onder folie. Wie rozijnen lekker vindt weekt ze "
    "vooraf in rum; noten kunnen ook. Rabarber vraagt extra suiker, peren juist minder.</p></body></html>"
)


@pytest.mark.parametrize(
    ("now", "titled", "said"),
    [
        (CAPTURED.format(title="Sluis gaat omhoog"), True, "alive/ok"),
        (CAPTURED.format(title="Havenbestuur kiest hogere sluisdeuren"), False, "alive/ok"),
        (OTHER_SITE, False, "usurped/other-content"),
        (OTHER_SITE, True, "usurped/other-content"),
        (
            OTHER_SITE.replace("</title>", "</title><link rel='alternate' hreflang='nl-NL' href='/nl/'>"),
            True,
            "drifted/other-language",
        ),
        (OTHER_ARTICLE, False, "drifted/content-differs"),
    ],
    ids=["same", "headline-rewritten", "other-site", "other-site-titled", "translated", "other-article"],
)
def test_page_is_compared_with_its_last_capture(
    check: Run, world: World, home: Path, now: str, titled: bool, said: str
) -> None:
    """A citation that names nothing but its address is known by its capture: title, language and text."""
    title = "\n    title: Sluis gaat omhoog" if titled else ""
    write_register(home, f"  - id: a\n    url: {URL}{title}\n", "settings: {services: []}\n")
    world.page(URL, CAPTURED.format(title="Sluis gaat omhoog"))
    check()  # sets the environment of the sandbox
    assert main(["archive", "--no-progress"]) == 0
    world.page(URL, now)
    kept = () if titled else ("--no-record",)  # comparing is no writing
    assert check("-f", "json", "--fail-on", "never", *kept).verdicts == {URL: said}
