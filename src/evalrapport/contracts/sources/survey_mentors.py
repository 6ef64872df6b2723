"""The telephone survey of mentors, August 2014 (SFI 15:10, chapter 4)."""

from __future__ import annotations

from evalrapport.contracts.sources.declaration import Register
from evalrapport.contracts.sources.survey_questions import (
    COPING,
    EDUCATION,
    GUIDELINES,
    RESPONDENT,
    RESPONSIBILITY,
    SEX,
    TOPIC_QUESTIONS,
    answer,
    hours,
    number,
)

REGISTER = Register(
    name="survey_mentors",
    label="Spørgeskema til mentorer",
    unit_of_row="et interview",
    files={"": "survey_mentorer"},
    suffix=".csv",
    source="SFI's telefoninterview, august 2014",
    key=("respondent_id",),
    columns=(
        RESPONDENT,
        answer("ansaettelse", "Hvor er du ansat?", "tabel 4.1", nullable=False),
        SEX,
        EDUCATION,
        answer("mentor_hovedbeskaeftigelse", "Er mentor din hovedbeskæftigelse?", "tabel 4.1"),
        answer("kursus", "Har du deltaget i kursus for mentorer?", "tabel 4.1"),
        number(
            "kursustimer",
            "Antal kursustimer",
            "timer",
            2000,
            "tabel 4.1",
            asked_if=("kursus", "ja"),
        ),
        number("erhvervserfaring", "Erhvervserfaring", "aar", 80, "tabel 4.1"),
        number("mentorerfaring", "Års erfaring som mentor", "aar", 60, "tabel 4.1"),
        number("borgere", "Borgere, du har virket for i 2012-2014", "borgere", 1000, "tabel 4.1"),
        number("borgere_ad_gangen", "Borgere, du normalt har ad gangen", "borgere", 200, "fn 14"),
        *hours("Samlet tid med kontakt med borgere", "timer_kontakt", "tabel 4.5"),
        *hours("Samlet tid ansigt til ansigt med borgere", "timer_ansigt", "tabel 4.5"),
        answer("tid_som_aftalt", "Svarer timeforbruget til det aftalte?", "afsnit 4.5"),
        answer("tilbagemelding", "Hvor tit er du i kontakt med jobcenteret?", "tabel 4.8"),
        answer("raad", "Kan du få råd fra leder, erfaren mentor eller andre?", "tabel 4.8"),
        *TOPIC_QUESTIONS,
        GUIDELINES,
        COPING,
        RESPONSIBILITY,
    ),
    notes=(
        "Mentors judge their latest citizen (fn 20); mentors and citizens are not paired.",
        "ASSUME: private employment is a firm; all other answers are the group kommunal mv.",
    ),
)
