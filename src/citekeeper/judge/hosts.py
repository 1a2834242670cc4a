"""Sites that answer in their own way: Telegram, X (Twitter), YouTube, VK, Instagram, Facebook.

X, Instagram and Facebook answer 200 with the same program for posts that live, posts that were deleted and accounts
that never were. Without scripts such an answer says nothing about the post, so it is neither alive nor dead but walled,
with the reason ``javascript-required``. Any other page that needs scripts is alive with that reason: there, a missing
page has the ordinary ways of saying so.
"""

from __future__ import annotations

from collections.abc import Callable

from citekeeper import urls
from citekeeper.judge import redirects, wording
from citekeeper.judge.facts import Facts, under
from citekeeper.judge.knowledge import Family
from citekeeper.judge.page import refresh_in
from citekeeper.judge.verdicts import ADVICE_BLOCK, ADVICE_DEAD, ADVICE_WALL, say
from citekeeper.model import Verdict, VerdictKind
from citekeeper.patterns import late

_ADVICE_SCRIPT = (
    "Open it in a browser and keep what you saw; or pin an archived copy under “archived:” in citations.yaml."
)


def known_site(facts: Facts) -> Verdict | None:
    """The rule of the site at which the chain ended, if it has one."""
    if not 200 <= facts.status < 300 or not facts.host:
        return None
    rule = _SITES.get(_site(facts.host))
    return rule(facts) if rule else None


def has_rule(host: str) -> bool:
    """Whether there is a rule for this host's site."""
    return _site(host) in _SITES


def _site(host: str) -> str:
    return ".".join(host.split(".")[-2:])


# ── Telegram ────────────────────────────────────────────────────────────────────────────────────────────────────────

_TELEGRAM_POST = late(r"/(?:s/)?(?:c/)?[^/]+/\d+")


def _telegram(facts: Facts) -> Verdict | None:
    if not facts.is_html or facts.end is None or facts.cited is None:
        return None
    if facts.found(Family.HOST) & {"tgme_widget_message_error"}:
        return say(
            VerdictKind.SOFT_404, "telegram-post-missing", "Telegram says that this post does not exist.", ADVICE_DEAD
        )
    if b"tgme_widget_message_text" in facts.content or b"tgme_widget_message_wrap" in facts.content:
        return None
    if b"tgme_page" not in facts.content:
        return None
    if b"tgme_page_title" not in facts.content and b"tgme_page_widget" not in facts.content:
        return say(
            VerdictKind.SOFT_404,
            "telegram-no-channel",
            "Telegram knows no public channel, group or user of this name.",
            ADVICE_DEAD,
        )
    if _TELEGRAM_POST.fullmatch(facts.cited.path) and "embed" not in facts.cited.query:
        return say(
            VerdictKind.ALIVE,
            "telegram-post-unseen",
            "The Telegram channel is there, but this address shows posts to scripts only: the post was not seen.",
            "Check the same address with ?embed=1, which shows the post as plain HTML.",
        )
    return None


# ── X, Instagram, Facebook ──────────────────────────────────────────────────────────────────────────────────────────


def _script_only_site(facts: Facts) -> Verdict | None:
    if not facts.is_html or facts.cited is None or facts.cited.path in ("", "/"):
        return None
    if len(facts.page.prose) >= _LITTLE_TEXT and not needs_script(facts):
        return _facebook_absence(facts)
    return say(
        VerdictKind.WALLED,
        "javascript-required",
        f"{facts.shown_host} answers {facts.status} with a program instead of a page, as it does for posts that are "
        "gone: without JavaScript this says nothing about the post.",
        _ADVICE_SCRIPT,
    )


def _facebook_absence(facts: Facts) -> Verdict | None:
    if not under(facts.host, "facebook.com"):
        return None
    heads = " ".join((facts.lower_title, *facts.page.headings)).lower()
    if "content isn't available" in heads.replace("’", "'") or "page isn't available" in heads.replace("’", "'"):
        return say(
            VerdictKind.WALLED,
            "facebook-unavailable",
            "Facebook says that this is not available: deleted, or not shown to readers without a login.",
            ADVICE_WALL,
        )
    return None


# ── YouTube ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _youtube(facts: Facts) -> Verdict | None:
    states = facts.found(Family.HOST)
    if '"playabilityStatus":{"status":"ERROR"' in states:
        return say(
            VerdictKind.SOFT_404, "video-unavailable", "YouTube says that this video is not available.", ADVICE_DEAD
        )
    if '"playabilityStatus":{"status":"LOGIN_REQUIRED"' in states:
        return say(
            VerdictKind.WALLED,
            "login-required",
            "YouTube shows this video only after a login: it is private, or restricted by age.",
            ADVICE_WALL,
        )
    if '"playabilityStatus":{"status":"UNPLAYABLE"' in states:
        if b"country" in facts.content:
            return say(
                VerdictKind.BLOCKED, "geo-block", "YouTube says that this video is not for this country.", ADVICE_BLOCK
            )
        return say(
            VerdictKind.WALLED, "video-unplayable", "YouTube does not play this video to this reader.", ADVICE_WALL
        )
    return None


# ── VK ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

_VK_ABSENT = (
    "запись не найдена",
    "страница удалена",
    "страница не найдена",
    "пост не найден",
    "post not found",
    "page deleted",
)


def _vk(facts: Facts) -> Verdict | None:
    if not facts.is_html or not facts.found(Family.NOT_FOUND):
        return None
    heads = " ".join((facts.lower_title, *facts.page.headings)).lower()
    if any(wording in heads for wording in _VK_ABSENT) or any(
        wording in facts.page.prose[:600].lower() and len(facts.page.prose) < 600 for wording in _VK_ABSENT
    ):
        return say(VerdictKind.SOFT_404, "vk-missing", "VK says that this post or page does not exist.", ADVICE_DEAD)
    return None


_SITES: dict[str, Callable[[Facts], Verdict | None]] = {
    "t.me": _telegram,
    "telegram.me": _telegram,
    "twitter.com": _script_only_site,
    "x.com": _script_only_site,
    "instagram.com": _script_only_site,
    "facebook.com": _script_only_site,
    "youtube.com": _youtube,
    "youtube-nocookie.com": _youtube,
    "vk.com": _vk,
    "vk.ru": _vk,
}

# ── pages that need scripts, and pages that send the reader on ──────────────────────────────────────────────────────

_LITTLE_TEXT = 200
_NO_TEXT = 20
_TIME_TO_READ = 5  # seconds
_A_SENTENCE = 40
_SMALL_PAGE = 3000  # bytes
_PARAGRAPHS_ENOUGH = 6


def needs_script(facts: Facts) -> bool:
    """Whether a page shows a reader without scripts next to nothing, and says or shows that it waits for them."""
    if not (facts.found(Family.WANTS_SCRIPT) or facts.found(Family.SCRIPT_ROOT)):
        return False
    if facts.content.count(b"<p>") >= _PARAGRAPHS_ENOUGH and b"<noscript" in facts.content:
        return False  # an ordinary page with a word to readers without scripts: not worth a parse
    return facts.page.has_script and len(facts.page.text) < _LITTLE_TEXT


def javascript_required(facts: Facts) -> Verdict | None:
    """A living page that shows nothing without JavaScript."""
    if not 200 <= facts.status < 300 or not needs_script(facts):
        return None
    return say(
        VerdictKind.ALIVE,
        "javascript-required",
        f"{facts.shown_host} answers {facts.status}, but shows its text only to browsers with JavaScript.",
        _ADVICE_SCRIPT,
    )


def _sent_on_to(facts: Facts) -> str | None:
    """Where a page with little to say sends the reader at once: by a refresh, or by an unconditional script."""
    refresh = _refresh(facts)
    if refresh is not None and refresh[0] <= 15 and len(facts.page.prose) <= 400:
        return refresh[1]
    if facts.found(Family.SCRIPT_REDIRECT) and len(facts.page.text) < _LITTLE_TEXT:
        return facts.page.script_redirect
    return None


def _refresh(facts: Facts) -> tuple[float, str] | None:
    """(seconds, address) of a header or an element that sends readers on."""
    told = refresh_in(facts.headers.get("refresh")) if "refresh" in facts.lower_headers else None
    return told or (facts.page.refresh_target if facts.found(Family.META_REFRESH) else None)


def sent_on_by_script(facts: Facts) -> Verdict | None:
    """A page without a word, whose script leads to another place that only a browser would find, or to the root."""
    if not facts.found(Family.SCRIPT_REDIRECT) or len(facts.page.text) > _NO_TEXT or facts.cited is None:
        return None
    if len(facts.content) > _SMALL_PAGE or not redirects.is_deep(facts.cited) or needs_script(facts):
        return None
    address = facts.page.script_redirect
    if address is not None:
        try:
            target = urls.parse(urls.join(urls.join(facts.exchange.final_url, facts.page.base), address))
        except urls.BadUrlError:
            return None
        if redirects.is_front(target) or not redirects.is_front_path(target):
            return None  # meta_refresh speaks of these
    return say(
        VerdictKind.DRIFTED,
        "sent-on-by-script",
        f"{facts.shown_host} answers with an empty page, whose script leads elsewhere; what was cited is not in it.",
        "Open it in a browser, and cite the address where it ends, or pin an archived copy.",
    )


def _tells(facts: Facts) -> bool:
    """Whether a page has a word of its own before it sends the reader on, other than that it does or is gone."""
    said = [one for block in facts.page.own_blocks for one in wording.sentences(block)]
    told = [one for one in said if not (wording.offers_way_on(one) or wording.denies(one) or wording.is_label(one))]
    refresh = _refresh(facts)
    return refresh is not None and refresh[0] >= _TIME_TO_READ and len(" ".join(told)) >= _A_SENTENCE


SENDS_ON = "meta-refresh"
"""The reason of a page that only sends the reader on: where to is the verdict's ``canonical_url``."""


def meta_refresh(facts: Facts) -> Verdict | None:
    """A page that only sends the reader on: to the front page (soft 404), or elsewhere (alive, and says so)."""
    address = _sent_on_to(facts)
    if address is None or facts.end is None or facts.cited is None:
        return None
    try:
        target = urls.parse(urls.join(urls.join(facts.end.href, facts.page.base), address))
    except urls.BadUrlError:
        return None
    if urls.same_document_key(target.href) == urls.same_document_key(facts.end.href):
        return None
    shown = urls.shown(target.href, 120)
    if redirects.says_not_found(target) and not redirects.says_not_found(facts.cited):
        return say(
            VerdictKind.SOFT_404, "redirect-to-not-found", f"The page only sends the reader on to {shown}.", ADVICE_DEAD
        )
    leads_home = redirects.is_front(target) and redirects.is_deep(facts.cited)
    if leads_home and not redirects.is_home_by_name(facts.cited) and not facts.is_titled_as_cited and not _tells(facts):
        if not (under(target.host, facts.end.host) or under(facts.end.host, target.host.removeprefix("www."))):
            return redirects.other_front_page(target)
        return say(
            VerdictKind.SOFT_404,
            "redirect-to-front-page",
            f"The page only sends the reader on to the front page {shown}.",
            ADVICE_DEAD,
        )
    return say(
        VerdictKind.ALIVE,
        SENDS_ON,
        f"The page only sends the reader on to {shown}, which was not followed.",
        "Open it, and cite the address where it ends.",
        canonical_url=target.href,
    )
