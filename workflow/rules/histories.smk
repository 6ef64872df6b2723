# DREAM → what recipients and comparison groups lived on, and worked, in the years before.
rule benefit_history:
    input:
        recipients=dataset("recipients"),
        comparison_groups=dataset("comparison_groups"),
        dream=SOURCES["dream"],
        benefit_codes=f"{CODES}/dream_codes.csv",
    output:
        benefit_history=dataset("benefit_history"),
        benefit_before_start=dataset("benefit_before_start"),
    params:
        job=job("datasets.benefit_history", "reference_day", "benefit_grouping"),
    shell:
        STEP


rule employment_months:
    input:
        recipients=dataset("recipients"),
        comparison_groups=dataset("comparison_groups"),
        dream=SOURCES["dream"],
    output:
        employment_months=dataset("employment_months"),
    params:
        job=job("datasets.employment_months", "reference_day"),
    shell:
        STEP


rule visitation_groups:
    input:
        recipients=dataset("recipients"),
        dream=SOURCES["dream"],
    output:
        visitation_groups=dataset("visitation_groups"),
    params:
        job=job("datasets.visitation_groups"),
    shell:
        STEP
