# sources → datasets: one row per person or episode. Never leaves the secure machine.
CODES = f"{CONTRACTS}/codes"


def of_delivery(register):
    return lambda wildcards: wiring.source(wildcards.study, register)


SOURCES = {
    name: person_level(f"sources/{name}.parquet")
    for name in (
        *("bef", "udda"),
        *("survey_citizens", "survey_mentors", "interview_coding"),
        *("survey_frame_citizens", "survey_frame_mentors", "interview_frame"),
    )
}
# Which file these are, depends on the delivery that a study names.
SOURCES |= {
    name: of_delivery(name) for name in ("mentor_episodes", "dream", "activation")
}


def dataset(name):
    return person_level(f"datasets/{{study}}/{name}.parquet")


rule mentor_episodes:
    input:
        person_level("checks/passed"),
        mentor_episodes=SOURCES["mentor_episodes"],
    output:
        mentor_episodes=dataset("mentor_episodes"),
    params:
        job=job("datasets.mentor_episodes", "window", "episode_gap_days"),
    shell:
        STEP


rule recipients:
    input:
        mentor_episodes=dataset("mentor_episodes"),
        bef=SOURCES["bef"],
        dream=SOURCES["dream"],
        udda=SOURCES["udda"],
        benefit_codes=f"{CODES}/dream_codes.csv",
        education_levels=f"{CODES}/education_levels.csv",
        education_sources=f"{CODES}/hf_kilde.csv",
    output:
        recipients=dataset("recipients"),
    params:
        job=job("datasets.recipients", "window", "benefit_grouping"),
    shell:
        STEP


rule comparison_groups:
    input:
        person_level("checks/passed"),
        bef=SOURCES["bef"],
        dream=SOURCES["dream"],
        udda=SOURCES["udda"],
        benefit_codes=f"{CODES}/dream_codes.csv",
        education_levels=f"{CODES}/education_levels.csv",
        education_sources=f"{CODES}/hf_kilde.csv",
    output:
        comparison_groups=dataset("comparison_groups"),
    params:
        job=job(
            "datasets.comparison_groups",
            "reference_day",
            "reference_week",
            "benefit_grouping",
        ),
    shell:
        STEP


rule effect_population:
    input:
        mentor_episodes=dataset("mentor_episodes"),
        bef=SOURCES["bef"],
        dream=SOURCES["dream"],
        benefit_codes=f"{CODES}/dream_codes.csv",
    output:
        effect_population=dataset("effect_population"),
    params:
        job=job("datasets.effect_population", "effect"),
    shell:
        STEP


# What the registers say at the turn of the year, whatever the start date: made once.
rule effect_background:
    input:
        unpack(lambda wildcards: wiring.further_sources(wildcards.study)),
        unpack(lambda wildcards: wiring.commuting_areas(wildcards.study)),
        person_level("checks/passed"),
        bef=SOURCES["bef"],
        dream=SOURCES["dream"],
        udda=SOURCES["udda"],
        benefit_codes=f"{CODES}/dream_codes.csv",
        education_levels=f"{CODES}/education_levels.csv",
        education_sources=f"{CODES}/hf_kilde.csv",
        education_fields=f"{CODES}/education_fields.csv",
        municipalities=f"{CODES}/municipalities.csv",
        origin_countries=f"{CODES}/origin_countries.csv",
        sector_codes=f"{CODES}/sector_codes.csv",
    output:
        effect_background=dataset("effect_background"),
    params:
        job=job("datasets.effect_background", "effect", "benefit_grouping"),
    shell:
        STEP


rule effect_covariates:
    input:
        effect_population=dataset("effect_population"),
        effect_background=dataset("effect_background"),
        dream=SOURCES["dream"],
        benefit_codes=f"{CODES}/dream_codes.csv",
    output:
        effect_covariates=dataset("effect_covariates"),
    params:
        job=job("datasets.effect_covariates", "effect", "benefit_grouping"),
    shell:
        STEP


# What people do by month of the calendar, whatever the start date: made once.
rule effect_months:
    input:
        unpack(lambda wildcards: wiring.enrolment(wildcards.study)),
        effect_background=dataset("effect_background"),
        dream=SOURCES["dream"],
        benefit_codes=f"{CODES}/dream_codes.csv",
    output:
        effect_months=dataset("effect_months"),
    params:
        job=job("datasets.effect_months", "effect", "benefit_grouping"),
    shell:
        STEP


rule effect_outcomes:
    input:
        effect_population=dataset("effect_population"),
        effect_months=dataset("effect_months"),
    output:
        effect_outcomes=dataset("effect_outcomes"),
    params:
        job=job("datasets.effect_outcomes", "effect"),
    shell:
        STEP
