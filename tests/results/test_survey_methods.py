"""Response flow, non-response, weights, the contrast, and the counts of the interviews."""

from __future__ import annotations

import pandas as pd
import pytest

from evalrapport.errors import PlainError
from evalrapport.results import (
    bortfald,
    disclosure,
    fremskridt_kontrast,
    interviewtemaer,
    interviewudvalg,
    release,
    survey_intervals,
    svarforloeb,
    svarsider,
    usandsynlige_svar,
    vaegtede_svar,
)
from evalrapport.results.estimates import read
from evalrapport.results.protection import Protection
from evalrapport.results.shares import write

INTERVIEW = Protection("interview", "jobcentre", 3, 3, True, False, "test")


@pytest.mark.parametrize(
    ("name", "phone", "good"),
    [
        ("Person 1", "20112233", True),
        ("Person 1", "20 11 22 33", True),
        ("Ikke opgivet", "20112233", False),
        ("Call Center", "20112233", False),
        ("CALLCENTER", "20112233", False),
        ("00000000", "20112233", False),
        ("Person 1", "00000000", False),
        ("Person 1", "2011223", False),
        (None, "20112233", False),
        ("Person 1", None, False),
        ("Mentorsen", "20112233", True),
    ],
)
def test_names_and_numbers_that_lead_nowhere(name, phone, good) -> None:
    assert svarforloeb.usable(pd.Series([name]), pd.Series([phone])).tolist() == [good]


def test_the_steps_of_the_mentors_survey_add_up() -> None:
    frame = pd.DataFrame(
        [
            (2012, "Ane", "20112233", None),
            (2013, "Bo", "20112234", "interview"),
            (2014, "bo ", "20112234", None),
            (2014, "Ukendt", "00000000", None),
            (2014, "Carl", "20112235", "naegter"),
            (2014, None, None, None),
        ],
        columns=["start_aar", "mentor_name", "mentor_phone", "udfald"],
    )
    steps = svarforloeb.mentors(frame)
    assert steps["forloeb"] == steps["uden_oplysning"] + steps["med_oplysning"] == 6
    assert steps["med_oplysning"] == steps["tidligere"] + steps["i_perioden"] == 5
    assert steps["i_perioden"] == steps["gengangere"] + steps["poster"] == 4
    assert steps["poster"] == steps["ubrugelige"] + steps["brugbare"] == 3
    assert (steps["brugbare"], steps["interviewet"], steps["naegter"]) == (2, 1, 1)


def test_the_response_rate_is_of_those_in_scope(contract, cell) -> None:
    steps = {"borgere": {"maalgruppe": 4, "interviewet": 3}, "mentorer": {"interviewet": 2}}
    steps["mentorer"]["brugbare"] = 4
    found = svarforloeb.estimate(steps, contract("svarforloeb"))
    assert cell(found, "mentorer.svarprocent", "antal")[["value", "n"]].tolist() == [50, 4]
    assert cell(found, "borgere.svarprocent", "antal")["value"] == 75


def test_who_is_left_out_is_counted_with_the_reason(contract, cell) -> None:
    people = {
        "borgere": pd.DataFrame({"over_fuld_uge": ["ja", "nej"]}),
        "mentorer": pd.DataFrame({"over_fuld_uge": ["nej", "nej"]}),
    }
    rules = [{"survey": "citizens", "reason": "Så mange timer kan ingen holde til."}]
    table = contract("usandsynlige_svar")
    found = usandsynlige_svar.estimate({"borgere": 3, "mentorer": 2}, people, rules, table)
    assert cell(found, "udeladt", "borgere", "antal")["value"] == 1
    assert cell(found, "over_fuld_uge", "borgere", "antal")["value"] == 1
    told = {c: cell(found, "begrundelse", c, "tekst")["text"] for c in ("borgere", "mentorer")}
    assert told == {
        "borgere": "1 interview (Så mange timer kan ingen holde til)",
        "mentorer": "ingen",
    }


def test_a_weighted_share_is_of_weights_and_its_base_of_people() -> None:
    values, weights = pd.Series(["ja", "nej", None]), pd.Series([3.0, 1.0, 9.0])
    found = bortfald.weighted_share(values, weights, ("ja",))
    assert (found["value"], found["n"], found["count"]) == (75, 2, 1)
    assert survey_intervals.weighted_base(pd.Series([3.0, 1.0])) == 1.6  # Kish: 16 / 10
    assert survey_intervals.weighted_base(pd.Series([2.0, 2.0])) == 2


def test_a_majority_that_weights_turn_is_told() -> None:
    assert vaegtede_svar.majority(51, 49) == "Ændret"
    assert vaegtede_svar.majority(81, 52) == "Uændret"


def test_the_contrast_has_its_interval(contract, cell) -> None:
    citizens = pd.DataFrame({"klare": ["meget_bedre"] * 37 + ["ikke_bedre"] * 63})
    mentors = pd.DataFrame({"klare": ["noget_bedre"] * 81 + ["ikke_bedre"] * 19})
    both = [frame.assign(ansvar="meget_mere") for frame in (citizens, mentors)]
    found = fremskridt_kontrast.estimate(*both, contract("fremskridt_kontrast"))
    gap = cell(found, "klare", "forskel", "forskel")
    assert gap["value"] == pytest.approx(44)
    assert 30 < gap["lower"] < 44 < gap["upper"] < 58
    none = cell(found, "ansvar", "forskel", "forskel")
    assert none["lower"] < 0 == none["value"] < none["upper"]


def test_the_better_side_of_a_battery_is_added_with_its_interval(contract, cell) -> None:
    answers = dict.fromkeys(svarsider.BETTER, "nej") | {"benefit_group": "andet"}
    citizens = pd.DataFrame([answers] * 40)
    citizens.loc[:9, "tillid"], citizens.loc[10:19, "tillid"] = "helt_bestemt", "det_tror_jeg"
    mentors = pd.DataFrame([answers] * 10)
    people = {"andet": citizens, "i_alt": citizens, "mentorer": mentors}
    found = svarsider.estimate(people, {"i_alt": 41.0}, contract("svarsider"))
    half = cell(found, "tillid", "andet", "andel")
    assert (half["value"], half["n"]) == (50, 40)
    assert 34 < half["lower"] < 36
    sure = cell(found, "tillid", "i_alt", "andel")  # nearly all were asked
    assert 50 - sure["lower"] < (50 - half["lower"]) / 4
    unasked = cell(found, "tillid", "mentorer", "andel")
    assert (unasked["status"], unasked["text"]) == ("not_applicable", "-")


def coding(**counts: int) -> pd.DataFrame:
    """18 centres, a code given to the first so many of them."""
    rows = [(f"JC{i:02d}", "rekruttering.ingen_krav") for i in range(18)]
    for code, count in counts.items():
        rows += [(f"JC{i:02d}", code.replace("__", ".")) for i in range(count)]
    return pd.DataFrame(rows, columns=["centre_id", "code"])


@pytest.mark.parametrize(
    ("centres", "shown"),
    [(0, False), (1, False), (2, False), (3, True), (15, True), (16, False), (17, False)],
)
def test_few_centres_and_few_others_are_hidden(
    tmp_path, contract, contract_path, centres, shown
) -> None:
    table = contract("interviewtemaer")
    found = interviewtemaer.themes(coding(styrker__kendskab=centres), table)
    write(found, tmp_path / "interviewtemaer.csv")
    cells = read(tmp_path / "interviewtemaer.csv", table)
    hidden = disclosure.pattern(table, cells, INTERVIEW).hidden
    released = {c["row"]: c for c in release.release(cells, hidden)}
    assert released["styrker.kendskab"]["status"] == ("ok" if shown else "suppressed")
    assert released["rekruttering.ingen_krav"]["status"] == "suppressed"  # all 18


def test_a_code_without_a_row_is_told(contract) -> None:
    with pytest.raises(PlainError, match=r"no row for the code styrker\.nyt"):
        interviewtemaer.themes(coding(styrker__nyt=4), contract("interviewtemaer"))


def test_a_type_that_nobody_named_has_no_words(contract, cell) -> None:
    codes = pd.DataFrame({"code": ["type.frivillige"], "workplace": ["Her"], "tasks": ["Det"]})
    found = interviewtemaer.types(coding(type__frivillige=3), codes, contract("mentortyper"))
    assert cell(found, "frivillige", "opgaver", "tekst")[["text", "count"]].tolist() == ["Det", 3]
    assert cell(found, "bostoette", "opgaver", "tekst")["status"] == "not_applicable"


def centres() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Coding of three centres and the frame of five that they were drawn from."""
    frame = pd.DataFrame(
        {
            "cluster": ["K1", "K1", "K2", "K2", "K3"],
            "udtrukket": ["ja", "nej", "ja", "ja", "nej"],
            "centre_id": ["JC01", None, "JC02", "JC03", None],
        }
    )
    coded = {"centre_id": ["JC01", "JC02", "JC03"], "cluster": ["K1", "K2", "K2"]}
    return pd.DataFrame(coded), frame


def test_the_spread_of_the_interviewed_centres(contract, cell) -> None:
    coding, frame = centres()
    interviewudvalg.check(coding, frame)
    found = interviewudvalg.estimate(frame, contract("interviewudvalg"))
    told = {
        row: cell(found, row, "antal", "antal")["value"]
        for row in ("jobcentre", "klynger", "udvalgt", "klynger_med", "faerrest", "flest")
    }
    assert list(told.values()) == [5, 3, 3, 2, 1, 2]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"centre_id": ["JC01", "JC02", "JC09"]}, r"JOBCENTER_ID: a job centre that.*1 rows.*4"),
        ({"cluster": ["K1", "K3", "K2"]}, r"KLYNGE: not the cluster of the frame.*1 rows.*line 3"),
        ({"centre_id": ["JC01", "JC02", "JC02"]}, r"JOBCENTER_ID: 1 drawn without any coding"),
    ],
)
def test_coding_that_does_not_fit_the_frame_is_told(change, message) -> None:
    coding, frame = centres()
    with pytest.raises(PlainError, match=message):
        interviewudvalg.check(coding.assign(**change), frame)
