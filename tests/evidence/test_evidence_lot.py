"""A lot of citations that was written before the code was looked at: is what was cited on the page, or not?

Each case is a page as real sites set them, with one quote or number; the program checks all of them over the sandbox
internet in one run, as a person would.

At the first run 38 of the 120 that are there were called missing, and 16 of the 113 that are not there found; one of
the 38 was the quote's own fault. Of a second lot, written when the first was learnt from, 6 of 27 were called missing
and 3 of 23 found; one of the six was the lot's own fault. What is still mistaken is named in ``KNOWN``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from citekeeper.sandbox import Sandbox, World
from in_process import run_here

from . import lot_absent, lot_present, lot_second
from .lot_case import TITLE, Case

KNOWN = {
    "s-ocr": "“modem” for “modern”: what a scan misread is another word",
    "s-number-thousand-words": "“three and a half thousand”: mixed numbers in words are not read",
    "s-number-fraction": "“two thirds”: fractions in words are not read",
    "s-question": "what is asked in the words that were cited; a question may be quoted without its mark",
    "pre-reform-russian": "another spelling in every other word; a letter for a letter would be a guess",
}
CASES = [*lot_present.CASES, *lot_absent.CASES, *lot_second.CASES]


def stage(world: World, case: Case) -> str:
    """The case's page on a host of its own; the cited address."""
    site = f"https://{case.name}.example/2022/"
    world.page(f"{site}dam.html", case.body, media_type=case.media_type)
    for path, body in case.frames.items():
        world.page(f"{site}{path}", body)
    return f"{site}dam.html" + (f"#{case.anchor}" if case.anchor else "")


def judged(cases: list[Case], folder: Path) -> dict[str, bool]:
    """What citekeeper says of each: found or not."""
    world = World()
    citations = [
        {
            "id": case.name.lower(),
            "title": TITLE[case.language],
            "language": case.language,
            "url": stage(world, case),
            "numbers" if case.is_number else "quotes": [case.wanted],
        }
        for case in cases
    ]
    register = {"version": 1, "settings": {"services": [], "translate_to": []}, "citations": citations}
    (folder / "citations.yaml").write_text(yaml.safe_dump(register, allow_unicode=True), encoding="utf-8")
    with Sandbox(world) as sandbox:
        environment = {"CITEKEEPER_CACHE_DIR": str(folder / "cache"), **sandbox.environ}
        done = run_here(("check", "-f", "json", "--no-record"), folder, environment)
    assert done.out, done.err
    return {entry["id"]: entry["quotes"][0]["found"] for entry in done.report["citations"]}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bool]:
    """What is said of every case."""
    return judged(CASES, tmp_path_factory.mktemp("lot"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_lot(said: dict[str, bool], case: Case) -> None:
    """Found where it is, and only there."""
    assert said[case.name] is (case.found is not (case.name in KNOWN)), case.wanted
