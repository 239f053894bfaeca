"""What the pages about accessibility and privacy say, as this server is set up."""

from __future__ import annotations

import re

from markupsafe import Markup

from api.pages.face import Face
from graph.settings import Settings

_MAIL = re.compile(r"[^@\s<>\"'?&]+@[^@\s<>\"'?&]+\.[^@\s<>\"'?&]+")


def contact(face: Face, settings: Settings) -> Markup:
    """Whom a reader may write to, as a sentence; that nobody was named, where nobody was."""
    who = settings.contact.strip()
    if not who:
        return face.t("contact.none", setting=Markup("<code>VERRE_CONTACT</code>"))
    if _MAIL.fullmatch(who):
        return face.t("contact.mail", link=Markup('<a href="mailto:{0}">{0}</a>').format(who))
    if who.startswith(("https://", "http://")):
        return face.t("contact.mail", link=Markup('<a href="{0}" rel="external">{0}</a>').format(who))
    return face.t("contact.words", text=who)


def kept(settings: Settings) -> list[str]:
    """What the logs of this server hold of a reader, as keys of texts."""
    queries = "privacy.queries.yes" if settings.log_queries else "privacy.queries.no"
    text = "privacy.sparql.yes" if settings.audit_text else "privacy.sparql.no"
    if settings.audit != "all":
        text = "privacy.sparql.none"
    found = [f"privacy.client.{settings.log_clients}", queries, text]
    return found if settings.audit == "off" else [*found, "privacy.lookup.yes"]
