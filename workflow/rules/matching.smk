# The effect analysis: one match, from which balance, curves and the facts on the match are drawn.
MATCH = {
    name: person_level(f"estimates/{{study}}/{name}")
    for name in (
        "propensity_match.parquet",
        "propensity_scores.parquet",
        "propensity_fit.json",
    )
}


rule propensity_match:
    input:
        effect_population=dataset("effect_population"),
        effect_covariates=dataset("effect_covariates"),
    output:
        propensity_match=MATCH["propensity_match.parquet"],
        propensity_scores=MATCH["propensity_scores.parquet"],
        propensity_fit=MATCH["propensity_fit.json"],
    params:
        job=job("results.propensity_match"),
    shell:
        STEP


rule matched_effects:
    input:
        effect_population=dataset("effect_population"),
        effect_covariates=dataset("effect_covariates"),
        effect_outcomes=dataset("effect_outcomes"),
        propensity_match=MATCH["propensity_match.parquet"],
        propensity_scores=MATCH["propensity_scores.parquet"],
        propensity_fit=MATCH["propensity_fit.json"],
    output:
        matched_effects=person_level("estimates/{study}/matched_effects.parquet"),
    params:
        job=job("results.matched_effects"),
    shell:
        STEP


rule balance:
    input:
        effect_covariates=dataset("effect_covariates"),
        propensity_match=MATCH["propensity_match.parquet"],
        contract=contract("balance"),
    output:
        balance=estimate("balance"),
    params:
        job=job("results.balance"),
    shell:
        STEP


rule beskaeftigelse_uden_ydelse:
    input:
        matched_effects=person_level("estimates/{study}/matched_effects.parquet"),
        contract=contract("beskaeftigelse_uden_ydelse"),
    output:
        beskaeftigelse_uden_ydelse=estimate("beskaeftigelse_uden_ydelse"),
    params:
        job=job("results.beskaeftigelse_uden_ydelse"),
    shell:
        STEP


rule akkumuleret_beskaeftigelse_uden_ydelse:
    input:
        matched_effects=person_level("estimates/{study}/matched_effects.parquet"),
        contract=contract("akkumuleret_beskaeftigelse_uden_ydelse"),
    output:
        akkumuleret_beskaeftigelse_uden_ydelse=estimate(
            "akkumuleret_beskaeftigelse_uden_ydelse"
        ),
    params:
        job=job("results.akkumuleret_beskaeftigelse_uden_ydelse"),
    shell:
        STEP


rule matchkvalitet:
    input:
        matched_effects=person_level("estimates/{study}/matched_effects.parquet"),
        effect_covariates=dataset("effect_covariates"),
        propensity_match=MATCH["propensity_match.parquet"],
        propensity_fit=MATCH["propensity_fit.json"],
        contract=contract("matchkvalitet"),
    output:
        matchkvalitet=estimate("matchkvalitet"),
    params:
        job=job("results.matchkvalitet"),
    shell:
        STEP
