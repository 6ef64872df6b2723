"""Later starters at an earlier day: before their own month, and by the same draw every time."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalrapport.datasets.effect_not_yet import earlier


def population() -> pd.DataFrame:
    starts = ["2012-02-01", "2012-02-13", "2012-03-05", "2012-05-07", "2012-06-01"]
    return pd.DataFrame(
        {
            "person_id": [5, 3, 1, 4, 2],
            "treated": [True, True, True, True, False],
            "start_date": pd.to_datetime(starts),
        }
    )


def test_the_drawn_day_lies_in_an_earlier_month_and_the_first_month_has_none() -> None:
    found = earlier(population(), 7)
    assert found["person_id"].tolist() == [1, 4]
    own = population().set_index("person_id")["start_date"].loc[[1, 4]].to_numpy()
    drawn = found["start_date"].to_numpy()
    assert (drawn.astype("datetime64[M]") < own.astype("datetime64[M]")).all()
    assert np.isin(drawn, population()["start_date"].to_numpy()).all()


def test_the_draw_is_the_same_whoever_else_is_there() -> None:
    rng = np.random.default_rng(1)
    first = earlier(population(), 7)
    again = earlier(population().sample(frac=1, random_state=rng.integers(99)), 7)
    pd.testing.assert_frame_equal(first, again)


def test_nobody_starts_later_than_the_first_month() -> None:
    alone = population().iloc[:2]
    assert len(earlier(alone, 7)) == 0
