# Tables on how the report was made: of contracts and settings, of no person.
rule registerantagelser:
    input:
        **wiring.lists_of_assumed_codes(),
        contract=contract("registerantagelser"),
    output:
        registerantagelser=estimate("registerantagelser"),
        contract=completed("registerantagelser"),
    params:
        job=job(
            "results.registerantagelser",
            "names",
            "codes",
            registers=lambda _: list(wiring.registers()),
        ),
    shell:
        STEP
