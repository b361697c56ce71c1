"""What readers make of texts in Markdown, XML, HTML and DOT: GitHub's own parser of Markdown, expat, and Graphviz.

Takes a list of {"kind": …, "text": …} in JSON, and writes for each {"tags": [[name, attributes], …], "text": …, "code": …}, or
{"refused": …}. `text` is what is read as text, `code` what is read as code.
"""

import html.parser
import json
import sys
import xml.parsers.expat

import cmarkgfm
from cmarkgfm.cmark import Options

# GitHub lets HTML through, and cleans it afterwards.
UNSAFE = Options.CMARK_OPT_UNSAFE


class Outline(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags, self.text, self.code, self.depth = [], [], [], 0

    def handle_starttag(self, tag, attrs):
        self.tags.append([tag, dict(attrs)])
        self.depth += tag in ("code", "pre")

    def handle_endtag(self, tag):
        self.depth -= tag in ("code", "pre")

    def handle_data(self, data):
        (self.code if self.depth > 0 else self.text).append(data)

    def handle_comment(self, data):
        self.tags.append(["!--", {}])

    def result(self):
        return {"tags": self.tags, "text": "\0".join(self.text), "code": "\0".join(self.code)}


def from_html(text):
    outline = Outline()
    outline.feed(text)
    outline.close()
    return outline.result()


def from_markdown(text):
    return from_html(cmarkgfm.github_flavored_markdown_to_html(text, options=UNSAFE))


def from_xml(text):
    tags, texts = [], []
    parser = xml.parsers.expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: tags.append([name, attributes])
    parser.CharacterDataHandler = texts.append
    parser.Parse(text.encode("utf-8", "surrogatepass"), True)
    return {"tags": tags, "text": "\0".join(texts), "code": ""}


READERS = {"markdown": from_markdown, "xml": from_xml, "html": from_html}


def read(kind, text):
    try:
        return READERS[kind](text)
    except (xml.parsers.expat.ExpatError, ValueError) as problem:
        return {"refused": str(problem)}


def main():
    json.dump([read(**asked) for asked in json.load(sys.stdin)], sys.stdout)


if __name__ == "__main__":
    main()
