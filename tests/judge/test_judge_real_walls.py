"""Real wall and block pages from the shared collection are recognised by vendor, and no ordinary page is."""

from __future__ import annotations

import gzip
import json
import tarfile
from pathlib import Path

import pytest

from citekeeper.judge import judge

from .judge_build import answer, article

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
WALLS = SHARED / "walls"
pytestmark = pytest.mark.skipif(not WALLS.is_dir(), reason="needs the real pages in ../shared/data")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("anubis/failed", "walled/anubis-challenge"),
        ("google/failed", "walled/consent-wall"),
        ("linkedin/failed", "walled/http-999"),
        ("recaptcha/failed", "walled/google-captcha"),
        ("reddit/failed", "throttled/http-429"),
        ("linkedin/success", "alive/ok"),
    ],
)
def test_recorded_answers(name: str, expected: str) -> None:
    """Recorded walls are named; the recorded success is alive (a body that was not recorded is stood in for)."""
    entry = json.loads((WALLS / "is-antibot" / f"{name}.json").read_text(encoding="utf-8"))["log"]["entries"][0]
    response = entry["response"]
    headers = [
        f"{field['name']}: {field['value']}"
        for field in response["headers"]
        if field["name"].lower() not in ("content-length", "content-encoding")
    ]
    body = response["content"].get("text") or article()
    verdict = judge(answer(body, response["status"], *headers, url=entry["request"]["url"]))
    assert f"{verdict.kind.value}/{verdict.reason}" == expected


@pytest.mark.parametrize("status", [200, 403, 503])
def test_cloudflare_and_sucuri_pages(status: int) -> None:
    """Each page of the collection is its vendor's wall with any status; the three ordinary pages are alive."""
    for path in sorted((WALLS / "cloudscraper-node").glob("*.html")):
        verdict = judge(answer(path.read_bytes(), status))
        if path.name in ("requested_page.html", "page_with_emails.html", "page_with_recaptcha.html"):
            assert status != 200 or verdict.kind.value == "alive", path.name
            continue
        vendor = "sucuri-challenge" if path.name.startswith("sucuri") else "cloudflare-challenge"
        if path.name == "access_denied.html":
            vendor = "cloudflare-denied"
        assert (verdict.kind.value, verdict.reason) == ("walled", vendor), path.name


def test_censors_pages() -> None:
    """Russian providers' block pages are blocks, not pages."""
    for path in sorted((WALLS / "blockpages" / "RU").glob("*/*.html")):
        assert judge(answer(path.read_bytes())).reason == "censor-page", path


def test_real_articles_are_alive() -> None:
    """122 real news pages in Russian, German and English raise no suspicion at all."""
    pages = [gzip.decompress(path.read_bytes()) for path in sorted((SHARED / "ru-articles/fundus").glob("*/*.gz"))]
    with tarfile.open(SHARED / "ru-articles/daniel.tar.xz") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() and "html" in member.name else None
            if file is not None:
                pages.append(file.read())
    assert len(pages) > 100
    for body in pages:
        verdict = judge(answer(body))
        assert (verdict.kind.value, verdict.reason) == ("alive", "ok"), verdict.message
