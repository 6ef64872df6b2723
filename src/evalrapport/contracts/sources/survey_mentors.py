"""The telephone survey of mentors, August 2014 (SFI 15:10, chapter 4)."""

from __future__ import annotations

from evalrapport.contracts.sources.declaration import Register
from evalrapport.contracts.sources.survey_citizens import ANSVAR, KLARE, RESPONDENT

REGISTER = Register(
    name="survey_mentors",
    label="Spørgeskema til mentorer",
    unit_of_row="et interview",
    files={"": "survey_mentorer"},
    suffix=".csv",
    source="SFI's telefoninterview, august 2014",
    key=("respondent_id",),
    columns=(RESPONDENT, KLARE, ANSVAR),
    notes=("Mentors judge their latest citizen (fn 20); mentors and citizens are not paired.",),
)
