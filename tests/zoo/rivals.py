"""Other link checkers on the same zoo: lychee and linkchecker, led into the sandbox by the ordinary variables.

They know two answers, so a living source counts as called an error where they report one, and a dead one as called
alive where they do not.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from citekeeper.sandbox import Sandbox
from citekeeper.urls import BadUrlError, parse

from .run import stage
from .scenario import Scenario, Truth


def lychee(scenarios: Iterable[Scenario], program: Path) -> dict[str, bool]:
    """Scenario name → whether lychee reports an error."""
    animals = _askable(scenarios)
    with tempfile.TemporaryDirectory() as folder, Sandbox(stage(animals)) as sandbox:
        listed = Path(folder, "links.txt")
        listed.write_text("\n".join(one.url for one in animals) + "\n", encoding="utf-8")
        done = _run(
            [
                program, "--no-progress", "--format", "json", "-vv", "--timeout", "4", "--max-retries", "2",
                "--retry-wait-time", "1", "--max-concurrency", "64", "--host-request-interval", "0s", listed,
            ],
            sandbox.environ,
            folder,
        )  # fmt: skip
        report = json.loads(done)
    wrong = {
        entry["url"]
        for name in ("error_map", "timeout_map")
        for found in report.get(name, {}).values()
        for entry in found
    }
    return {one.name: _same(one.url) in {_same(url) for url in wrong} for one in animals}


def linkchecker(scenarios: Iterable[Scenario], program: Path) -> dict[str, bool]:
    """Scenario name → whether linkchecker reports an error."""
    animals = _askable(scenarios)
    with tempfile.TemporaryDirectory() as folder, Sandbox(stage(animals)) as sandbox:
        rules = Path(folder, "linkcheckerrc")
        rules.write_text(f"[checking]\nsslverify={Path(folder, 'ca.pem')}\n", encoding="utf-8")
        done = _run(
            [
                program, "-f", rules, "--check-extern", "-r0", "-t", "32", "--timeout", "4", "--no-status", "-o", "csv",
                "-v", "--no-robots", "--stdin",
            ],
            sandbox.environ,
            folder,
            "\n".join(one.url if one.url.isascii() else _same(one.url) for one in animals),
        )  # fmt: skip
    rows = csv.DictReader((line for line in io.StringIO(done) if not line.startswith("#")), delimiter=";")
    wrong = {_same(row["urlname"]): row.get("valid") == "False" for row in rows}
    return {one.name: wrong[_same(one.url)] for one in animals if _same(one.url) in wrong}


def rendered(name: str, wrong: Mapping[str, bool], scenarios: Iterable[Scenario]) -> str:
    """A rival's confusion matrix as text."""
    lines = [f"{name}", f"{'truth':<10}{'ok':>8}{'error':>8}{'all':>7}"]
    for truth in Truth:
        said = [wrong[one.name] for one in scenarios if one.truth is truth and one.name in wrong]
        lines.append(f"{truth.value:<10}{said.count(False):>8}{said.count(True):>8}{len(said):>7}")
    return "\n".join(lines)


def _askable(scenarios: Iterable[Scenario]) -> list[Scenario]:
    found = {}
    for one in scenarios:
        if one.stage is not None and not one.expectation.ignore and not one.etag:
            found[one.url] = one
    return list(found.values())


def _same(url: str) -> str:
    try:
        return parse(url).without_fragment
    except BadUrlError:
        return url


def _run(command: list[str | Path], environ: Mapping[str, str], folder: str, given: str = "") -> str:
    clean = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    bundle = Path(folder, "ca.pem")
    shutil.copyfile(environ["SSL_CERT_FILE"], bundle)
    Path(folder).chmod(0o755)  # linkchecker gives up root's rights before it reads anything
    environ = {**environ, **dict.fromkeys(("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"), str(bundle))}
    done = subprocess.run(
        command,
        env={**clean, **environ, "HOME": folder},
        input=given.encode(),
        capture_output=True,
        cwd=folder,
        timeout=900,
        check=False,
    )
    return done.stdout.decode("utf-8", "replace")
