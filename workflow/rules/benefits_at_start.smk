# Mentor episodes by the benefit that a person is on: datasets and tables of the later note.
GROUPINGS = {
    "benefit_codes": f"{CODES}/dream_codes.csv",
    "benefit_groupings": f"{CODES}/benefit_groupings.csv",
}


rule episode_benefits:
    input:
        **GROUPINGS,
        mentor_episodes=dataset("mentor_episodes"),
        parts=SOURCES["mentor_episodes"],
        dream=SOURCES["dream"],
        activation=SOURCES["activation"],
    output:
        episode_benefits=dataset("episode_benefits"),
    params:
        job=job("datasets.episode_benefits", "window", "benefit_grouping"),
    shell:
        STEP


rule hour_registrations:
    input:
        person_level("checks/passed"),
        **GROUPINGS,
        parts=SOURCES["mentor_episodes"],
        dream=SOURCES["dream"],
    output:
        hour_registrations=dataset("hour_registrations"),
    params:
        job=job("datasets.hour_registrations", "window", "benefit_grouping"),
    shell:
        STEP


rule benefit_week:
    input:
        **GROUPINGS,
        mentor_episodes=dataset("mentor_episodes"),
        dream=SOURCES["dream"],
    output:
        benefit_week=dataset("benefit_week"),
    params:
        job=job("datasets.benefit_week", "reference_week", "benefit_grouping"),
    shell:
        STEP


rule benefit_spells:
    input:
        **GROUPINGS,
        mentor_episodes=dataset("mentor_episodes"),
        dream=SOURCES["dream"],
    output:
        benefit_spells=dataset("benefit_spells"),
    params:
        job=job("datasets.benefit_spells", "window", "benefit_grouping"),
    shell:
        STEP


# Table → the one dataset that it is made from.
BY_BENEFIT = {
    "mentor_i_uge": "benefit_week",
    "mentor_i_uge_kommuner": "benefit_week",
    "ydelse_ved_start": "episode_benefits",
    "nye_ydelsesforloeb": "benefit_spells",
    "varighed_noegletal": "episode_benefits",
    "varighed_maaneder": "episode_benefits",
    "timer_pr_uge": "hour_registrations",
    "timer_efter_startaar": "hour_registrations",
    "anden_indsats": "episode_benefits",
    "mentorforloeb_i_kommuner": "episode_benefits",
    "kommunale_gennemsnit": "episode_benefits",
}
for table, rows in BY_BENEFIT.items():

    rule:
        name:
            table
        input:
            **{rows: dataset(rows)},
            contract=contract(table),
        output:
            **{table: estimate(table)},
        params:
            job=job(f"results.{table}"),
        shell:
            STEP
