# Real or stand-in files → typed files, one per register. Shared by all studies.
rule denmark:
    input:
        **wiring.code_lists("dream_codes", "municipalities"),
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
            **{register: person_level(f"sources/{register}.parquet")},
        params:
            job=job(f"sources.{register}"),
        shell:
            STEP
