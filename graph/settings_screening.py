"""The settings of screening against sanctions lists. A part of `graph.settings.Settings`."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings

from graph.settings_serving import RoleName


class ScreeningSettings(BaseSettings):
    """What counts as a match, how much may be asked, who may ask."""

    screening_threshold: float = Field(
        0.7,
        gt=0,
        le=1,
        description="Score from which on an entry of a sanctions list is a match, unless a request says otherwise.",
    )
    screening_list_age: int = Field(
        30,
        ge=1,
        description="Days after its date from which on a sanctions list is called old in every answer.",
    )
    screening_age: int = Field(
        90, ge=1, description="Days after which the last screening of an organization is called old."
    )
    screening_role: RoleName = Field(
        "reader",
        description="The least role that may screen and see screenings, once there is any key; `anonymous` needs none.",
    )
    screening_purpose: bool = Field(
        False,
        description="Whether screenings and look-ups of people are refused that do not say their purpose.",
    )
    screening_names: int = Field(
        1000, ge=1, description="Most names of one request to screen; owners do not count."
    )
    screening_rows: int = Field(100_000, ge=1, description="Most rows of a sheet that `verre screen` reads.")
    screening_name_length: int = Field(500, ge=10, description="Most characters of a name to screen.")
    screening_values: int = Field(
        50, ge=1, description="Most further names, countries, dates or identifiers of one name to screen."
    )
    screening_candidates: int = Field(
        40, ge=1, description="Entries of one list that a name is compared with: the nearest by its words."
    )
    screening_postings: int = Field(
        50_000, ge=100, description="Rows of a list's word index that are read for one name at most."
    )
    screening_results: int = Field(20, ge=1, description="Most matches of one name in an answer.")
    screening_owner_depth: int = Field(
        6,
        ge=0,
        description="Steps of ownership that a screening follows upwards; 0: owners are not screened.",
    )
    screening_owners: int = Field(50, ge=1, description="Most owners of one organization that are screened.")
    screening_timeout: float = Field(
        60.0, gt=0, description="Seconds that one request to screen may take before it is stopped."
    )
    screening_idle: float = Field(
        600.0,
        gt=0,
        description="Seconds without a screening after which the process that screens ends and its memory is free.",
    )
    screening_list_bytes: int = Field(
        8 * 2**30, gt=0, description="Most bytes of the file of a sanctions list."
    )
    screening_line_bytes: int = Field(
        4 * 2**20, gt=0, description="Most bytes of one line, or of one XML record, of a sanctions list."
    )
