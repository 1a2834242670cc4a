"""Pages with next to nothing in them, and who serves their names: the zoo's resolver tells it over HTTPS.

The dead show no phrase and no script that is known of parking. Of the living, some have names that only parking serves
(which no living site has, but a list may err), and are told from the dead by what stands on them.
"""

# ruff: noqa: E501 - staged pages read best as they are
from __future__ import annotations

from citekeeper.sandbox import Response, World

from .pages import html, together
from .scenario import Stage, Truth, Zoo

ZOO = Zoo()
living = ZOO.adder(Truth.LIVING)
dead = ZOO.adder(Truth.DEAD)

_CLOUDFLARE = ("ada.ns.cloudflare.com", "bob.ns.cloudflare.com")
_GODADDY = ("ns01.domaincontrol.com", "ns02.domaincontrol.com")
_SEDO = ("ns1.sedoparking.com", "ns2.sedoparking.com")
_BODIS = ("ns1.bodis.com", "ns2.bodis.com")


def everywhere(body: str) -> Stage:
    """One page for every name of the host."""

    def stage(world: World, url: str) -> None:
        world.handler(url.split("/")[2], lambda _: Response.html(body))

    return stage


def parks(name: str, path: str, body: str, *nameservers: str) -> None:
    """A parked domain that shows no sign but its nameservers."""
    dead(f"n-{name}", f"https://n{len(ZOO)}-served.press{path}", everywhere(body), "usurped/parking-page", nameservers=nameservers)  # fmt: skip


def lives(name: str, path: str, stage: Stage, *nameservers: str, **about: object) -> None:
    """A living source."""
    living(f"n-{name}", f"https://n{len(ZOO)}-served.press{path}", stage, "alive", nameservers=nameservers, **about)


_NAME = "<!doctype html><html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>"
_TOPICS = "<html><head><title>haven</title></head><body>" + "".join(f"<div><a href='/?t={n}'>{word}</a></div>" for n, word in enumerate(("Boats", "Cruises", "Ferries", "Insurance"))) + "<div>Privacy</div></body></html>"  # fmt: skip
_LINE = "<!doctype html><title>Kade</title><p>De kade is dicht tot maandag.</p>"

# ── dead ────────────────────────────────────────────────────────────────────────────────────────────────────────────

parks("name-only", "/", _NAME.format("Welcome"), *_SEDO)
parks("name-only-deep", "/2019/04/sluice.html", _NAME.format("Welcome"), *_SEDO)
parks("topics", "/nieuws/haven", _TOPICS, "ns1.voodoo.com", "ns2.voodoo.com")
parks("topics-front", "/", _TOPICS, *_BODIS)
parks("program", "/", "<html><head><title></title><script src='/v2/l.js'></script></head><body><div id='root'></div></body></html>", "ns5.afternic.com", "ns6.afternic.com")  # fmt: skip
parks("program-deep", "/story/31", "<html><head><script src='/v2/l.js'></script></head><body><noscript>Enable JavaScript</noscript></body></html>", *_BODIS)  # fmt: skip
parks("frame", "/", "<html><head><title>x</title></head><frameset rows='100%'><frame src='/feed?d=1'></frameset></html>", "ns1.parkingcrew.net", "ns2.parkingcrew.net")  # fmt: skip
parks("lapsed", "/docs/7", _NAME.format("Срок истёк"), "ns1.expired.reg.ru", "ns2.expired.reg.ru")
parks("withheld", "/", _NAME.format("On hold"), "failed-whois-verification.namecheap.com", "verify-contact-details.namecheap.com")  # fmt: skip

# ── living ──────────────────────────────────────────────────────────────────────────────────────────────────────────

lives("one-line-cloudflare", "/", everywhere(_LINE), *_CLOUDFLARE)
lives("one-line-registrar", "/", everywhere(_LINE), "dns1.registrar-servers.com", "dns2.registrar-servers.com")
lives("name-only-registrar", "/", everywhere(_NAME.format("Bakkerij Jansen")), *_GODADDY)
lives("name-only-mixed", "/", everywhere(_NAME.format("Bakkerij Jansen")), "ns1.sedoparking.com", "ns1.own.press")
lives("name-only-unserved", "/", everywhere(_NAME.format("Bakkerij Jansen")))
lives("bakery-parking", "/", everywhere("<!doctype html><title>Bakkerij</title><div>Di-za 8-17 uur</div><a href='/brood'>Brood</a> <a href='/taart'>Taart</a> <a href='/contact'>Contact</a>"), *_SEDO)  # fmt: skip
lives("one-line-deep-parking", "/stand/4", html(_LINE), *_SEDO)
lives("titled-parking", "/", everywhere(_NAME.format("Sluis gaat omhoog")), *_SEDO, title="Sluis gaat omhoog")
lives("quoted-parking", "/", everywhere("<!doctype html><title>x</title><div>De sluis gaat twee meter omhoog.</div>"), *_BODIS, quotes=("sluis gaat twee meter omhoog",))  # fmt: skip
lives("domain-trade-parking", "/blog/trade", html("<!doctype html><title>Who parks?</title><h1>Who parks?</h1>" + "<p>Of the domains that lapsed last year a third went to sedoparking.com, the broker said on Tuesday, and the rest to its rivals.</p>" * 8), *_SEDO)  # fmt: skip
lives("moved-house-parking", "/", together(everywhere("<!doctype html><title>x</title><script>location.replace('https://elders.press/')</script>"), lambda world, _: world.page("https://elders.press/", "<!doctype html><title>Elders</title>" + "<p>The house of the elders stands by the harbour now.</p>" * 9)), *_SEDO)  # fmt: skip
