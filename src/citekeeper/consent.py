"""Who may be told what: the one gate before anything about a source goes to a service.

A service hears of a source only if ``services`` names it, the citation is not private, and its URL carries neither
credentials nor a share token (unless a person wrote ``private: false`` beside it). The source itself is always asked.
"""

from __future__ import annotations

from collections.abc import Iterable

from citekeeper.errors import UsageError
from citekeeper.model import Citation
from citekeeper.values import dataclass

KNOWN_SERVICES = {
    "wayback": "the Internet Archive's Wayback Machine: each source's URL is looked up and, with keys, saved publicly",
    "arquivo": "Arquivo.pt, the Portuguese web archive: each source's URL is looked up",
    "archive-today": "archive.today: each source's URL is looked up; what it holds is no evidence",
    "google": "Google Translate: the text of foreign-language sources is sent to be translated",
    "deepl": "DeepL: the text of foreign-language sources is sent to be translated",
    "mymemory": "MyMemory: the text of foreign-language sources is sent to be translated, and kept there",
    "libre": "the LibreTranslate server of libre_url: the text of foreign-language sources is sent to be translated",
}

TRANSLATORS = frozenset(("google", "deepl", "mymemory", "libre"))
"""The services among these that are sent text to be translated."""

OTHER_VANTAGES = {
    "second-opinion": "the proxy of --second-opinion: fetches a failing source before it counts as dead",
    "doh": "the resolver that the setting doh names: is asked for a host whose name is unknown here, "
    "and who serves the domain of a page that holds next to nothing",
}


@dataclass(frozen=True, slots=True)
class Consent:
    """The services that a document's keeper named."""

    services: frozenset[str]

    @classmethod
    def of(cls, names: Iterable[str], peers: Iterable[str] = ()) -> Consent:
        """Take the ``services`` setting.

        Args:
            names: the services that it names.
            peers: the archives that the setting ``peers`` describes, which may be named too.

        Raises:
            UsageError: a name is not a service that citekeeper knows, so that a typing error is not taken for a no.
        """
        given = frozenset(names)
        known = [*KNOWN_SERVICES, *OTHER_VANTAGES, *peers]
        unknown = sorted(given - set(known))
        if unknown:
            raise UsageError(
                f"services names “{unknown[0]}”, which is no service that citekeeper can use.",
                "It works on this machine and needs no consent: name it under translators."
                if unknown[0] == "argos"
                else f"Known services: {', '.join(known)}.",
            )
        return cls(given)

    def require(self, service: str, setting: str) -> None:
        """Refuse a setting that would tell a service which ``services`` does not name.

        Raises:
            UsageError: it is not named.
        """
        if service not in self.services:
            raise UsageError(
                f"{setting} is set, but services does not name {service}.",
                f"Add {service} to services in citations.yaml (or CITEKEEPER_SERVICES), or leave {setting} out.",
            )

    def refusal(self, service: str, citation: Citation) -> str | None:
        """Why ``service`` must not hear of ``citation``, in words; None where it may."""
        if service not in self.services:
            return f"services does not name {service}"
        if citation.private:
            return "the citation is private"
        if citation.is_private:
            return "the URL carries credentials or a share token"
        return None

    def allows(self, service: str, citation: Citation) -> bool:
        """Whether ``service`` may be told about ``citation``."""
        return self.refusal(service, citation) is None
