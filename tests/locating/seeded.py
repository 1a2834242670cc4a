"""A Wayback Machine full of other pages: as many rows as wanted, of given sites and weeks, by a seed."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from citekeeper.sandbox import World

_RUSSIAN = (
    "gosduma prinyala rossiyan kotorye uehali voenkomat zakonoproekt fsb rodstvennikov sluchayah iz strany v o na kak "
    "sud arestoval moskva kiev ukraina vojska prezident peregovory sankcii rubl cena neft gaz evropa bezhency protest "
    "zaderzhany aktivist zhurnalist inostrannyy agent minoborony obyavilo soobschili vlasti region shkola uchitel "
    "vystavka kino teatr pisatel futbol chempionat pogoda vesna povestki chtenii pervom tretem emigracia chelovekom"
)
_ENGLISH = (
    "the of in to for and russia putin biden top seeks visa scientists how keep specialists ministry army digital "
    "development phone camera leaked price launch game update windows android samsung apple chip market shares bonds "
    "oil sanctions bank rate inflation fed europe china trade talks election court strike deal profit mortgage tax"
)


def russian_slug(rng: random.Random) -> str:
    """Words of news, in no order."""
    return "-".join(rng.choices(_RUSSIAN.split(), k=rng.randint(5, 11)))


def english_slug(rng: random.Random) -> str:
    """The same in English."""
    return "-".join(rng.choices(_ENGLISH.split(), k=rng.randint(5, 14)))


def address(site: str, day: datetime, rng: random.Random) -> str:
    """A page of a site, addressed as that site does."""
    match site:
        case "svoboda.org":
            return f"https://www.svoboda.org/a/{russian_slug(rng)}/{rng.randrange(31600000, 31900000)}.html"
        case "meduza.io":
            return f"https://meduza.io/news/{day:%Y/%m/%d}/{russian_slug(rng)}"
        case "aroged.com":
            return f"https://www.aroged.com/{day:%Y/%m/%d}/{english_slug(rng)}/"
        case "bloomberg.com":
            return f"https://www.bloomberg.com/news/articles/{day:%Y-%m-%d}/{english_slug(rng)}"
        case "twitter.com":
            return f"https://twitter.com/user{rng.randrange(300)}/status/{rng.randrange(149 * 10**16, 153 * 10**16)}"
        case _:
            return f"https://{site}/{day:%Y/%m}/{english_slug(rng)}.html"


def seed_rows(world: World, sites: list[str], count: int, start: datetime, weeks: int, seed: int = 5) -> None:
    """Hold ``count`` pages."""
    rng = random.Random(seed + 1)
    for number, (url, moment) in enumerate(seeded_pages(sites, count, start, weeks, seed)):
        status = 404 if rng.random() < 0.05 else 200
        world.wayback.hold(url, moment, f"<title>{number}</title>", status=status)


def seeded_pages(
    sites: list[str], count: int, start: datetime, weeks: int, seed: int = 5
) -> list[tuple[str, datetime]]:
    """Addresses with the time of their capture."""
    rng = random.Random(seed)
    found = []
    for number in range(count):
        day = start + timedelta(minutes=rng.randrange(weeks * 7 * 24 * 60))
        found.append((address(sites[number % len(sites)], day, rng), day + timedelta(hours=rng.randrange(1, 200))))
    return found
