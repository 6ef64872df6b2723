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


# The pseudo start dates drawn again: people and covariates of all draws, the effects of each, then
# all together.
REDRAWN = person_level("estimates/{study}/redrawn_effects.parquet")


rule effect_redraws:
    input:
        mentor_episodes=dataset("mentor_episodes"),
        effect_population=dataset("effect_population"),
        effect_background=dataset("effect_background"),
        dream=SOURCES["dream"],
        benefit_codes=f"{CODES}/dream_codes.csv",
    output:
        effect_redraws=dataset("effect_redraws"),
    params:
        job=job("datasets.effect_redraws", "effect", "benefit_grouping"),
    shell:
        STEP


rule redraw_effects:
    input:
        effect_redraws=dataset("effect_redraws"),
        effect_background=dataset("effect_background"),
        effect_months=dataset("effect_months"),
    output:
        redraw_effects=person_level("redraws/{study}/{draw}/redraw_effects.parquet"),
    params:
        job=job("results.redraw_effects", "effect"),
    shell:
        STEP


rule redrawn_effects:
    input:
        unpack(lambda wildcards: wiring.redraws(wildcards.study)),
        matched_effects=person_level("estimates/{study}/matched_effects.parquet"),
    output:
        redrawn_effects=REDRAWN,
    params:
        job=job("results.redrawn_effects"),
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


rule balance_alle:
    input:
        effect_covariates=dataset("effect_covariates"),
        propensity_match=MATCH["propensity_match.parquet"],
        contract=contract("balance_alle"),
    output:
        balance_alle=estimate("balance_alle"),
        contract=completed("balance_alle"),
    params:
        job=job("results.balance_alle", "disclosure"),
    shell:
        STEP


rule overlap:
    input:
        propensity_scores=MATCH["propensity_scores.parquet"],
        propensity_match=MATCH["propensity_match.parquet"],
        contract=contract("overlap"),
    output:
        overlap=estimate("overlap"),
    params:
        job=job("results.overlap"),
    shell:
        STEP


rule matchkvalitet:
    input:
        matched_effects=REDRAWN,
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


# The appendix on covariates: all as declared, and what the run did with some of them.
COMPLETED = person_level("estimates/{study}/contracts")


rule kovariater:
    input:
        contract=contract("kovariater"),
    output:
        kovariater=estimate("kovariater"),
        contract=f"{COMPLETED}/kovariater.yaml",
    params:
        job=job("results.kovariater"),
    shell:
        STEP


rule kovariater_brug:
    input:
        propensity_fit=MATCH["propensity_fit.json"],
        contract=contract("kovariater_brug"),
    output:
        kovariater_brug=estimate("kovariater_brug"),
        contract=f"{COMPLETED}/kovariater_brug.yaml",
    params:
        job=job("results.kovariater_brug", "effect", left_out=wiring.left_out),
    shell:
        STEP
