# Real or stand-in files → typed files, one per register. Shared by all studies.
rule denmark:
    input:
        **wiring.code_lists("dream_codes", "municipalities", "survey_answers"),
    output:
        **wiring.stand_in_files(),
    params:
        job=job("sources.stand_in.denmark", "stand_in"),
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
