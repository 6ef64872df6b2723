# Public statistics beside the registers. Stand-in people get their own; with real files the numbers
# of Jobindsats.dk are expected in data/jobindsats, as they are public.
JOBINDSATS = "jobindsats_kontanthjaelp.csv"


rule jobindsats_stand_in:
    input:
        **wiring.code_lists("dream_codes", "municipalities"),
        dream=person_level("sources/dream.parquet"),
    output:
        jobindsats=person_level(f"stand_in/{JOBINDSATS}"),
    params:
        job=job("sources.stand_in.jobindsats"),
    shell:
        STEP


rule jobindsats:
    input:
        **wiring.code_lists("municipalities"),
        raw=(
            f"data/jobindsats/{JOBINDSATS}"
            if wiring.config().sources.folders
            else person_level(f"stand_in/{JOBINDSATS}")
        ),
    output:
        jobindsats=person_level("sources/jobindsats.parquet"),
    params:
        job=job("sources.jobindsats"),
    shell:
        STEP
