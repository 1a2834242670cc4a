"""Settings: the order of their sources, their forms, and errors that name their place."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citekeeper import settings_model
from citekeeper.errors import UsageError
from citekeeper.settings import NAMES, Settings, load_settings, parse_duration


def test_the_order_of_sources(tmp_path: Path) -> None:
    """The command line beats the environment, that citations.yaml, that pyproject.toml, and that the default."""
    pyproject = tmp_path / "pyproject.toml"
    pyproject.write_text("[tool.citekeeper]\njobs = 2\nper-host = 7\n", encoding="utf-8")
    sources: dict[str, Any] = {}
    assert load_settings(**sources).jobs == 128
    sources["pyproject"] = pyproject
    assert load_settings(**sources).jobs == 2
    sources["register"] = {"jobs": 3}
    assert load_settings(**sources).jobs == 3
    sources["environ"] = {"CITEKEEPER_JOBS": "4"}
    assert load_settings(**sources).jobs == 4
    sources["command_line"] = {"jobs": 5, "per_host": None}
    assert load_settings(**sources).jobs == 5
    assert load_settings(**sources).per_host == 7


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        *[("7d", 604800), ("12h", 43200), ("1h30m", 5400), ("1h 30m", 5400), ("90s", 90), ("90", 90), ("1.5h", 5400)],
        *[(90, 90), (1.5, 1.5), ("2W", 1209600), (timedelta(days=1), 86400), ("0", 0)],
    ],
)
def test_durations(text: object, seconds: float) -> None:
    """Durations are written with units or as seconds."""
    assert parse_duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text", ["", " ", "d7", "seven days", "7 fortnights", "-1d", "1h-30m", True, None, "1e9d", "9" * 20 + "d", -5]
)
def test_no_durations(text: object) -> None:
    """What is no duration is refused with examples; nothing but a ValueError comes out."""
    with pytest.raises(ValueError, match="7d, 12h"):
        parse_duration(text)


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers()))
def test_any_duration_is_read_or_refused(value: object) -> None:
    """No value makes reading a duration fail otherwise, and none is negative."""
    with contextlib.suppress(ValueError):
        assert parse_duration(value) >= timedelta(0)


@pytest.mark.parametrize(
    ("sources", "named"),
    [
        ({"environ": {"CITEKEEPER_JOBS": "many"}}, "CITEKEEPER_JOBS"),
        ({"environ": {"CITEKEEPER_MAX_AGE": "soon"}}, "CITEKEEPER_MAX_AGE"),
        ({"environ": {"CITEKEEPER_FAIL_ON": "sometimes"}}, "CITEKEEPER_FAIL_ON"),
        ({"command_line": {"per_host": 0}}, "--per-host"),
        ({"command_line": {"include": ["("]}}, "--include"),
        ({"command_line": {"timeout": float("nan")}}, "--timeout"),
        ({"command_line": {"archive_dir": ""}}, "--archive-dir: it is empty"),
        ({"command_line": {"vantage": ""}}, "--vantage"),
        ({"command_line": {"vantage": "a\nb"}}, "--vantage"),
        ({"command_line": {"translate_to": "english"}}, "option --to: “english” is no language tag"),
        ({"environ": {"CITEKEEPER_LANGUAGES_READ": "nl,nederlands"}}, "CITEKEEPER_LANGUAGES_READ: “nederlands”"),
        ({"environ": {"CITEKEEPER_EXCLUDE": "("}}, "CITEKEEPER_EXCLUDE: “\\(” is no regular expression"),
        ({"environ": {"CITEKEEPER_USER_AGENT": "a\r\nX-Evil: b"}}, "CITEKEEPER_USER_AGENT: a header"),
        ({"environ": {"CITEKEEPER_USER_AGENT": "Лиса"}}, "CITEKEEPER_USER_AGENT: a header"),
    ],
)
def test_errors_name_the_source(sources: dict[str, Any], named: str) -> None:
    """A wrong value is told by the name under which the person gave it."""
    with pytest.raises(UsageError, match=named):
        load_settings(**sources)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[tool.citekeeper]\njobz = 2\n", "jobz"),
        ("[tool.citekeeper]\njobs = 'many'\n", "jobs"),
        ("[tool.citekeeper\n", "not valid TOML"),
        ("[tool]\ncitekeeper = 3\n", "is not a table"),
        ("tool = 3\n", "is not a table"),
        ("[tool.citekeeper]\nservices = 3\n", "services"),
        ("[tool.citekeeper.hosts.'a.example']\nacept = [403]\n", "hosts: a rule has no key “acept”"),
    ],
)
def test_a_wrong_pyproject_is_told(text: str, said: str, tmp_path: Path) -> None:
    """Unknown settings, wrong kinds and broken TOML are usage errors that name the file."""
    path = tmp_path / "pyproject.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=said) as caught:
        load_settings(pyproject=path)
    assert "pyproject.toml" in caught.value.message


def test_the_nearest_name_is_suggested(tmp_path: Path) -> None:
    """A misspelt setting gets the nearest known one as a hint."""
    path = tmp_path / "pyproject.toml"
    path.write_text("[tool.citekeeper]\njobz = 2\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        load_settings(pyproject=path)
    assert "“jobs”" in caught.value.hint


def test_a_pyproject_without_a_table_says_nothing(tmp_path: Path) -> None:
    """Other projects' files, and absent ones, set nothing."""
    path = tmp_path / "pyproject.toml"
    assert load_settings(pyproject=path) == load_settings()
    path.write_text("[project]\nname = 'x'\n", encoding="utf-8")
    assert load_settings(pyproject=path) == load_settings()


def test_lists_in_the_environment() -> None:
    """Lists are written with commas in the environment; one pattern is one pattern."""
    settings = load_settings(
        environ={
            "CITEKEEPER_SERVICES": "wayback, google",
            "CITEKEEPER_TRANSLATE_TO": "en",
            "CITEKEEPER_INCLUDE": "a{1,2}",
            "CITEKEEPER_STRICT": "true",
            "CITEKEEPER_OFFLINE": "0",
            "CITEKEEPER_JOBS": "",
        }
    )
    assert (settings.services, settings.translate_to, settings.include) == (["wayback", "google"], ["en"], ["a{1,2}"])
    assert (settings.strict, settings.offline, settings.jobs) == (True, False, 128)


def test_the_vantage_is_ci_under_ci() -> None:
    """Without a name the place of observation is ci under CI and local elsewhere."""
    assert load_settings(environ={"CI": "true"}).vantage == "ci"
    assert load_settings().vantage == "local"
    assert load_settings(environ={"CI": "true", "CITEKEEPER_VANTAGE": "home"}).vantage == "home"


def test_the_rule_of_a_host() -> None:
    """The most specific rule that matches a URL's host counts."""
    settings = load_settings(register={"hosts": {"*.gov.ru": {}, "a.gov.ru": {"ignore": True}}})
    rule = settings.rule_for("https://a.gov.ru/x")
    assert rule is not None
    assert rule.ignore
    assert settings.rule_for("https://example.org/") is None
    assert Settings().rule_for("https://a.gov.ru/") is None


@pytest.mark.parametrize("name", NAMES)
def test_plain_settings_and_their_model_agree(name: str) -> None:
    """Both know the same settings with the same defaults."""
    assert getattr(settings_model.Settings().as_used(), name) == getattr(Settings(), name)
    assert set(settings_model.Settings.model_fields) == set(NAMES)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"jobs": 512, "per_host": 512, "timeout": 20.0, "retries": 3, "fail_on": "never", "allow_private": True},
        {"jobs": 600, "retries": 0, "timeout": 0.5},
        {"archive_dir": "a", "reports_dir": "b", "vantage": "v", "strict": True},
        {"include": ["a"], "max_age": "7d", "services": ["wayback"], "browser": "never"},
    ],
)
def test_the_short_way_gives_what_the_model_gives(options: dict[str, object]) -> None:
    """Values that are plainly right need no model, and come out the same."""
    by_model = settings_model.validate({"vantage": "local", **options}, str)
    assert load_settings(command_line=options) == by_model


def test_a_check_starts_without_the_model() -> None:
    """Its options are plainly right, and pydantic takes longer to load than a dozen links take to check."""
    code = (
        "import sys; from citekeeper.cli import run; "
        "run(['check', 'https://127.0.0.1:1/', '-j', '512', '--retries', '1', '--offline', '-q', '-f', 'jsonl']); "
        "sys.exit('pydantic' in sys.modules)"
    )
    environ = {name: value for name, value in os.environ.items() if not name.startswith("CITEKEEPER_")}
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, env=environ)
    assert done.returncode == 0, done.stderr
