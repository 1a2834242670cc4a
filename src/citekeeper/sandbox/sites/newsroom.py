"""A newsroom's page as such pages are: navigation, sidebar and footer around the article, a style sheet, pictures."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from citekeeper.sandbox.sites.articles import Article, fill
from citekeeper.sandbox.sites.pictures import Colour

SCENERY = {
    "ru": "Эта страница – декорация песочницы citekeeper, а не публикация издания.",
    "en": "This page is scenery of the citekeeper sandbox, not a publication of this outlet.",
}


@dataclass(frozen=True, slots=True)
class Newsroom:
    """What the pages of one outlet have in common. ``sections`` and ``also`` are link texts."""

    name: str
    origin: str
    language: str
    charset: str
    colour: str
    sky: tuple[Colour, Colour]
    sections: tuple[str, ...]
    also_title: str
    also: tuple[str, ...]
    byline: str
    share: str

    def article_page(
        self, article: Article, path: str, *, published: str, day: str, caption: str, suffix: str = ""
    ) -> str:
        """The page of one article.

        Args:
            article: title and paragraphs.
            path: its path on the outlet's host.
            published: ISO 8601, for machines.
            day: the date as people read it.
            caption: of the picture.
            suffix: what the outlet adds to the title in the tab.
        """
        texts = {
            "title": article.title,
            "suffix": suffix,
            "lead": article.paragraphs[0],
            "name": self.name,
            "url": self.origin + path,
            "published": published,
            "day": day,
            "byline": self.byline,
            "caption": caption,
        }
        escaped = {name: escape(text) for name, text in texts.items()}
        body = "\n".join(_block(text) for text in article.paragraphs[1:])
        return self._page(fill("article-head.html", **escaped), fill("article-main.html", body=body, **escaped))

    def notice_page(self, title: str, *sentences: str) -> str:
        """A page of a few sentences in the outlet's frame: its front page, or "not found"."""
        text = "".join(f"<p>{escape(sentence)}</p>\n" for sentence in sentences)
        return self._page(f"<title>{escape(title)}</title>\n", f"<main>\n<h1>{escape(title)}</h1>\n{text}</main>\n")

    def stylesheet(self) -> str:
        """The outlet's CSS."""
        return fill("site.css", colour=self.colour)

    def _page(self, head: str, main: str) -> str:
        sections = (f'<a href="/z/{number}">{escape(text)}</a>\n' for number, text in enumerate(self.sections))
        also = (f'<li><a href="/also/{number}">{escape(text)}</a></li>\n' for number, text in enumerate(self.also))
        return fill(
            "frame.html",
            language=self.language,
            charset=self.charset,
            head=head,
            main=main,
            name=escape(self.name),
            sections="".join(sections),
            also_title=escape(self.also_title),
            also="".join(also),
            share=escape(self.share),
            scenery=escape(SCENERY[self.language]),
        )


def _block(text: str) -> str:
    is_heading = len(text) < 80 and text[-1] not in ".!?»”:"
    return f"<h2>{escape(text)}</h2>" if is_heading else f"<p>{escape(text)}</p>"
