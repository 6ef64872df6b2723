# Chapter 3: the numbers behind figures 3.1-3.4, and footnote 10.
rule forsoergelse_foer_start:
    input:
        benefit_before_start=dataset("benefit_before_start"),
        contract=contract("forsoergelse_foer_start"),
    output:
        forsoergelse_foer_start=estimate("forsoergelse_foer_start"),
    params:
        job=job("results.forsoergelse_foer_start"),
    shell:
        STEP


rule loenindkomst_ved_start:
    input:
        recipients=dataset("recipients"),
        employment_months=dataset("employment_months"),
        contract=contract("loenindkomst_ved_start"),
    output:
        loenindkomst_ved_start=estimate("loenindkomst_ved_start"),
    params:
        job=job("results.loenindkomst_ved_start"),
    shell:
        STEP


rule timer_37:
    input:
        recipients=dataset("recipients"),
        contract=contract("timer_37"),
    output:
        timer_37=estimate("timer_37"),
    params:
        job=job("results.timer_37"),
    shell:
        STEP


rule kommunernes_brug:
    input:
        mentor_episodes=dataset("mentor_episodes"),
        jobindsats=person_level("sources/jobindsats.parquet"),
        contract=contract("kommunernes_brug"),
    output:
        kommunernes_brug=estimate("kommunernes_brug"),
    params:
        job=job("results.kommunernes_brug", "window"),
    shell:
        STEP


rule visitation:
    input:
        visitation_groups=dataset("visitation_groups"),
        contract=contract("visitation"),
    output:
        visitation=estimate("visitation"),
    params:
        job=job("results.visitation", "visitation_codes"),
    shell:
        STEP


rule forloebsflow:
    input:
        records=SOURCES["mentor_episodes"],
        mentor_episodes=dataset("mentor_episodes"),
        recipients=dataset("recipients"),
        contract=contract("forloebsflow"),
    output:
        forloebsflow=estimate("forloebsflow"),
    params:
        job=job("results.forloebsflow", "window"),
    shell:
        STEP


rule aendringer:
    input:
        recipients=dataset("recipients"),
        benefit_history=dataset("benefit_history"),
        employment_months=dataset("employment_months"),
        benefit_codes=f"{CODES}/dream_codes.csv",
        origin_countries=f"{CODES}/origin_countries.csv",
        contract=contract("aendringer"),
    output:
        aendringer=estimate("aendringer"),
    params:
        job=job("results.aendringer"),
    shell:
        STEP
