# Figures 5.1-5.3 and B1.1-B1.2 and their like: one outcome and one contract each.
rule beskaeftigelse_uden_ydelse:
    input:
        matched_effects=REDRAWN,
        contract=contract("beskaeftigelse_uden_ydelse"),
    output:
        beskaeftigelse_uden_ydelse=estimate("beskaeftigelse_uden_ydelse"),
    params:
        job=job("results.beskaeftigelse_uden_ydelse"),
    shell:
        STEP


rule akkumuleret_beskaeftigelse_uden_ydelse:
    input:
        matched_effects=REDRAWN,
        contract=contract("akkumuleret_beskaeftigelse_uden_ydelse"),
    output:
        akkumuleret_beskaeftigelse_uden_ydelse=estimate(
            "akkumuleret_beskaeftigelse_uden_ydelse"
        ),
    params:
        job=job("results.akkumuleret_beskaeftigelse_uden_ydelse"),
    shell:
        STEP


rule beskaeftigelse_i_alt:
    input:
        matched_effects=REDRAWN,
        contract=contract("beskaeftigelse_i_alt"),
    output:
        beskaeftigelse_i_alt=estimate("beskaeftigelse_i_alt"),
    params:
        job=job("results.beskaeftigelse_i_alt"),
    shell:
        STEP


rule akkumuleret_beskaeftigelse_i_alt:
    input:
        matched_effects=REDRAWN,
        contract=contract("akkumuleret_beskaeftigelse_i_alt"),
    output:
        akkumuleret_beskaeftigelse_i_alt=estimate("akkumuleret_beskaeftigelse_i_alt"),
    params:
        job=job("results.akkumuleret_beskaeftigelse_i_alt"),
    shell:
        STEP


rule su:
    input:
        matched_effects=REDRAWN,
        contract=contract("su"),
    output:
        su=estimate("su"),
    params:
        job=job("results.su"),
    shell:
        STEP


rule akkumuleret_su:
    input:
        matched_effects=REDRAWN,
        contract=contract("akkumuleret_su"),
    output:
        akkumuleret_su=estimate("akkumuleret_su"),
    params:
        job=job("results.akkumuleret_su"),
    shell:
        STEP


rule under_uddannelse:
    input:
        matched_effects=REDRAWN,
        contract=contract("under_uddannelse"),
    output:
        under_uddannelse=estimate("under_uddannelse"),
    params:
        job=job("results.under_uddannelse"),
    shell:
        STEP


rule akkumuleret_under_uddannelse:
    input:
        matched_effects=REDRAWN,
        contract=contract("akkumuleret_under_uddannelse"),
    output:
        akkumuleret_under_uddannelse=estimate("akkumuleret_under_uddannelse"),
    params:
        job=job("results.akkumuleret_under_uddannelse"),
    shell:
        STEP
