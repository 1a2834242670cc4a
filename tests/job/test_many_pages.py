"""Many pages in one run: they are read and sealed beside the fetch loop, with the same outcome as one by one."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from citekeeper import processes, reading, workers
from citekeeper.archive import Archive, verify
from citekeeper.clock import SystemClock
from citekeeper.fetch import Engine, EngineConfig
from citekeeper.model import Citation, Translation
from citekeeper.pipeline.capturing import Keeping
from citekeeper.pipeline.observe import Observer
from citekeeper.settings import load_settings
from in_process import Run
from loopback_site import LoopbackSite

from .test_whole_run import tree_of

SVOBODA = "https://www.svoboda.org/a/ya-uehala-chtoby-ostatsa-chelovekom-emigracia-ili-evacuacia/31787493.html"
MANY = 14


def _write_register(home: Path, count: int) -> None:
    entries = "".join(f"  - {{id: fn{n}, kind: citation, title: T, url: '{SVOBODA}'}}\n" for n in range(count))
    (home / "citations.yaml").write_text(f"version: 1\ndocuments: [{{source: a.md}}]\ncitations:\n{entries}")


def test_many_captures_are_what_one_is(citekeeper: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dozen captures made by processes verify, and hold the text, page and chain that one made here holds."""
    started: list[object] = []
    monkeypatch.setattr(processes.Pool, "warm_up", lambda pool: started.append(pool))
    _write_register(home, MANY)
    alone = citekeeper("archive", "fn0", "--to", "local")
    assert (alone.code, started) == (0, []), alone.err
    many = citekeeper("archive", "--to", "local")
    assert (many.code, len(started)) == (0, 1), many.err
    assert verify(home / "archive") == []
    folders = [next(path for path in (home / "archive" / f"fn{n}").iterdir() if path.is_dir()) for n in range(MANY)]
    assert len({(folder / "text.json").read_bytes() for folder in folders}) == 1
    assert len({frozenset(tree_of(folder)) for folder in folders}) == 1
    fields = [json.loads((folder / "manifest.json").read_text()) for folder in folders]
    assert len({(each["body_sha256"], each["text_sha256"], len(each["requisites"])) for each in fields}) == 1
    for n in range(MANY):
        lines = (home / "archive" / f"fn{n}" / "history.jsonl").read_text().splitlines()
        assert [json.loads(line)["event"] for line in lines[:3]] == ["capture", "manifest", "check"]


def test_a_page_that_hangs_its_reader_is_kept_without_text(
    citekeeper: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run goes on, says why the page has no text, and the page's bytes are sealed all the same."""
    submit = workers.Here.submit

    def lossy(self: workers.Here, seconds: float, weight: int, task: Callable[..., Any], *args: Any, **kw: Any) -> Any:
        if task is not reading.read:
            return submit(self, seconds, weight, task, *args, **kw)
        future: Future[object] = Future()
        future.set_exception(workers.WorkerLostError("It took more than 60 seconds."))
        return future

    monkeypatch.setattr(workers.Here, "submit", lossy)
    _write_register(home, 2)
    done = citekeeper("archive", "--to", "local")
    assert done.code == 0, done.err
    assert "fn1: its text could not be read: It took more than 60 seconds." in " ".join(done.err.split())
    (folder,) = (path for path in (home / "archive" / "fn1").iterdir() if path.is_dir())
    assert {path.name for path in folder.iterdir()} == {"capture.wacz", "page.html", "manifest.json"}
    assert verify(home / "archive") == []


class _Pages(LoopbackSite):
    """A loopback site that tells when it has been asked for so many pages."""

    def __init__(self, expected: int) -> None:
        self._asked: list[str] = []
        self._expected = expected
        self.all_asked = threading.Event()
        super().__init__(self._answer)

    def _answer(self, request: BaseHTTPRequestHandler) -> tuple[str, bytes]:
        self._asked.append(request.path)
        if len(self._asked) == self._expected:
            self.all_asked.set()
        body = f"<title>T</title><p>{'The mayor told reporters about it. ' * 9}{request.path}</p>"
        return "text/html", body.encode()


@pytest.fixture
def pages() -> Iterator[_Pages]:
    """A site of eight pages."""
    made = _Pages(8)
    yield made
    made.close()


class _Patient:
    """Workers that begin only when every page has been asked for: a fetch loop that waits for them never gets there."""

    def __init__(self, begin: threading.Event) -> None:
        self._begin = begin
        self._threads = ThreadPoolExecutor(2)
        self.in_time: list[bool] = []

    def submit(self, _seconds: float, _weight: int, task: Callable[..., Any], *args: Any, **kwargs: Any) -> Future[Any]:
        """Do it later."""
        return self._threads.submit(self._work, task, args, kwargs)

    def _work(self, task: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        self.in_time.append(self._begin.wait(20))
        return task(*args, **kwargs)


def test_fetching_never_waits_for_reading(pages: _Pages, tmp_path: Path) -> None:
    """All pages are fetched while the first is still being read; each is captured, and its work comes out once."""
    settings = load_settings(command_line={"vantage": "local", "allow_private": True, "per_host": 2})
    archive = Archive(tmp_path / "archive", SystemClock())
    keeping = Keeping(archive, tmp_path / "archive", None, {}, capture=True)
    patient = _Patient(pages.all_asked)
    citations = [Citation(f"fn{n}", url=f"{pages.url}/{n}") for n in range(8)]
    with Engine(EngineConfig(allow_private=True, retries=0, per_host=2)) as engine:
        observer = Observer(engine, settings, SystemClock(), random.Random(1), keeping=keeping, workers=patient)
        works = list(observer.observe(citations))
    assert patient.in_time == [True] * 16  # eight readings, eight captures
    assert sorted(work.citation.id for work in works) == [citation.id for citation in citations]
    assert all(work.made_capture and work.reading is not None for work in works)
    assert verify(tmp_path / "archive") == []


def test_a_second_translation_asks_nothing_and_takes_no_time(citekeeper: Run, home: Path) -> None:
    """Once all is translated, the stage sends no request and takes less than 50 ms a source."""
    from citekeeper.consent import Consent
    from citekeeper.history import History
    from citekeeper.pipeline.translating import TranslationStage
    from citekeeper.progress import Silent
    from citekeeper.register import load

    assert citekeeper("run").code == 1
    root = home / "archive"
    archive, clock = Archive(root, SystemClock()), SystemClock()
    citations = [each for each in load(home / "citations.yaml").citations if each.id == "fn3"]
    assert archive.translation(archive.captures("fn3")[0], "en") is not None

    class Refusing:
        def translate(self, *_: Any, **__: Any) -> Any:
            raise AssertionError("nothing is to be asked")

        def is_complete(self, paragraphs: Sequence[str], made: Translation) -> bool:
            """Whether nothing is left to ask."""
            return len(paragraphs) == len(made.paragraphs) and None not in made.paragraphs

    stage = TranslationStage(
        archive, Refusing(), Consent.of(["google"]), clock, random.Random(1), lambda name: History(root, name), None,
        Silent(),
    )  # fmt: skip
    seconds = []
    for _ in range(5):
        began = time.process_time()
        assert stage.translate(citations, ["en"], {"nl", "en"}) == 0
        seconds.append(time.process_time() - began)
    assert min(seconds) < 0.05
