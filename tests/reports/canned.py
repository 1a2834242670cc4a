"""A Report written by hand: a letter's six citations in six states, two links, hostile words, two languages."""

from __future__ import annotations

from datetime import UTC, date, datetime

from citekeeper.model import (
    ArchivedFile,
    Capture,
    CaptureState,
    Citation,
    CitationReport,
    Document,
    Drift,
    Finding,
    Kind,
    Location,
    Memento,
    MementoState,
    QuoteMatch,
    Report,
    Review,
    Severity,
    Shows,
    TranslationLink,
    TranslationSummary,
    Verdict,
    VerdictKind,
    Where,
)

HOSTILE = "<script>alert(1)</script> | `rm` [x](javascript:alert(1)) & \u202eгnihtoN\x1b[31m\x00 @octocat #1 =1+1"
NOW = datetime(2026, 11, 22, 9, 30, 15, tzinfo=UTC)
READ = date(2022, 5, 2)


def sha(digit: str) -> str:
    """A made-up hash."""
    return (digit * 64)[:64]


def capture(citation: str, moment: datetime, digit: str, **changes: object) -> Capture:
    """A capture folder with its usual files."""
    name = f"{moment:%Y%m%dT%H%M%SZ}"
    files = (
        ArchivedFile("capture.wacz", sha(digit), 482_113),
        ArchivedFile("page.html", sha("b"), 96_400),
        ArchivedFile("text.json", sha("c"), 7_130),
    )
    values: dict[str, object] = {
        "id": name,
        "citation": citation,
        "captured_at": moment,
        "path": f"archive/{citation}/{name}",
        "sha256": sha(digit),
        "files": files,
        "manifest_sha256": sha("d"),
    }
    return Capture(**(values | changes))  # type: ignore[arg-type]


def wayback(stamp: str, url: str, state: MementoState, days: int | None, note: str | None = None) -> Memento:
    """A memento in the Wayback Machine."""
    return Memento(
        "Wayback Machine",
        f"https://web.archive.org/web/{stamp}/{url}",
        state,
        datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC),
        days,
        note=note,
    )


def alive() -> CitationReport:
    """A living source with everything kept."""
    url = "https://www.example.com/tech/keeping-specialists/"
    return CitationReport(
        Citation(
            "fn1",
            "1",
            claim="De regering neemt haastige maatregelen om specialisten te behouden.",
            title="The ministry figured out how to keep IT specialists: preferential mortgages, deferment, etc.",
            publisher="example.com",
            language="en",
            published=date(2022, 2, 28),
            accessed=READ,
            url=url,
            quotes=("preferential mortgages",),
            found_in=(Location("letter.md", 12, 318, None),),
            reviews=(Review("A. Reader", date(2022, 5, 4), "yes", "Second paragraph.", sha("1")),),
        ),
        Verdict(VerdictKind.ALIVE, "http-200", "The page answers with the title that was cited."),
        Severity.OK,
        verifiable=True,
        final_url=url,
        http_status=200,
        hops=((url, 200),),
        checked_at=NOW,
        vantage="local",
        elapsed_ms=412,
        last_alive_at=NOW,
        captures=(capture("fn1", datetime(2026, 11, 1, 8, 0, tzinfo=UTC), "1"),),
        mementos=(wayback("20220502101112", url, MementoState.VERIFIED, 0),),
        quotes=(
            QuoteMatch(
                "preferential mortgages", found=True, score=1.0, where=Where.LIVE, fragment="#:~:text=preferential"
            ),
            QuoteMatch("150 000", found=True, score=0.96, where=Where.CAPTURE),
        ),
    )


def walled() -> CitationReport:
    """A source behind a robot wall: a capture of the failure, and a save that was only asked for."""
    url = "https://news.example.net/articles/2022-04-29/a-plan-for-scientists"
    return CitationReport(
        Citation(
            "fn2",
            "2",
            claim="Specialisten zouden gesteund moeten worden naar het voorbeeld van de VS.",
            title="A Plan to Win Scientists With a Visa",
            publisher="news.example.net",
            language="en",
            accessed=READ,
            url=url,
            found_in=(Location("letter.md", 12, 611, None),),
        ),
        Verdict(
            VerdictKind.WALLED,
            "robot-wall",
            "The publisher shows robots a wall instead of the article.",
            "Open it in a browser; deposit a copy with: citekeeper deposit fn2 FILE.",
            Severity.WARNING,
        ),
        Severity.WARNING,
        verifiable=False,
        final_url="https://news.example.net/tosv2.html",
        http_status=200,
        hops=((url, 302), ("https://news.example.net/tosv2.html", 200)),
        checked_at=NOW,
        vantage="local",
        elapsed_ms=230,
        strikes=1,
        first_failed_at=NOW,
        captures=(
            capture("fn2", datetime(2026, 11, 22, 9, 30, tzinfo=UTC), "2", shows=Shows.FAILURE, files=()),
            capture("fn2", datetime(2025, 3, 1, 9, 30, tzinfo=UTC), "8", state=CaptureState.TAMPERED),
            capture("fn2", datetime(2024, 3, 1, 9, 30, tzinfo=UTC), "9", state=CaptureState.WITHDRAWN),
        ),
        mementos=(
            Memento("Wayback Machine", "https://web.archive.org/", MementoState.SUBMITTED, job_id="spn2-0"),
            wayback("20220618000000", url, MementoState.FOUND, 47),
        ),
    )


def translated() -> CitationReport:
    """A Russian source with a machine translation."""
    url = "https://слово.example/a/31790000.html"
    pairs = (
        ("Я уехала, чтобы остаться человеком.", "I left to remain human."),
        ("Многие родители остались дома.", "Many parents stayed at home."),
        ("Абзац, который переводчик не взял.", None),
    )
    return CitationReport(
        Citation(
            "fn3",
            "3",
            claim="Velen moeten hun ouders achterlaten.",
            title="«Я уехала, чтобы остаться человеком». Эмиграция или эвакуация?",
            publisher="слово.example",
            language="ru",
            published=date(2022, 4, 7),
            accessed=READ,
            url=url,
            quotes=("остаться человеком",),
            found_in=(Location("letter.md", 20, 402, None),),
            translations=(
                TranslationLink("en", "Google", "“I left to be human.”", "https://example.translate.goog/a"),
            ),
            reviews=(Review("Б. Читатель", date(2022, 5, 4), "partly", None, sha("0")),),
        ),
        Verdict(VerdictKind.ALIVE, "http-200", "The page answers with the title that was cited."),
        Severity.OK,
        verifiable=True,
        final_url=url,
        http_status=200,
        hops=((url, 200),),
        checked_at=NOW,
        vantage="local",
        elapsed_ms=1820,
        last_alive_at=NOW,
        captures=(capture("fn3", datetime(2026, 11, 22, 9, 30, 16, tzinfo=UTC), "3"),),
        mementos=(wayback("20220430235959", url, MementoState.CAPTURED, 2),),
        quotes=(QuoteMatch("остаться человеком", found=True, score=1.0, where=Where.LIVE),),
        translations=(
            TranslationSummary(
                "en",
                "Google",
                "archive/fn3/20261122T093016Z/text.en.json",
                3,
                ("One paragraph could not be translated.",),
                pairs,
            ),
        ),
    )


def moved() -> CitationReport:
    """A source at a new address."""
    old, new = "https://bericht.example/feature/2022/05/03/fsb", "https://bericht.example/en/2022/05/03/fsb"
    return CitationReport(
        Citation(
            "fn4",
            "4",
            title="Правозащитники рассказали о случаях вызова родственников",
            publisher="bericht.example",
            language="ru",
            published=date(2022, 5, 3),
            accessed=date(2022, 5, 3),
            url=old,
            found_in=(Location("letter.md", 20, 688, None),),
        ),
        Verdict(
            VerdictKind.MOVED,
            "permanent-redirect",
            "The page has moved for good and lives at a new address.",
            f"Cite {new} instead.",
            Severity.WARNING,
            new,
        ),
        Severity.WARNING,
        verifiable=True,
        final_url=new,
        http_status=200,
        hops=((old, 301), (new, 200)),
        checked_at=NOW,
        vantage="local",
        elapsed_ms=640,
        last_alive_at=NOW,
        drift=Drift(0.93128, "archive/fn4/20220503T080000Z"),
        captures=(capture("fn4", datetime(2022, 5, 3, 8, 0, tzinfo=UTC), "4", origin="deposited"),),
        mementos=(wayback("20220513000000", old, MementoState.FOUND, 10),),
    )


def gone() -> CitationReport:
    """A dead source whose hostile title must stay text everywhere."""
    url = "https://user:hunter2@gone.example/a/1.html?q=a|b&c=(d)"
    return CitationReport(
        Citation(
            "fn5",
            "5",
            claim="Een haastig wetsvoorstel maakt het moeilijker om dienstplicht te ontlopen.",
            title=HOSTILE,
            publisher="=cmd|' /C calc'!A0",
            language='ru"><b>',
            accessed=READ,
            url=url,
            private=True,
            quotes=("во втором чтении",),
            found_in=(Location("letter, the 2nd: part.md", 40, 7, 3),),
        ),
        Verdict(
            VerdictKind.GONE,
            "http-404",
            "The server says that the page does not exist (404).",
            "Find its new home with: citekeeper locate fn5; or pin an archived copy.",
            Severity.ERROR,
        ),
        Severity.ERROR,
        verifiable=False,
        final_url=url,
        http_status=404,
        hops=((url, 404),),
        checked_at=NOW,
        vantage="local",
        elapsed_ms=95,
        strikes=3,
        first_failed_at=datetime(2026, 11, 15, 6, 0, tzinfo=UTC),
        last_alive_at=datetime(2026, 11, 8, 6, 0, tzinfo=UTC),
        mementos=(Memento("Wayback Machine", "javascript:alert(1)", MementoState.FAILED, note="blocked-url"),),
        quotes=(QuoteMatch("во втором чтении", found=False, score=0.31, nearest="в первом <b>чтении</b>"),),
    )


def lost() -> CitationReport:
    """A citation whose address the document lost."""
    return CitationReport(
        Citation("fn6", "6", title="A statement by the president of the council", accessed=READ),
        Verdict(
            VerdictKind.UNCHECKED,
            "no-url",
            "The document names no address.",
            "Find it with: citekeeper locate fn6.",
            Severity.WARNING,
        ),
        Severity.WARNING,
        verifiable=False,
    )


def links() -> tuple[CitationReport, ...]:
    """Two links outside the notes."""
    return (
        CitationReport(
            Citation(
                "link-1",
                kind=Kind.LINK,
                url="https://t.example/channel",
                found_in=(Location("letter.md", 50, 1, None),),
            ),
            Verdict(VerdictKind.ALIVE, "http-200", "The page answers."),
            Severity.OK,
            verifiable=True,
            final_url="https://t.example/channel",
            http_status=200,
            checked_at=NOW,
        ),
        CitationReport(
            Citation("link-2", kind=Kind.LINK, url="ftp://old.example/file", found_in=(Location("letter.md", 51, 1),)),
            Verdict(VerdictKind.UNCHECKED, "not-a-web-address", "Only http and https addresses are fetched."),
            Severity.OK,
            verifiable=False,
        ),
    )


FINDINGS = (
    Finding(
        "moved",
        Severity.WARNING,
        "fn4",
        "The page has moved for good and lives at a new address.",
        "Cite https://bericht.example/en/2022/05/03/fsb instead.",
        "letter.md",
        20,
        688,
    ),
    Finding(
        "gone",
        Severity.ERROR,
        "fn5",
        f"“{HOSTILE}” is gone (404)\nsince 15 November, 100% sure.",
        "Find its new home with: citekeeper locate fn5; or pin an archived copy.",
        "letter, the 2nd: part.md",
        40,
        7,
    ),
    Finding(
        "copy-tampered",
        Severity.ERROR,
        "fn2",
        "The copy of 1 March 2025 is not what was sealed.",
        "Restore it from git.",
    ),
    Finding(
        "walled", Severity.WARNING, "fn2", "The publisher shows robots a wall.", "Deposit a copy.", "letter.md", 12, 611
    ),
    Finding(
        "url-lost",
        Severity.WARNING,
        "fn6",
        "The document lost this address.",
        "Run: citekeeper locate fn6.",
        "letter.md",
    ),
    Finding(
        "services-not-named", Severity.OK, None, "No service is named, so none was asked.", "Name one in settings."
    ),
)


def canned(**changes: object) -> Report:
    """The whole report; ``changes`` replace its fields."""
    values: dict[str, object] = {
        "generated_at": NOW,
        "documents": (Document("letter.md", "Open brief aan de ministers", "nl", sha("e")),),
        "citations": (alive(), walled(), translated(), moved(), gone(), lost(), *links()),
        "findings": FINDINGS,
        "notes": ("No Wayback Machine keys: looked up only.",),
    }
    return Report(**(values | changes))  # type: ignore[arg-type]
