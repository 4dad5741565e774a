"""Reads a report's page as a program would: its elements, its texts by language, and its numbers by their keys."""

from html.parser import HTMLParser


class Page(HTMLParser):
    VOID = frozenset({"meta", "input", "br", "link", "img", "hr"})

    def __init__(self, source):
        super().__init__()
        self.source, self.elements = source, []
        self._open, self._texts, self._data, self._fronts = [], {}, [], {}
        self.feed(source)

    @property
    def _lang(self):
        return next((each[1]["data-edition"] for each in self._open if each[0] == "article"), "")

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag == "data":
            told = dict(attributes)
            self._data.append([self._lang, told["data-key"], float(told["value"]), ""])
        if tag not in self.VOID:
            self._open.append((tag, dict(attributes)))

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, text):
        if any(tag in ("style", "script", "svg") for tag, _ in self._open):
            return
        self._texts.setdefault(self._lang, []).append(text)
        if any(each.get("class") == "front" for _, each in self._open):
            self._fronts.setdefault(self._lang, []).append(text)
        if self._open and self._open[-1][0] == "data":
            self._data[-1][3] += text

    def text(self, lang):
        return "".join(self._texts[lang])

    def front(self, lang):
        return "".join(self._fronts[lang])

    def shown(self, lang):
        return [(key, value, text) for each, key, value, text in self._data if each == lang]

    def numbers(self, lang):
        return {key: value for key, value, _ in self.shown(lang)}
