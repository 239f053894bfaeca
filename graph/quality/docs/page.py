"""The page: tables of terms by pyLODE, and around them the diagram, the code lists and the rules.

pyLODE shows one text a term; ours have three, so each term goes in under its own name with its three
labels and definitions as one text. What pyLODE puts at the head of a page (icons, dates, a script) is
left out: the page loads nothing from anywhere and is the same for the same ontology.
"""

from __future__ import annotations

import logging
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from types import ModuleType

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, SH

from graph.quality.docs.diagram import draw
from graph.quality.docs.model import LANGUAGES, ONTOLOGY, SCHEMA, code_lists, read, short, text
from graph.quality.hygiene import load_query

STYLE = """
body { margin: 0; background: #fbfaf7; color: #1b2430; line-height: 1.5;
       font: 18px "Atkinson Hyperlegible Next", system-ui, sans-serif; }
#page { display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 2rem; padding: 0 2rem 4rem 0; }
#toc { position: sticky; top: 0; height: 100vh; overflow: auto; box-sizing: border-box; padding: 1.5rem 1rem 2rem 2rem;
       border-right: 1px solid #8a93a0; font-size: 0.8rem; }
#toc ul { list-style: none; margin: 0; padding: 0; } #toc ul.second { padding-left: 0.8rem; }
#toc h3, #toc h4 { margin: 0.8rem 0 0.2rem; font-size: 0.9rem; }
h1 { font-size: 2rem; line-height: 1.2; } h2 { margin-top: 3rem; border-bottom: 1px solid #8a93a0; }
h3 { margin: 2rem 0 0.4rem; font-size: 1.1rem; } p { max-width: 70ch; margin: 0.3rem 0; }
a { color: #0a6363; } sup { color: #55606e; font-size: 0.65rem; font-weight: 400; margin-left: 0.2rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.85rem; }
th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.8rem 0.25rem 0; border-top: 1px solid #d9d8d2; }
th { width: 9rem; font-weight: 600; color: #55606e; } th a { color: inherit; text-decoration: none; }
td ul { margin: 0; padding-left: 0; list-style: none; columns: 2; } code { font-size: 0.85em; }
td p::before { content: attr(lang) " "; color: #55606e; font-size: 0.75em; text-transform: uppercase; }
.lists th { width: auto; } .lists td:first-child { white-space: nowrap; }
figure { margin: 1rem 0; overflow-x: auto; } figure svg { min-width: 60rem; width: 100%; height: auto; }
figcaption, .muted { color: #55606e; font-size: 0.85rem; }
@media (max-width: 60rem) { #page { display: block; padding: 0 1rem; } #toc { position: static; height: auto; padding: 1rem 0; } }
@media print { #toc { display: none; } #page { display: block; } h3 { break-after: avoid; } }
"""

HEADINGS = {
    "Domainincludes": "Used on",
    "Rangeincludes": "Values",
    "In Domain Includes Of": "Properties",
    "In Range Includes Of": "Value of",
    "Sub Class Of": "Kind of",
    "Super Class Of": "Kinds",
    "Sub Property Of": "Narrower than",
    "Super Property Of": "Broader than",
}
"""What pyLODE calls a row, and what we do."""


def write(folder: Path, target: Path) -> list[Path]:
    """Writes the page and the diagram into a folder.

    Args:
        folder: the folder `ontologies`.
        target: where to; made if it is not there.

    Returns:
        The files written.
    """
    target.mkdir(parents=True, exist_ok=True)
    files = {target / "index.html": page(folder), target / "classes.svg": draw(folder)}
    for file, content in files.items():
        file.write_text(content, encoding="utf-8")
    return list(files)


def page(folder: Path) -> str:
    """The whole page as HTML."""
    content, contents = _pylode(_prepared(read(folder)))
    extra = "".join(
        f'<li><h4><a href="#{anchor}">{title}</a></h4></li>'
        for anchor, title in (("diagram", "Diagram"), ("codelists", "Code lists"), ("rules", "Rules"))
    )
    contents = contents.replace('<ul class="first">', f'<ul class="first">{extra}', 1)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Verre: the ontology</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<div id="page">\n{contents}\n<main>\n{_head(folder)}{content}\n{_lists(folder)}{_rules(folder)}'
        '<p class="muted">The tables of terms are made by <a href="https://github.com/rdflib/pyLODE">pyLODE</a>;'
        " this page by <code>python -m graph.quality.docs</code>.</p>\n"
        "</main>\n</div>\n</body>\n</html>\n"
    )


def _prepared(graph: Graph) -> Graph:
    """The ontology as pyLODE is to show it: one header, names as titles, three languages in one text."""
    shown = Graph()
    for prefix, namespace in graph.namespaces():
        shown.bind(prefix, namespace)
    header = {RDF.type, DCTERMS.license, DCTERMS.publisher, OWL.versionInfo}
    for subject, predicate, value in graph:
        if subject == ONTOLOGY and predicate in header:
            shown.add((subject, predicate, value))
    shown.add((ONTOLOGY, DCTERMS.title, Literal("Verre")))
    for term in graph.subjects(RDFS.isDefinedBy, ONTOLOGY):
        shown.add((term, RDFS.label, Literal(short(term))))
        shown.add((term, SKOS.definition, Literal(_definition(graph, term))))
        kept = (RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, SCHEMA.domainIncludes, SCHEMA.rangeIncludes)
        for predicate in kept:
            for value in graph.objects(term, predicate):
                shown.add((term, predicate, value))
    return shown


def _definition(graph: Graph, term: object) -> str:
    """Markdown that is HTML already, so that each language is marked as such."""
    subject = URIRef(str(term))
    return "\n\n".join(
        f'<p lang="{language}"><b>{escape(text(graph, subject, RDFS.label, language))}</b>:'
        f" {escape(text(graph, subject, SKOS.definition, language))}</p>"
        for language in LANGUAGES
    )


def _pylode(graph: Graph) -> tuple[str, str]:
    """The sections of terms and the table of contents."""
    if "pylode.version" not in sys.modules:
        # Its wheel lacks the pyproject.toml that this module of it reads; the number is shown nowhere here.
        stub = ModuleType("pylode.version")
        stub.__dict__["__version__"] = ""
        sys.modules["pylode.version"] = stub
    with _quiet():
        from pylode.profiles.ontpub import OntPub

        html: str = OntPub(graph, sort_subjects=True).make_html()
    content = re.search(r'<div id="content">\n(.*)\n    </div>\n    <div id="pylode">', html, re.DOTALL)
    contents = re.search(r'(<div id="toc">.*</div>)\s*</body>', html, re.DOTALL)
    if content is None or contents is None:
        raise ValueError("pyLODE made a page of another form than this was written for")
    return _cleaned(content.group(1)), _cleaned(contents.group(1)).replace("div", "nav")


@contextmanager
def _quiet() -> Iterator[None]:
    """pyLODE leaves files open, uses what others deprecate, and turns the logging of the process on."""
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            logging.disable(logging.CRITICAL)
            yield
        finally:
            logging.disable(logging.NOTSET)
            root.setLevel(level)
            root.handlers[:] = handlers


def _cleaned(html: str) -> str:
    html = re.sub(r'<a class="hover_property" href="([^"]*)"[^>]*>', r'<a href="\1">', html)
    for old, new in HEADINGS.items():
        html = html.replace(f">{old}</a>", f">{new}</a>")
    html = re.sub(r"<h1>.*?</h1>\s*", "", html, flags=re.DOTALL)
    html = re.sub(r'<dt id="ns1">.*?</dd>\s*', "", html, flags=re.DOTALL)
    html = re.sub(r'<li>\s*<a href="#ns1">ns1</a>\s*</li>\s*', "", html)
    return re.sub(r"\n\s+", "\n", html)


def _head(folder: Path) -> str:
    graph = read(folder)
    titles = " · ".join(escape(text(graph, ONTOLOGY, DCTERMS.title, language)) for language in LANGUAGES)
    about = "".join(
        f'<p lang="{language}">{escape(text(graph, ONTOLOGY, DCTERMS.description, language))}</p>\n'
        for language in LANGUAGES
    )
    return (
        f"<h1>{titles}</h1>\n{about}"
        '<section id="diagram"><h2>Diagram</h2>\n<figure>\n'
        f"{draw(folder)}"
        "<figcaption>Each box is a class with its properties and what their values are; bold: kinds of it; italic:"
        " derived, never entered. The tables below say the same in words.</figcaption>\n</figure></section>\n"
    )


def _lists(folder: Path) -> str:
    graph = read(folder, "codelists")
    parts = ['<section id="codelists" class="lists"><h2>Code lists</h2>\n']
    for scheme, members in code_lists(folder):
        name = str(scheme).rpartition("/")[2]
        heads = " · ".join(escape(text(graph, scheme, SKOS.prefLabel, language)) for language in LANGUAGES)
        parts.append(
            f'<h3 id="code-{name}">{heads}</h3>\n<p class="muted"><code>{escape(str(scheme))}</code></p>\n'
        )
        parts.append("<table><tr><th>Code</th><th>Nederlands</th><th>English</th><th>Français</th></tr>\n")
        for member in members:
            notation = escape(str(graph.value(member, SKOS.notation)))
            cells = "".join(
                f'<td lang="{language}"><b>{escape(text(graph, member, SKOS.prefLabel, language))}</b><br>'
                f"{escape(text(graph, member, SKOS.definition, language))}</td>"
                for language in LANGUAGES
            )
            parts.append(f"<tr><td><code>{notation}</code></td>{cells}</tr>\n")
        parts.append("</table>\n")
    return "".join(parts) + "</section>\n"


def _rules(folder: Path) -> str:
    rules = {**_shapes(folder), **_queries(folder)}
    rows = "".join(
        f"<tr><td><code>{escape(name)}</code></td><td>{severity}</td>"
        + "".join(f'<td lang="{language}">{escape(words[language])}</td>' for language in LANGUAGES)
        + "</tr>\n"
        for name, (severity, words) in sorted(rules.items())
    )
    return (
        '<section id="rules" class="lists"><h2>Rules</h2>\n'
        "<p>What <code>verre check</code> looks for. A violation makes a node meaningless; the rest is for a person to"
        " look at. Not knowing is allowed everywhere.</p>\n"
        "<table><tr><th>Rule</th><th>Severity</th><th>Nederlands</th><th>English</th><th>Français</th></tr>\n"
        f"{rows}</table></section>\n"
    )


def _shapes(folder: Path) -> dict[str, tuple[str, dict[str, str]]]:
    graph = Graph()
    for file in sorted((folder / "shapes").glob("*.ttl")):
        graph.parse(file, format="turtle")
    found = {}
    for shape, severity in graph.subject_objects(SH.severity):
        said = [
            node for node in (*graph.objects(shape, SH.sparql), shape) if (node, SH.message, None) in graph
        ]
        words = {language: text(graph, said[0], SH.message, language) for language in LANGUAGES}
        found[str(shape).rpartition("#")[2]] = (str(severity).rpartition("#")[2].lower(), words)
    return found


def _queries(folder: Path) -> dict[str, tuple[str, dict[str, str]]]:
    loaded = (load_query(file) for file in sorted((folder / "hygiene").glob("*.rq")))
    return {query.name: (query.severity, query.message) for query in loaded}
