# SPDX-License-Identifier: ISC
"""page_check.py -- holds a page of ukgen report to what every reader of it needs

usage: page_check.py PAGE

The page is well-formed, has landmarks and one heading of the first level, refers
to nothing outside of it, has no scripts, and no handler of an event. Ids are unique, what refers to
one finds it. Cells that are headings say of what, pictures have a name and a
description. Text has a contrast of 4.5 or more, light and dark: WCAG 2.1, 1.4.3.
"""
import re
import sys
import xml.etree.ElementTree as tree

page = open(sys.argv[1], encoding="utf-8").read()
root = tree.fromstring(page.replace("<!DOCTYPE html>\n", "", 1))
elements = list(root.iter())
wrong = []


def must(holds, what):
    if not holds:
        wrong.append(what)


def all_of(name):
    return [e for e in elements if e.tag == name]


must(page.startswith("<!DOCTYPE html>\n"), "no document type")
must(root.tag == "html" and root.get("lang") == "en", "no language")
must(len(root.findall("head/title")) == 1 and root.find("head/title").text, "no title")
for name in "header", "nav", "main", "footer", "h1":
    must(len(all_of(name)) == 1, f"not exactly one {name}")
must(any("width=device-width" in e.get("content", "") for e in all_of("meta")), "no viewport")

must({e.tag for e in elements}.isdisjoint({"script", "link", "img", "iframe", "object", "form"}), "an element that loads or runs something")
for e in elements:
    for name, value in e.attrib.items():
        must(not name.startswith("on") and name not in ("src", "style"), f"attribute {name}")
        must(name != "href" or value.startswith("#"), f"a link to {value}")
must("url(" not in page and "@import" not in page, "the style sheet loads something")

ids = [e.get("id") for e in elements if e.get("id")]
must(len(ids) == len(set(ids)), "an id is there twice")
for e in elements:
    for name in (e.get("aria-labelledby") or "").split() + ([e.get("href")[1:]] if e.get("href") else []):
        must(name in ids, f"nothing has the id {name}")
for e in all_of("section"):
    must(e.get("aria-labelledby"), "a section without a name")

for table in all_of("table"):
    must(table.find("caption") is not None, "a table without a caption")
    columns = len(table.find("thead/tr"))
    must(table.find("tbody/tr") is not None, "a table without rows")
    for row in table.iter("tr"):
        must(len(row) == columns, "a row with another number of cells")
    for row in table.findall("tbody/tr"):
        must(row[0].tag == "th", "a row without a heading")
for e in all_of("th"):
    must(e.get("scope") in ("row", "col"), "a heading without a scope")
for e in all_of("svg"):
    if e.get("role") == "img":
        must([child.tag for child in e[:2]] == ["title", "desc"] and e[0].text and e[1].text, "a picture without a name")


def luminance(colour):
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    least, most = sorted((luminance(one), luminance(other)))
    return (most + 0.05) / (least + 0.05)


style = all_of("style")[0].text
schemes = [dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", part)) for part in style.split("prefers-color-scheme: dark")]
must(len(schemes) == 2, "not a light and a dark scheme")
for name, colours in zip(("light", "dark"), schemes):
    pairs = [("ink", "page"), ("quiet", "page"), ("link", "page"), ("label", "monitor"), ("label", "guest"), ("label", "other")]
    for one, other in pairs:
        must(contrast(colours[one], colours[other]) >= 4.5, f"{name}: {one} on {other} has a contrast of {contrast(colours[one], colours[other]):.2f}")
    # areas against what surrounds them: 1.4.11
    for area in "monitor", "guest", "other":
        must(contrast(colours[area], colours["page"]) >= 3, f"{name}: {area} can't be told from the page")
must(set(re.findall(r"(?<!-)(?:color|fill): ([^;}]*)", style)) <= {f"var(--{n})" for n in schemes[0]}, "a colour that isn't of the scheme")

for line in sorted(set(wrong)):
    print(f"{sys.argv[1]}: {line}")
sys.exit(bool(wrong))
