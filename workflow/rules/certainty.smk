# How sure are we? Subgroups, other ways to estimate, placebo, unobserved differences (chapter 5).
rule undergrupper:
    input:
        effect_population=dataset("effect_population"),
        effect_covariates=dataset("effect_covariates"),
        effect_outcomes=dataset("effect_outcomes"),
        propensity_scores=MATCH["propensity_scores.parquet"],
        contract_undergrupper=contract("undergrupper"),
        contract_undergrupper_test=contract("undergrupper_test"),
    output:
        undergrupper=estimate("undergrupper"),
        undergrupper_test=estimate("undergrupper_test"),
    params:
        job=job("results.undergrupper", "disclosure"),
    shell:
        STEP


# Those who start later in the window, as they stood before it: controls until they start.
LATER = {
    name: person_level(f"not_yet/{{study}}/{name}.parquet")
    for name in ("effect_population", "effect_covariates", "effect_outcomes")
}


rule effect_not_yet:
    input:
        effect_population=dataset("effect_population"),
        effect_background=dataset("effect_background"),
        effect_months=dataset("effect_months"),
        dream=SOURCES["dream"],
        benefit_codes=f"{CODES}/dream_codes.csv",
    output:
        **LATER,
    params:
        job=job("datasets.effect_not_yet", "effect", "benefit_grouping"),
    shell:
        STEP


rule placebo_outcomes:
    input:
        effect_population=dataset("effect_population"),
        bef=SOURCES["bef"],
        dream=SOURCES["dream"],
        benefit_codes=f"{CODES}/dream_codes.csv",
    output:
        placebo_outcomes=dataset("placebo_outcomes"),
    params:
        job=job("datasets.placebo_outcomes", "effect", "benefit_grouping"),
    shell:
        STEP


rule robusthed:
    input:
        effect_population=dataset("effect_population"),
        effect_covariates=dataset("effect_covariates"),
        effect_outcomes=dataset("effect_outcomes"),
        later_population=LATER["effect_population"],
        later_covariates=LATER["effect_covariates"],
        later_outcomes=LATER["effect_outcomes"],
        propensity_match=MATCH["propensity_match.parquet"],
        propensity_scores=MATCH["propensity_scores.parquet"],
        propensity_fit=MATCH["propensity_fit.json"],
        redrawn_effects=REDRAWN,
        contract=contract("robusthed"),
    output:
        robusthed=estimate("robusthed"),
    params:
        job=job("results.robusthed"),
    shell:
        STEP


rule placebo:
    input:
        effect_population=dataset("effect_population"),
        effect_covariates=dataset("effect_covariates"),
        placebo_outcomes=dataset("placebo_outcomes"),
        propensity_match=MATCH["propensity_match.parquet"],
        propensity_scores=MATCH["propensity_scores.parquet"],
        propensity_fit=MATCH["propensity_fit.json"],
        redrawn_effects=REDRAWN,
        contract=contract("placebo"),
    output:
        placebo=estimate("placebo"),
    params:
        job=job("results.placebo"),
    shell:
        STEP


rule skjulte_forskelle:
    input:
        effect_population=dataset("effect_population"),
        effect_covariates=dataset("effect_covariates"),
        effect_outcomes=dataset("effect_outcomes"),
        propensity_match=MATCH["propensity_match.parquet"],
        propensity_scores=MATCH["propensity_scores.parquet"],
        propensity_fit=MATCH["propensity_fit.json"],
        redrawn_effects=REDRAWN,
        contract_skjulte_forskelle=contract("skjulte_forskelle"),
        contract_rosenbaum=contract("rosenbaum"),
    output:
        skjulte_forskelle=estimate("skjulte_forskelle"),
        rosenbaum=estimate("rosenbaum"),
    params:
        job=job("results.skjulte_forskelle"),
    shell:
        STEP


rule styrke:
    input:
        redrawn_effects=REDRAWN,
        contract_styrke=contract("styrke"),
        contract_signifikante_maaneder=contract("signifikante_maaneder"),
    output:
        styrke=estimate("styrke"),
        signifikante_maaneder=estimate("signifikante_maaneder"),
    params:
        job=job("results.styrke"),
    shell:
        STEP
