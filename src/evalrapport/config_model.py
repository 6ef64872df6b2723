"""The choices that config.yaml holds: a typed model, from which its schema and page are made.

Unknown keys, impossible dates and missing folders are refused here; config.py tells of them.
"""

from __future__ import annotations

from datetime import date as Date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from evalrapport.contracts.authorities import floor
from evalrapport.contracts.sources import GROUPS
from evalrapport.contracts.sources.at_hand import at_hand, unknown_codes
from evalrapport.contracts.sources.later import DECLARED
from evalrapport.errors import PlainError

PUBLISHED = Path("data/published")


class Model(BaseModel):
    """Every block of the configuration refuses keys that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class StandIn(Model):
    """People who never lived, made when no folders with real files are named."""

    scale: float = Field(0.1, gt=0, le=1, description="Share of Denmark's population.")
    seed: int = Field(20151510, ge=0, description="Seed from which every step's own is named.")
    unobserved_selection: float = Field(
        0.5,
        ge=0,
        le=3,
        description="Strength with which an unobserved lack of resources leads to a mentor and "
        "lowers later employment (log odds per standard deviation).",
    )
    true_effect: float = Field(
        0.0, ge=-3, le=3, description="What a mentor adds to monthly employment (log odds)."
    )


class Sources(Model):
    """Where the registers and surveys come from."""

    folders: dict[str, Path] = Field(
        default_factory=dict,
        description="Register → folder with its real files. Empty: stand-in people.",
    )
    names: dict[str, dict[str, str]] = Field(
        default_factory=dict,
        description="Register → column in docs/registers.md → its name in your files, where that "
        "is another. For the mentor table, whose names are assumed.",
    )
    codes: dict[str, dict[str, str]] = Field(
        default_factory=dict,
        description="Code list (or `register.COLUMN`) → code in your files → code in "
        "docs/registers.md that means the same. For the visitation codes, which are assumed.",
    )
    stand_in: StandIn = Field(
        default_factory=StandIn, description="Settings of the stand-in people."
    )


class Window(Model):
    """First and last day on which an episode that counts can start."""

    first_day: Date = Field(description="First start date that counts.")
    last_day: Date = Field(description="Last start date that counts.")

    @model_validator(mode="after")
    def in_order(self) -> Window:
        if self.last_day < self.first_day:
            raise ValueError("last_day lies before first_day")
        return self


class Disclosure(Model):
    """Smallest numbers of people that may be published, by class of result."""

    register_: int = Field(
        5, ge=3, alias="register", description="People behind a cell from registers."
    )
    survey: int = Field(5, ge=3, description="Respondents behind a survey column.")
    interview: int = Field(3, ge=3, description="Job centres behind a combination of codes.")


class Effect(Model):
    """The effect analysis (SFI 15:10, chapter 5, footnote 25)."""

    first_day: Date = Field(description="First start date of the treated.")
    last_day: Date = Field(description="Last start date of the treated.")
    clean_month: str = Field(
        pattern=r"^\d{4}-(0[1-9]|1[0-2])$", description="Month without a mentor (YYYY-MM)."
    )
    min_age: int = Field(16, ge=0, le=120, description="Lowest age at the start of the year.")
    max_age: int = Field(64, ge=0, le=120, description="Highest age at the start of the year.")
    follow_up_months: int = Field(21, ge=1, le=120, description="Months followed after the start.")
    week_to_month: Literal["thursday", "any_day"] = Field(
        "thursday", description="Which weeks belong to a month: by their Thursday, or any day."
    )
    pseudo_start_seed: int = Field(20120201, ge=0, description="Seed of the drawn start dates.")
    covariate_groups: list[Literal["jobs", "hours", "health", "housing", "enrolment"]] = Field(
        default_factory=lambda: ["jobs", "health", "housing", "enrolment"],  # type: ignore[arg-type]
        description="Optional registers that the matching takes account of: `jobs` (IDA), `hours` "
        "(BFL; 35 million rows a year), `health` (SSSY or SSKO, LPR_ADM, PSYK_ADM), `housing` "
        "(BOLIG, PERBOLIG), `enrolment` (KOTO or KOTRE; also the outcome education). Where a "
        "register is missing, its group is left out, and the run says so.",
    )
    commuting_areas: Path | None = Field(
        None,
        description="CSV with the columns `code` (municipality) and `area`, by which unemployment "
        "is measured. None: Statistics Denmark's eleven provinces.",
    )
    education_months: int = Field(
        14, ge=1, le=120, description="Months that enrolment in education is followed."
    )
    redraws: int = Field(
        20,
        ge=0,
        le=200,
        description="How often the start dates are drawn again, to show how much of the "
        "uncertainty they make and what a mean over draws gives. Some five seconds each at a tenth "
        "of Denmark.",
    )


Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class LeaveOut(Model):
    """Respondents whose answer is possible but not believed; left out of every table."""

    survey: Literal["citizens", "mentors"] = Field(description="Which survey.")
    variable: Identifier = Field(description="Variable, such as uge_kontakt (hours per week).")
    above: float = Field(ge=0, description="Respondents above this are left out.")
    reason: str = Field(min_length=10, description="Why; printed in the data section.")


class Survey(Model):
    """The two telephone surveys."""

    leave_out: list[LeaveOut] = Field(
        default_factory=list, description="Rules by which flagged respondents are left out."
    )


VisitationRow = Literal[
    "jobparat",
    "aktivitetsparat.kontanthjaelp",
    "aabenlyst_uddannelsesparat",
    "uddannelsesparat",
    "aktivitetsparat.uddannelseshjaelp",
]
# ASSUME: in the order of STAR's groups (contracts/codes/visitation.csv); no public list was found.
VISITATION_CODES: dict[VisitationRow, int] = {
    "jobparat": 1,
    "aktivitetsparat.kontanthjaelp": 2,
    "aabenlyst_uddannelsesparat": 3,
    "uddannelsesparat": 4,
    "aktivitetsparat.uddannelseshjaelp": 5,
}


class Study(Model):
    """One report: its period, its rules and where its prose lies."""

    results: str = Field(
        "computed",
        description="`computed` from sources, `published` numbers, or a results bundle's path.",
    )
    report: Path = Field(description="Folder with the report's prose.")
    publication: str = Field(
        "",
        description="Where the published numbers are printed; named on the pages that print them.",
    )
    tables: list[Identifier] = Field(
        default_factory=list, description="Result tables that are computed from the sources."
    )
    window: Window = Field(description="When an episode that counts can start.")
    dream_delivery: str = Field(pattern=r"^\d{6}$", description="Delivery of DREAM (YYYYMM).")
    episode_gap_days: int = Field(
        0, ge=0, le=366, description="Longest gap in days over which two episodes are joined."
    )
    benefit_grouping: Identifier = Field("sfi_15_10", description="Grouping of DREAM's codes.")
    reference_week: str = Field(
        pattern=r"^\d{4}-W\d{2}$", description="ISO week in which comparison groups are measured."
    )
    reference_day: Date = Field(description="Day from which their history is counted back.")
    visitation_codes: dict[VisitationRow, Annotated[int, Field(ge=1, le=99)]] = Field(
        default_factory=lambda: dict(VISITATION_CODES),
        description="DREAM's code of each visitation group (figure 3.1). Assumed, as no list of "
        "them is public: compare with the delivery's own before use.",
    )
    disclosure: Disclosure = Field(
        default_factory=Disclosure, description="Thresholds; may only be stricter."
    )
    effect: Effect | None = Field(None, description="Settings of the effect analysis, if any.")
    survey: Survey = Field(default_factory=Survey, description="Settings of the surveys.")

    @field_validator("reference_week")
    @classmethod
    def week_exists(cls, value: str) -> str:
        year, week = int(value[:4]), int(value[6:])
        Date.fromisocalendar(year, week, 1)
        return value


class Config(Model):
    """The whole of config.yaml."""

    date: Date = Field(description="Date printed on the documents; also every file's timestamp.")
    renderer: Literal["auto", "quarto", "pandoc"] = Field(
        "auto", description="Quarto when it is on PATH, else Pandoc; or one of them by name."
    )
    person_level_dir: Path = Field(
        Path("build/person_level"), description="Folder that person-level files never leave."
    )
    sources: Sources = Field(default_factory=Sources, description="Registers and surveys.")
    studies: dict[Identifier, Study] = Field(min_length=1, description="The reports to build.")

    @model_validator(mode="after")
    def names_and_codes_exist(self) -> Config:
        if unknown := sorted(set(self.sources.names) - set(DECLARED)):
            raise ValueError(f"sources.names: there is no register {unknown[0]}")
        if lost := unknown_codes(DECLARED.values(), self.sources.codes):
            raise ValueError(f"sources.codes: no column has the codes {lost[0]}")
        for name, own in self.sources.names.items():
            try:
                at_hand(DECLARED[name], own, {})
            except PlainError as error:
                raise ValueError(str(error).rstrip(".")) from None
        return self

    @model_validator(mode="after")
    def no_authority_asks_for_more(self) -> Config:
        for name, study in self.studies.items():
            groups = study.effect.covariate_groups if study.effect else []
            read = {one for group in groups for need in GROUPS[group].needs for one in need}
            least, authority = floor(read)
            if study.results == "computed" and study.disclosure.register_ < least:
                raise ValueError(
                    f"studies.{name}.disclosure.register: {study.disclosure.register_} is too low "
                    f"for the registers that the study reads: {authority} asks for {least} "
                    "(contracts/authorities.yaml)"
                )
        return self

    @model_validator(mode="after")
    def folders_exist(self) -> Config:
        for register, folder in self.sources.folders.items():
            if not folder.is_dir():
                raise ValueError(f"sources.folders.{register}: the folder {folder} does not exist")
        for name, study in self.studies.items():
            if not study.report.is_dir():
                raise ValueError(f"studies.{name}.report: the folder {study.report} does not exist")
            if study.results == "published" and not (PUBLISHED / name).is_dir():
                raise ValueError(
                    f"studies.{name}.results: no published numbers lie in {PUBLISHED / name}"
                )
            if study.results not in ("computed", "published") and not Path(study.results).is_dir():
                raise ValueError(
                    f"studies.{name}.results: “{study.results}” is neither computed, published "
                    "nor an existing folder with a results bundle"
                )
        return self
