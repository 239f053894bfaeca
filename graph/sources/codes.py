"""The code lists whose words stand in cells. A test compares them with `ontologies/codelists`."""

from __future__ import annotations

CODES: dict[str, tuple[str, ...]] = {
    "organization-kind": (
        "company",
        "subsidiary",
        "branch",
        "parent",
        "foreign-partner",
        "agency",
        "chamber",
        "university",
        "government",
        "other",
    ),
    "name-type": ("alternative", "abbreviation", "trade", "former", "translation"),
    "site-function": ("main", "seat", "site", "production", "research", "warehouse", "office"),
    "engagement-status": ("targets", "entering", "active", "leading", "withdrawn"),
    "share-of": ("turnover", "exports", "sales"),
    "relation": (
        "subsidiary_of",
        "parent_of",
        "branch_of",
        "acquired_by",
        "financed_by",
        "joint_venture_with",
        "distributor_of",
        "customer_of",
        "supplier_of",
        "partner_of",
        "member_of",
    ),
    "relation-basis": ("shares", "votes", "contract", "accounting-consolidation", "unknown"),
    "exclusivity": ("exclusive", "sole", "non-exclusive"),
    "award-result": ("winner", "nominee", "laureate"),
    "mission-type": ("outbound", "inbound", "fair", "virtual"),
    "participation-state": ("registered", "confirmed", "attended", "cancelled"),
    "precision": (
        "exact",
        "about",
        "just-over",
        "just-under",
        "almost",
        "over",
        "under",
        "at-least",
        "at-most",
    ),
    "measure": (
        "employees",
        "group-employees",
        "jobs-planned",
        "turnover",
        "exports",
        "value",
        "investment",
        "purchase-price",
        "production",
        "export-share",
        "export-share-of-output",
        "share",
        "share-of-turnover",
        "share-of-exports",
        "share-of-sales",
        "market-share",
        "countries-served",
        "countries-present",
        "customers",
        "production-sites",
        "portfolio-companies",
        "portfolio-employees",
        "sites",
        "members",
        "participants",
        "companies",
    ),
    "area": ("limburg", "flanders", "belgium"),
    "access": ("public", "restricted"),
    "unit": ("number", "percent", "tonne", "kilogram", "rank"),
}
"""List -> its words in the order in which they are offered.

A unit may also be a currency, and a measure may be one that the list does not have yet.
"""

AREAS = {"limburg": "70000", "flanders": "02000", "belgium": "01000"}
"""The NIS codes of the areas that figures and sites are about."""
