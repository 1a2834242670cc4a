"""What the package imports is what it declares: nothing works only because something else happens to bring it along."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Modules that are part of the interface of a package that is declared.
_PART_OF_ANOTHER = {"markupsafe": "jinja2", "pydantic_core": "pydantic"}


def normal(name: str) -> str:
    """A distribution's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(*, extras: bool) -> set[str]:
    """The distributions that pyproject.toml asks for; with ``extras``, those too that people may add."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = list(project["dependencies"])
    for name, extra in project["optional-dependencies"].items():
        wanted += extra if extras and name != "dev" else []
    return {normal(re.split(r"[<>=!~\[; ]", requirement)[0]) for requirement in wanted}


def imported() -> set[str]:
    """The top-level third-party modules that the package imports, anywhere."""
    names: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names) - {"citekeeper"}


def test_every_import_is_declared_and_every_dependency_is_used() -> None:
    """Both ways, by the distributions that provide the modules."""
    providers = packages_distributions()
    needed = set()
    for module in imported():
        names = {normal(name) for name in providers.get(module, [module])}
        needed.add(_PART_OF_ANOTHER.get(module) or next(iter(names & declared(extras=True)), sorted(names)[0]))
    assert needed - declared(extras=True) == set()
    assert declared(extras=False) - needed == set()
