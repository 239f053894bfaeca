"""The tables of an index file.

Numbers of organizations follow the order of their names, so that sorting by name is sorting by
number, with gaps for names to come. Relations and other items have smaller numbers than any
organization: `evidence` and `edge` speak of both. Concepts (markets, sectors, code lists, places …)
and sources have series of their own. No answer depends on how items and concepts are numbered.
"""

from __future__ import annotations

VERSION = "7"
"""Changes whenever a table does; an index of another version is not opened."""

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE concept (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, kind TEXT NOT NULL, code TEXT NOT NULL,
  nl TEXT, en TEXT, fr TEXT, starts TEXT);
CREATE TABLE concept_name (
  kind TEXT, folded TEXT, concept INTEGER, PRIMARY KEY (kind, folded, concept)) WITHOUT ROWID;
CREATE TABLE coverage (
  asked INTEGER, upward INTEGER, stated INTEGER, PRIMARY KEY (asked, upward, stated)) WITHOUT ROWID;

CREATE TABLE organization (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, ref TEXT NOT NULL, name TEXT NOT NULL, key TEXT,
  kind INTEGER, country INTEGER, municipality INTEGER, activity_nl TEXT, activity_en TEXT, activity_fr TEXT,
  member TEXT NOT NULL, seat TEXT NOT NULL, site TEXT NOT NULL);
CREATE TABLE item (key INTEGER PRIMARY KEY, id INTEGER NOT NULL);
CREATE TABLE alias (
  ref TEXT, rank INTEGER, organization INTEGER, PRIMARY KEY (ref, rank, organization)) WITHOUT ROWID;
CREATE TABLE organization_sector (
  organization INTEGER, sector INTEGER, PRIMARY KEY (organization, sector)) WITHOUT ROWID;
CREATE TABLE organization_place (
  organization INTEGER, municipality INTEGER, PRIMARY KEY (organization, municipality)) WITHOUT ROWID;
CREATE TABLE statement (
  id INTEGER PRIMARY KEY, organization INTEGER NOT NULL, property TEXT NOT NULL, value TEXT NOT NULL,
  concept INTEGER, language TEXT NOT NULL);
CREATE TABLE identifier (
  organization INTEGER, id INTEGER, iri TEXT NOT NULL, scheme TEXT, value TEXT,
  PRIMARY KEY (organization, id)) WITHOUT ROWID;
CREATE TABLE site (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, organization INTEGER NOT NULL, function INTEGER, role TEXT, label TEXT,
  country INTEGER, municipality INTEGER, place TEXT, postcode TEXT, outside INTEGER,
  since TEXT, until TEXT, first INTEGER NOT NULL, last INTEGER NOT NULL);

CREATE TABLE engagement (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, company INTEGER NOT NULL, market INTEGER NOT NULL, product INTEGER,
  rank INTEGER NOT NULL, since TEXT, until TEXT, attested TEXT, first INTEGER NOT NULL, last INTEGER NOT NULL,
  attested_first INTEGER NOT NULL, attested_last INTEGER NOT NULL, outweighed INTEGER NOT NULL,
  note TEXT);
CREATE TABLE standing (
  market INTEGER, exact INTEGER, score INTEGER, company INTEGER, first INTEGER, last INTEGER,
  PRIMARY KEY (market, exact, score, company, first)) WITHOUT ROWID;
CREATE TABLE standing_parts (market INTEGER PRIMARY KEY);
CREATE TABLE figure (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, subject INTEGER NOT NULL, measure INTEGER, value REAL, low REAL,
  high REAL, unit INTEGER, period TEXT, precision INTEGER);
CREATE TABLE partnership (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, principal INTEGER NOT NULL, partner INTEGER NOT NULL, role INTEGER,
  territory INTEGER, exclusivity INTEGER, since TEXT, until TEXT, attested TEXT, first INTEGER NOT NULL,
  last INTEGER NOT NULL, note TEXT);
CREATE TABLE tie (
  organization INTEGER, market INTEGER, partnership INTEGER, by_country INTEGER, last INTEGER,
  PRIMARY KEY (organization, market, partnership)) WITHOUT ROWID;
CREATE TABLE ownership (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, owner INTEGER NOT NULL, owned INTEGER NOT NULL, kind INTEGER,
  basis INTEGER, share REAL, low REAL, high REAL, since TEXT, until TEXT, attested TEXT,
  first INTEGER NOT NULL, last INTEGER NOT NULL, note TEXT);
CREATE TABLE ultimate (
  organization INTEGER, top INTEGER, PRIMARY KEY (organization, top)) WITHOUT ROWID;
CREATE TABLE presence (
  iri TEXT NOT NULL, organization INTEGER NOT NULL, member INTEGER, kind TEXT NOT NULL,
  country INTEGER, place TEXT, since TEXT, until TEXT, first INTEGER NOT NULL, last INTEGER NOT NULL,
  item INTEGER NOT NULL);
CREATE TABLE change (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, type INTEGER, original INTEGER, acquirer INTEGER, date TEXT,
  ownership TEXT, note TEXT);

CREATE TABLE person (id INTEGER PRIMARY KEY, iri TEXT NOT NULL, ref TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL);
CREATE TABLE membership (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, person INTEGER, member INTEGER, organization INTEGER NOT NULL,
  role_nl TEXT, role_en TEXT, role_fr TEXT, since TEXT, until TEXT, attested TEXT, first INTEGER NOT NULL,
  last INTEGER NOT NULL, attested_last INTEGER NOT NULL, note TEXT);
CREATE TABLE award (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, nl TEXT, en TEXT, fr TEXT, folded TEXT NOT NULL, edition TEXT,
  category_nl TEXT, category_en TEXT, category_fr TEXT, awarder INTEGER);
CREATE TABLE award_grant (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, recipient INTEGER NOT NULL, award INTEGER NOT NULL,
  result INTEGER, attested TEXT, note TEXT);
CREATE TABLE mission (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, ref TEXT NOT NULL, nl TEXT, en TEXT, fr TEXT, folded TEXT NOT NULL,
  type INTEGER, since TEXT, until TEXT, first INTEGER NOT NULL, note TEXT);
CREATE TABLE mission_market (mission INTEGER, market INTEGER, PRIMARY KEY (mission, market)) WITHOUT ROWID;
CREATE TABLE mission_organizer (
  mission INTEGER, organization INTEGER, PRIMARY KEY (mission, organization)) WITHOUT ROWID;
CREATE TABLE participation (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, mission INTEGER NOT NULL, organization INTEGER NOT NULL,
  state INTEGER, note TEXT);
CREATE TABLE programme (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, organization INTEGER NOT NULL, nl TEXT, en TEXT, fr TEXT,
  aim_nl TEXT, aim_en TEXT, aim_fr TEXT, year TEXT);
CREATE TABLE need (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, organization INTEGER NOT NULL, nl TEXT, en TEXT, fr TEXT, attested TEXT);

CREATE TABLE statistic (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, area INTEGER, indicator INTEGER, period INTEGER, market INTEGER,
  value REAL, unit INTEGER, change REAL, precision INTEGER, note TEXT);
CREATE TABLE source (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, ref TEXT NOT NULL, title TEXT NOT NULL, folded TEXT NOT NULL,
  publisher TEXT, date TEXT, first INTEGER NOT NULL, url TEXT, language TEXT, access TEXT NOT NULL);
CREATE TABLE mention (
  organization INTEGER, source INTEGER, PRIMARY KEY (organization, source)) WITHOUT ROWID;
CREATE TABLE evidence (item INTEGER, source INTEGER, PRIMARY KEY (item, source)) WITHOUT ROWID;
CREATE TABLE spelling (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject INTEGER NOT NULL, text TEXT NOT NULL, folded TEXT,
  bare TEXT NOT NULL, sound TEXT NOT NULL);
CREATE VIRTUAL TABLE gram USING fts5 (
  grams, content = '', detail = none, columnsize = 0, tokenize = "ascii tokenchars '^$=~%@#!'");
CREATE TABLE gram_count (gram TEXT PRIMARY KEY, names INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE edge (
  node INTEGER, kind TEXT, other INTEGER, item INTEGER, forward INTEGER, label INTEGER,
  PRIMARY KEY (node, kind, other, item, forward)) WITHOUT ROWID;
"""

SITE_OF = "CREATE INDEX IF NOT EXISTS site_of ON site (organization)"
ENGAGEMENT_OF = "CREATE INDEX IF NOT EXISTS engagement_of ON engagement (company, market)"
"""Indexes that the filling itself needs, made as soon as their table is full."""

INDEXES = """
CREATE UNIQUE INDEX concept_iri ON concept (iri);
CREATE UNIQUE INDEX organization_iri ON organization (iri);
CREATE INDEX organization_ref ON organization (ref);
CREATE INDEX organization_kind ON organization (kind);
CREATE INDEX organization_country ON organization (country);
CREATE INDEX organization_sector_by ON organization_sector (sector, organization);
CREATE INDEX organization_place_by ON organization_place (municipality, organization);
CREATE INDEX statement_of ON statement (organization);
CREATE INDEX statement_website ON statement (value) WHERE property = 'website';
CREATE INDEX alias_of ON alias (organization);
CREATE INDEX engagement_in ON engagement (market, company);
CREATE INDEX engagement_attested ON engagement (attested_first);
CREATE INDEX engagement_product ON engagement (product, market, company) WHERE product IS NOT NULL;
CREATE INDEX standing_of ON standing (company, market, exact, score, first, last);
CREATE INDEX figure_of ON figure (subject);
CREATE INDEX partnership_principal ON partnership (principal);
CREATE INDEX partnership_partner ON partnership (partner);
CREATE INDEX tie_in ON tie (market, organization);
CREATE INDEX ownership_owner ON ownership (owner);
CREATE INDEX ownership_owned ON ownership (owned);
CREATE INDEX ultimate_top ON ultimate (top);
CREATE INDEX presence_of ON presence (organization, country);
CREATE INDEX presence_in ON presence (country, organization);
CREATE INDEX presence_member ON presence (member);
CREATE INDEX presence_item ON presence (item);
CREATE INDEX change_original ON change (original);
CREATE INDEX change_acquirer ON change (acquirer);
CREATE UNIQUE INDEX person_iri ON person (iri);
CREATE INDEX membership_of ON membership (organization);
CREATE INDEX membership_person ON membership (person);
CREATE INDEX membership_member ON membership (member);
CREATE INDEX award_grant_of ON award_grant (recipient);
CREATE INDEX award_grant_award ON award_grant (award);
CREATE INDEX mission_ref ON mission (ref);
CREATE INDEX mission_market_in ON mission_market (market, mission);
CREATE INDEX mission_organizer_of ON mission_organizer (organization, mission);
CREATE INDEX participation_of ON participation (organization);
CREATE INDEX participation_in ON participation (mission);
CREATE INDEX programme_of ON programme (organization);
CREATE INDEX need_of ON need (organization);
CREATE INDEX statistic_area ON statistic (area, indicator, period);
CREATE INDEX source_ref ON source (ref);
CREATE INDEX spelling_of ON spelling (subject, kind);
CREATE INDEX spelling_bare ON spelling (bare);
CREATE INDEX mention_by ON mention (source, organization);
"""
