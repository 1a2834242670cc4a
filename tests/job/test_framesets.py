"""Old sites are framesets: what their frames say is read without a browser, and compared between runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from citekeeper.sandbox import FaultKind, Response, Sandbox
from in_process import Run

SITE = "https://old.example"
PAGE = f"{SITE}/history/index.htm"
QUOTE = "Университет был открыт в Томске в тысяча восемьсот восемьдесят восьмом году"
TEXT = (
    f"<title>Глава 1</title><h1>Глава 1</h1><p>{QUOTE}, и первые студенты приехали осенью из Омска и Барнаула.</p>"
    "<p>Здание строили восемь лет, и на торжественном открытии говорили ректор, губернатор и городской голова, "
    "который подарил библиотеке четыре тысячи книг из своего собрания.</p>"
)
OTHER = TEXT.replace("четыре тысячи книг", "девять тысяч книг")
MENU = "<base target=main>" + "".join(f"<a href=p{n}.htm>Глава {n} и приложения к ней</a><br>" for n in range(1, 30))
FRAMESET = (
    "<html><head><title>История университета</title></head><frameset cols='20%,*'><frame src=menu.htm name=menu>"
    "<frame src=text.htm name=main><noframes><body><p>Ваш браузер не поддерживает фреймы, поэтому вы не можете "
    "посмотреть эту страницу; установите, пожалуйста, другой браузер.</p></body></noframes></frameset></html>"
)


def plain(text: str) -> Response:
    """A page in windows-1251 that does not say so, as old servers send them."""
    return Response(200, (("Content-Type", "text/html"),), text.encode("windows-1251"))


@pytest.fixture
def old(sandbox: Sandbox) -> Sandbox:
    """The sandbox with an old site: a frameset, its menu, its text."""
    for name, text in (("index", FRAMESET), ("menu", MENU), ("text", TEXT)):
        sandbox.world.stage(f"{SITE}/history/{name}.htm", plain(text))
    return sandbox


def cite(home: Path, *quotes: str, url: str = PAGE) -> None:
    """A register of one citation."""
    fields = {"id": "fn1", "url": url, "quotes": list(quotes)}
    (home / "citations.yaml").write_text(
        f"version: 1\nsettings:\n  services: []\ncitations:\n  - {json.dumps(fields, ensure_ascii=False)}\n",
        encoding="utf-8",
    )


def kept(home: Path) -> list[dict[str, Any]]:
    """The texts of all captures, oldest first."""
    return [json.loads(path.read_text("utf-8")) for path in sorted((home / "archive" / "fn1").glob("*/text.json"))]


def archive(citekeeper: Run, *more: str) -> str:
    """Archive everything without a browser; what was said."""
    done = citekeeper("archive", "--to", "local", "--browser", "never", "--retries", "0", *more)
    assert done.code in (0, 1), done.err
    return done.err


def entry(citekeeper: Run, *command: str) -> dict[str, Any]:
    """The citation in the report of a command."""
    done = citekeeper(*command, "--retries", "0", "-f", "json", "--fail-on", "never")
    assert done.code == 0, done.err
    report = done.report
    (found,) = report["citations"]
    return dict(found) | {"rules": [finding["rule"] for finding in report["findings"]]}


def reported(citekeeper: Run, home: Path) -> dict[str, Any]:
    """The citation in report.json, made of what is on record."""
    assert citekeeper("report", "--format", "json", "--fail-on", "never").code == 0
    (found,) = json.loads((home / "reports" / "report.json").read_text("utf-8"))["citations"]
    return dict(found)


def test_the_text_of_a_frameset_is_read_and_labelled(citekeeper: Run, home: Path, old: Sandbox) -> None:
    """The frame with the text is read in its own charset; the menu and noframes are not; text.json says where from."""
    cite(home, QUOTE)
    archive(citekeeper)
    (text,) = kept(home)
    assert QUOTE in text["paragraphs"][0]
    assert "четыре тысячи книг" in text["paragraphs"][-1]
    assert not any("браузер" in said or "приложения" in said for said in text["paragraphs"])
    assert (text["title"], text["language"]) == ("История университета", "ru")
    assert text["frames"] == [f"{SITE}/history/text.htm"]
    assert text["extractor"].endswith(", in frames")
    assert [old.world.hits(f"{SITE}/history/{name}.htm") for name in ("index", "menu", "text")] == [1, 1, 1]
    found = reported(citekeeper, home)["quotes"]
    assert [(quote["found"], quote["where"]) for quote in found] == [(True, "capture")]
    assert citekeeper("verify").code == 0


def test_unchanged_frames_are_not_captured_anew_and_changed_ones_are(citekeeper: Run, home: Path, old: Sandbox) -> None:
    """What is compared between runs is what the frames say; what frames need is fetched for a capture alone."""
    old.world.stage(f"{SITE}/history/text.htm", plain(f"<img src=map.gif>{TEXT}"))
    old.world.stage(f"{SITE}/history/map.gif", Response(200, (("Content-Type", "image/gif"),), b"GIF89a"))
    cite(home)
    archive(citekeeper)
    archive(citekeeper)
    assert len(kept(home)) == 1
    assert old.world.hits(f"{SITE}/history/map.gif") == 1
    old.world.stage(f"{SITE}/history/menu.htm", plain(MENU + "<a href=new.htm>Новое на сайте</a>"))
    archive(citekeeper)
    assert len(kept(home)) == 1
    old.world.stage(f"{SITE}/history/text.htm", plain(OTHER))
    archive(citekeeper)
    assert [("девять тысяч" in text["paragraphs"][-1]) for text in kept(home)] == [False, True]


def test_a_frame_that_is_away_changes_nothing(citekeeper: Run, home: Path, old: Sandbox) -> None:
    """An error of the moment in the frame with the text: no new copy, no drift, the quote is not said to be missing."""
    cite(home, QUOTE)
    archive(citekeeper)
    old.world.stage(f"{SITE}/history/text.htm", Response(503))
    said = archive(citekeeper)
    assert "its text could not be read: it consists of frames" in said
    assert f"{SITE}/history/text.htm" in said
    assert len(kept(home)) == 1
    assert reported(citekeeper, home)["verdict"] == "alive"
    seen = entry(citekeeper, "check")
    assert (seen["verdict"], seen["verifiable"]) == ("alive", True)


def test_check_looks_quotes_up_in_frames(citekeeper: Run, home: Path, old: Sandbox) -> None:
    """A check fetches frames where words are to be looked up in them, and no others."""
    cite(home, QUOTE)
    seen = entry(citekeeper, "check")
    assert [(quote["found"], quote["where"]) for quote in seen["quotes"]] == [(True, "live")]
    assert seen["verdict"] == "alive"
    cite(home, "Слова, которых на этой странице никогда не было и нет")
    assert "quote-missing" in entry(citekeeper, "check")["rules"]
    hits = old.world.hits(f"{SITE}/history/text.htm")
    cite(home)
    assert entry(citekeeper, "check")["verdict"] == "alive"
    archive(citekeeper)
    assert entry(citekeeper, "check")["verdict"] == "alive"
    assert old.world.hits(f"{SITE}/history/text.htm") == hits + 1


def test_check_is_unsure_where_a_frame_does_not_answer(citekeeper: Run, home: Path, old: Sandbox) -> None:
    """The quote may stand in the frame that failed, though another one has a text."""
    notes = "<p>Примечания к тексту составили студенты третьего курса, которые работали летом в архиве.</p>"
    old.world.stage(f"{SITE}/history/menu.htm", plain(notes))
    old.world.fault(f"{SITE}/history/text.htm", FaultKind.RESET)
    cite(home, QUOTE)
    seen = entry(citekeeper, "check")
    assert seen["verdict"] == "alive"
    assert "quote-missing" not in seen["rules"]
    assert "quote-unchecked" in seen["rules"]
    archive(citekeeper)
    (text,) = kept(home)
    assert (text["paragraphs"], text["frames_unread"]) == ([notes[3:-4]], [f"{SITE}/history/text.htm"])
    old.world.stage(f"{SITE}/history/text.htm", plain(TEXT))
    archive(citekeeper)
    assert QUOTE in str(kept(home)[1]["paragraphs"])


def test_a_lost_main_frame_has_drifted_where_the_copy_holds_the_quote(
    citekeeper: Run, home: Path, old: Sandbox
) -> None:
    """The frameset answers, the frame that held the quote is 404: it no longer says what was cited; the copy stays."""
    cite(home, QUOTE)
    assert entry(citekeeper, "check")["verdict"] == "alive"
    archive(citekeeper)
    old.world.stage(f"{SITE}/history/text.htm", Response(404))
    archive(citekeeper)
    assert len(kept(home)) == 1
    assert reported(citekeeper, home)["verdict"] == "drifted"


def test_a_lost_main_frame_without_a_copy_is_not_called_dead(citekeeper: Run, home: Path, old: Sandbox) -> None:
    """Nothing is known of what it said: the page answers, and the quote could not be looked up."""
    old.world.stage(f"{SITE}/history/text.htm", Response(404))
    cite(home, QUOTE)
    seen = entry(citekeeper, "check")
    assert seen["verdict"] == "alive"
    assert "quote-missing" not in seen["rules"]


def test_framesets_within_framesets(citekeeper: Run, home: Path, old: Sandbox) -> None:
    """Three levels, a base address, and a frame of another host that holds the text."""
    old.world.page(
        PAGE, f"<base href='{SITE}/deep/'><frameset rows=9%,*><frame src=top.htm><frame src=a.htm></frameset>"
    )
    old.world.page(f"{SITE}/deep/top.htm", "<a href=/>Home</a>")
    old.world.page(
        f"{SITE}/deep/a.htm", "<frameset cols=9%,*><frame src=/m.htm><frame src=//pages.example/b.htm></frameset>"
    )
    old.world.page(f"{SITE}/m.htm", MENU)
    old.world.page("https://pages.example/b.htm", "<frameset><frame src='c.htm#top'></frameset>")
    old.world.stage("https://pages.example/c.htm", plain(TEXT))
    cite(home, QUOTE)
    archive(citekeeper)
    (text,) = kept(home)
    assert QUOTE in text["paragraphs"][0]
    assert text["frames"] == [f"{SITE}/deep/a.htm", "https://pages.example/b.htm", "https://pages.example/c.htm"]
    assert [quote["found"] for quote in entry(citekeeper, "check")["quotes"]] == [True]


def test_two_citations_of_one_frameset_share_its_frames(citekeeper: Run, home: Path, old: Sandbox) -> None:
    """Each frame is fetched once in a run, and both texts are read."""
    urls = (PAGE, PAGE, f"{SITE}/other.htm")
    entries = "".join(f"  - {{id: fn{number}, url: '{url}'}}\n" for number, url in enumerate(urls, 1))
    (home / "citations.yaml").write_text(f"version: 1\nsettings:\n  services: []\ncitations:\n{entries}")
    old.world.page(f"{SITE}/other.htm", FRAMESET.replace("src=", "src=history/"))
    archive(citekeeper)
    assert old.world.hits(f"{SITE}/history/text.htm") == 1
    for number in (1, 2, 3):
        (path,) = (home / "archive" / f"fn{number}").glob("*/text.json")
        assert QUOTE in path.read_text(encoding="utf-8")


def test_a_page_that_is_one_frame_of_its_site(citekeeper: Run, home: Path, old: Sandbox) -> None:
    """A full-page iframe of the same site is read; one of elsewhere, or beside other words, is not."""
    frame = "<body style='margin:0'><iframe src={} width='100%' style='height: 100%' frameborder=0></iframe></body>"
    old.world.page(PAGE, frame.format("text.htm"))
    cite(home, QUOTE)
    assert [quote["found"] for quote in entry(citekeeper, "check")["quotes"]] == [True]
    old.world.stage("https://ads.example/text.htm", plain(TEXT))
    old.world.page(PAGE, frame.format("https://ads.example/text.htm"))
    assert [quote["found"] for quote in entry(citekeeper, "check")["quotes"]] == [False]
    assert old.world.hits("https://ads.example/text.htm") == 0


def test_hostile_framesets_are_bounded(citekeeper: Run, home: Path, old: Sandbox) -> None:
    """Ten thousand frames, itself, scripts and files: eight are asked for, and it is said that there were more."""
    old.world.host("old.example", not_found=plain(TEXT))
    frames = "".join(f"<frame src=frame{number}.htm>" for number in range(10_000))
    odd = ("javascript:1", "data:text/html,x", "file:///etc/passwd", "", "index.htm", "#x")
    strange = "".join(f"<frame src='{source}'>" for source in odd)
    old.world.page(PAGE, f"<frameset>{strange}{frames}</frameset>")
    cite(home, "Слова, которых нет")
    seen = entry(citekeeper, "check")
    assert seen["verdict"] == "alive"
    assert "quote-unchecked" in seen["rules"]
    asked = [request.url for request in old.log if "/history/frame" in request.url]
    assert sorted(asked) == [f"{SITE}/history/frame{number}.htm" for number in range(8)]


def test_a_frame_of_which_only_the_beginning_came_proves_nothing_absent(
    citekeeper: Run, home: Path, old: Sandbox
) -> None:
    """A check reads a megabyte of a frame: what it lacks may come later, and a capture has all of it."""
    later = "<p>В конце книги стоит послесловие издателя, которое он написал в Иркутске.</p>"
    old.world.stage(f"{SITE}/history/text.htm", plain(f"{TEXT}<!--{'x' * 1_100_000}-->{later}"))
    cite(home, "послесловие издателя, которое он написал в Иркутске")
    assert "quote-unchecked" in entry(citekeeper, "check")["rules"]


def test_the_text_of_frames_is_translated(citekeeper: Run, home: Path, old: Sandbox) -> None:
    """A Russian frameset in a Dutch document: each paragraph of its frames has its translation beside it."""
    cite(home)
    register = (home / "citations.yaml").read_text("utf-8")
    (home / "citations.yaml").write_text(
        register.replace("services: []", "services: [google]").replace(
            "settings:", "documents: [{source: brief.md, language: nl}]\nsettings:"
        ),
        encoding="utf-8",
    )
    archive(citekeeper)
    (text,) = kept(home)
    english = "The building took eight years, and many people spoke at the opening of the new university that day."
    for paragraph in text["paragraphs"]:
        old.world.translator.teach(paragraph, english)
    citekeeper("translate")
    (path,) = (home / "archive" / "fn1").glob("*/text.en.json")
    made = json.loads(path.read_text("utf-8"))["paragraphs"]
    assert made[-1] == english
    assert len(made) == len(text["paragraphs"])
