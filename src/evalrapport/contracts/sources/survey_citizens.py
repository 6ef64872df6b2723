"""The telephone survey of citizens with a mentor, August 2014 (SFI 15:10, chapter 4)."""

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
    name="survey_citizens",
    label="Spørgeskema til borgere",
    unit_of_row="et interview",
    files={"": "survey_borgere"},
    suffix=".csv",
    source="SFI's telefoninterview, august 2014",
    key=("respondent_id",),
    columns=(
        RESPONDENT,
        answer("benefit_group", "Borgerens registrerede ydelse", "tabel 4.2", nullable=False),
        answer(
            "andet_ydelse",
            "Registreret ydelse i gruppen Andet",
            "afsnit 4.2.2",
            asked_if=("benefit_group", "andet"),
        ),
        SEX,
        number("alder", "Alder", "aar", 99, "tabel 4.2"),
        EDUCATION,
        number("erhvervserfaring", "Erhvervserfaring ved ustøttet arbejde", "aar", 80, "tabel 4.2"),
        answer("foedt_i_danmark", "Er du født i Danmark?", "tabel 4.2"),
        answer("situation", "Primære erhvervssituation under seneste mentorering", "tabel 4.2"),
        *hours("Tid med kontakt med mentor", "timer_kontakt", "tabel 4.4"),
        *hours("Tid ansigt til ansigt med mentor", "timer_ansigt", "tabel 4.4"),
        answer("som_aftalt", "Svarer timeforbruget til det aftalte?", "tabel 4.4"),
        answer("kontakt_hyppighed", "Hvor tit er du i kontakt med din mentor?", "tabel 4.6"),
        answer("kontakt_tidspunkt", "Hvornår er kontakten?", "tabel 4.6"),
        answer("samme_arbejdsplads", "Færdes I på samme arbejdsplads?", "tabel 4.6"),
        *TOPIC_QUESTIONS,
        answer("vaegtning", "Vægter mentor vejledning eller kontrol?", "tabel 4.7"),
        GUIDELINES,
        answer("fortrolighed", "Fortrolighed med mentor", "tabel 4.10"),
        answer("tillid", "Har du tillid til, at mentoren vil gøre det bedste?", "tabel 4.10"),
        answer("taget_med_paa_raad", "Blev du taget med på råd?", "tabel 4.11"),
        answer("behov", "Havde du selv et behov for en mentor?", "tabel 4.11"),
        answer("flere_mentorer", "Har du haft mindst to mentorer i to år?", "fodnote 19"),
        answer(
            "fritaget",
            "Er du blevet fritaget for en mentor?",
            "fodnote 19",
            asked_if=("flere_mentorer", "ja"),
        ),
        COPING,
        RESPONSIBILITY,
        answer(
            "ingen_positiv_indsats",
            "Borger kan ikke nævne positiv indsats, som mentor har gjort for borgeren",
            "tabel 4.12, fodnote 22",
        ),
    ),
    notes=(
        "Blank cell: the question was not answered. Shares are of those who answered.",
        "The benefit is the one registered for the citizen, not an answer.",
    ),
)
