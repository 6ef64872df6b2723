# Real or stand-in files → typed files, one per register. Shared by all studies.

# What stand-in people are made to fit, as contracts/calibration.yaml lists it under `raked`.
PUBLISHED_AIMS = {
    f"published_{table}": f"data/published/evaluering/{table}.csv"
    for table in (
        *("ydelse", "aktiv_indsats", "alder", "koen", "herkomst", "uddannelse"),
        *("matchgruppe", "aar_paa_forsoergelse", "maaneder_i_beskaeftigelse"),
    )
}

PUBLISHED_NOTE = {
    f"published_{table}": f"data/published/notat/{table}.csv"
    for table in (
        *("mentor_i_uge", "ydelse_ved_start", "nye_ydelsesforloeb"),
        *("varighed_noegletal", "anden_indsats", "mentorforloeb_i_kommuner"),
    )
}


rule denmark:
    input:
        **wiring.code_lists("dream_codes", "municipalities"),
        **PUBLISHED_AIMS,
    output:
        **wiring.stand_in_files(fieldwork=False),
    params:
        job=job("sources.stand_in.denmark", "stand_in"),
    shell:
        STEP


# Surveys, their frames and the coded interviews: as many people at every scale.
rule fieldwork:
    input:
        **wiring.code_lists("survey_answers", "survey_counts", "interview_codes"),
    output:
        **wiring.stand_in_files(fieldwork=True),
    params:
        job=job("sources.stand_in.fieldwork", "stand_in"),
    shell:
        STEP


for register in wiring.registers():

    rule:
        name:
            f"{register}_source"
        input:
            **wiring.raw_files(register),
        output:
            **wiring.typed_file(register),
        params:
            job=job(f"sources.{register}", **wiring.delivered(register)),
        shell:
            STEP


# Deliveries after the evaluation's: the same people some years on, read as the others are.
rule later_years:
    input:
        **wiring.code_lists("municipalities"),
        **{
            stem: wiring.stand_in_files(fieldwork=False)[stem]
            for stem in ("dream201404", "bef201312", "mentorforloeb")
        },
        **PUBLISHED_NOTE,
    output:
        **wiring.later_files(),
    params:
        job=job("sources.stand_in.later_years", "stand_in"),
    shell:
        STEP


for register in wiring.later_registers():

    rule:
        name:
            f"{register}_source"
        input:
            **wiring.raw_files(register),
        output:
            **wiring.typed_file(register),
        params:
            job=job("sources.delivery", **wiring.delivered(register)),
        shell:
            STEP


# Nothing is built on files that do not belong together: the datasets wait for `passed`.
rule check_report:
    input:
        **wiring.checked(),
    output:
        json=person_level("checks/kontrolrapport.json"),
        html=person_level("checks/kontrolrapport.html"),
        passed=person_level("checks/passed"),
    params:
        job=job("sources.check_report"),
    shell:
        STEP
