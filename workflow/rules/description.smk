# Chapter 3: who the recipients are, beside the groups they are compared with (tables 3.1-3.9).
rule ydelse:
    input:
        recipients=dataset("recipients"),
        comparison_groups=dataset("comparison_groups"),
        contract=contract("ydelse"),
    output:
        ydelse=estimate("ydelse"),
    params:
        job=job("results.ydelse"),
    shell:
        STEP


rule aktiv_indsats:
    input:
        recipients=dataset("recipients"),
        comparison_groups=dataset("comparison_groups"),
        benefit_codes=f"{CODES}/dream_codes.csv",
        contract=contract("aktiv_indsats"),
    output:
        aktiv_indsats=estimate("aktiv_indsats"),
    params:
        job=job("results.aktiv_indsats"),
    shell:
        STEP


rule alder:
    input:
        recipients=dataset("recipients"),
        comparison_groups=dataset("comparison_groups"),
        contract=contract("alder"),
    output:
        alder=estimate("alder"),
    params:
        job=job("results.alder"),
    shell:
        STEP


rule koen:
    input:
        recipients=dataset("recipients"),
        comparison_groups=dataset("comparison_groups"),
        contract=contract("koen"),
    output:
        koen=estimate("koen"),
    params:
        job=job("results.koen"),
    shell:
        STEP


rule herkomst:
    input:
        recipients=dataset("recipients"),
        comparison_groups=dataset("comparison_groups"),
        origin_countries=f"{CODES}/origin_countries.csv",
        contract=contract("herkomst"),
    output:
        herkomst=estimate("herkomst"),
    params:
        job=job("results.herkomst"),
    shell:
        STEP


rule uddannelse:
    input:
        recipients=dataset("recipients"),
        comparison_groups=dataset("comparison_groups"),
        contract=contract("uddannelse"),
    output:
        uddannelse=estimate("uddannelse"),
    params:
        job=job("results.uddannelse"),
    shell:
        STEP


rule matchgruppe:
    input:
        recipients=dataset("recipients"),
        comparison_groups=dataset("comparison_groups"),
        contract=contract("matchgruppe"),
    output:
        matchgruppe=estimate("matchgruppe"),
    params:
        job=job("results.matchgruppe"),
    shell:
        STEP


rule aar_paa_forsoergelse:
    input:
        recipients=dataset("recipients"),
        comparison_groups=dataset("comparison_groups"),
        benefit_history=dataset("benefit_history"),
        contract=contract("aar_paa_forsoergelse"),
    output:
        aar_paa_forsoergelse=estimate("aar_paa_forsoergelse"),
    params:
        job=job("results.aar_paa_forsoergelse"),
    shell:
        STEP


rule maaneder_i_beskaeftigelse:
    input:
        recipients=dataset("recipients"),
        comparison_groups=dataset("comparison_groups"),
        employment_months=dataset("employment_months"),
        contract=contract("maaneder_i_beskaeftigelse"),
    output:
        maaneder_i_beskaeftigelse=estimate("maaneder_i_beskaeftigelse"),
    params:
        job=job("results.maaneder_i_beskaeftigelse"),
    shell:
        STEP
