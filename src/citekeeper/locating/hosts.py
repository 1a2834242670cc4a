"""Hosts that a printed one may stand for: a network's name, or a misprint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_NETWORKS = {
    "twitter": "twitter.com", "x": "x.com", "facebook": "facebook.com", "youtube": "youtube.com",
    "instagram": "instagram.com", "telegram": "t.me", "vk": "vk.com", "вконтакте": "vk.com", "linkedin": "linkedin.com",
    "tiktok": "tiktok.com", "medium": "medium.com", "wikipedia": "wikipedia.org",
}  # fmt: skip
_CONFUSED = ("sz", "zs", "ck", "kc", "iy", "yi", "wv", "vw", "o0", "0o", "l1", "1l", "ea", "ae", "ui", "mn", "nm")
_ENDINGS = ("com", "org", "net", "ru", "io", "info")


def network_host(publisher: str) -> str | None:
    """The host of a network that is cited by name, such as Twitter."""
    return _NETWORKS.get(publisher.strip().strip(".").lower())


def misprints(host: str, known: Iterable[str], most: int) -> list[str]:
    """Hosts that ``host`` may be a misprint of, likeliest first.

    Args:
        host: as printed, without ``www.``.
        known: hosts that the register knows; those at most two letters away come first.
        most: how many to make up besides.
    """
    from rapidfuzz.distance import OSA

    near = sorted(
        (distance, other) for other in set(known) if 0 < (distance := OSA.distance(host, other)) <= 2 and len(host) > 5
    )
    made = [other for other in dict.fromkeys(_variants(host)) if other != host]
    return list(dict.fromkeys([*(other for _, other in near), *made[:most]]))


def _variants(host: str) -> Iterator[str]:
    """Misprints that eyes and fingers make: letters that sound or look alike, doubled, swapped, another ending."""
    label, _, rest = host.partition(".")
    for wrong, right in (tuple(pair) for pair in _CONFUSED):
        for index, char in enumerate(label):
            if char == wrong:
                yield f"{label[:index]}{right}{label[index + 1 :]}.{rest}"
    for index in range(len(label) - 1):
        if label[index] == label[index + 1]:
            yield f"{label[:index]}{label[index + 1 :]}.{rest}"
    if rest in _ENDINGS:
        for ending in _ENDINGS[:3]:
            yield f"{label}.{ending}"
    for index in range(len(label) - 1):
        yield f"{label[:index]}{label[index + 1]}{label[index]}{label[index + 2 :]}.{rest}"
