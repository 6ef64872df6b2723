"""DREAM, STAR's register of benefits by week, industry by month, match group by quarter.

One row per person who ever got a covered benefit; one code a week, blank for none. The columns of a
delivery end with its last whole week and month: delivery 201404 ends with Y_1417 (SFI 15:10, fn 7).
"""

from __future__ import annotations

from datetime import date, timedelta

from evalrapport import dates
from evalrapport.contracts.sources.declaration import Column, Register, person_number

FIRST_WEEK = (2007, 1)
FIRST_MONTH = (2008, 1)
# Quarters, counted from year 0: match groups stand in every delivery for these, visitation after.
FIRST_MATCH, LAST_MATCH = 2008 * 4, 2019 * 4 + 3
FIRST_VISITATION = 2014 * 4
DELIVERY = "201404"
_DST = "Danmarks Statistik, Forskningsservice, variabelliste for DREAM"


def last_week(delivery: str) -> dates.Week:
    """The last ISO week that ends within the delivery's month: "201404" gives (2014, 17)."""
    year, month = dates.add_months((int(delivery[:4]), int(delivery[4:])), 1)
    last_day = date(year, month, 1) - timedelta(days=1)
    return dates.week_of(last_day - timedelta(days=last_day.isoweekday() % 7))


def week_columns(delivery: str = DELIVERY) -> list[str]:
    """Typed names of the week columns in time order, `y_0701` to the delivery's last."""
    return [
        dates.week_column(*week) for week in dates.weeks_between(FIRST_WEEK, last_week(delivery))
    ]


def industry_columns(delivery: str = DELIVERY) -> list[str]:
    """Typed names of the monthly industry columns, `branche_2008_01` to the delivery's month."""
    last = int(delivery[:4]), int(delivery[4:])
    months = dates.months_between(FIRST_MONTH, last)
    return [dates.month_column("branche", *month) for month in months]


def match_columns(delivery: str = DELIVERY) -> list[str]:
    """Typed names of the quarterly match groups, `match_1kv2008` to the delivery's last."""
    last = min(last_quarter(delivery), LAST_MATCH)
    return [dates.match_column(q % 4 + 1, q // 4) for q in range(FIRST_MATCH, last + 1)]


def last_quarter(delivery: str) -> int:
    """The last whole quarter of a delivery, counted from year 0."""
    return int(delivery[:4]) * 4 + int(delivery[4:]) // 3 - 1


def visitation_columns(delivery: str = DELIVERY) -> list[str]:
    """Typed names of the quarterly visitation groups, `visit_1kv2014` to the delivery's last."""
    quarters = range(FIRST_VISITATION, last_quarter(delivery) + 1)
    return [dates.match_column(q % 4 + 1, q // 4).replace("match", "visit") for q in quarters]


def municipality_columns(delivery: str = DELIVERY) -> list[str]:
    """Typed names of the yearly municipality columns, `nykom2007` to the delivery's year."""
    return [f"nykom{year}" for year in range(2007, int(delivery[:4]) + 1)]


def _week(name: str) -> Column:
    return Column(
        name=name.upper(),
        typed=name,
        type="code",
        storage="uint16",
        codes="dream_codes",
        blank=0,
        width=3,
        unit="uge",
        label=f"Ydelse i uge {name[4:]}, 20{name[2:4]}",
        month=f"{date.fromisocalendar(2000 + int(name[2:4]), int(name[4:]), 7):%Y-%m}",
        source=_DST,
        sensitivity="sensitive",
    )


def _industry(name: str) -> Column:
    return Column(
        name=name.upper(),
        typed=name,
        type="integer",
        storage="int32",
        low=0,
        high=999_999,
        blank=0,
        width=6,
        unit="måned",
        label=f"Branche (DB07) for lønmodtagerjob i {name[-7:].replace('_', '-')}",
        source=_DST,
        confidence="name confirmed, width evident",
    )


def _match(name: str) -> Column:
    return Column(
        name=name.upper(),
        typed=name,
        type="code",
        storage="uint8",
        codes="match_groups",
        blank=0,
        width=1,
        unit="kvartal",
        label=f"Matchgruppe ultimo {name[6]}. kvartal {name[-4:]}",
        source=_DST,
        confidence="name confirmed, values evident",
        sensitivity="sensitive",
    )


def _visitation(name: str) -> Column:
    return Column(
        name=name.upper(),
        typed=name,
        type="code",
        storage="uint8",
        codes="visitation",
        blank=0,
        width=1,
        unit="kvartal",
        label=f"Visitationsgruppe ultimo {name[6]}. kvartal {name[-4:]}",
        source=_DST,
        confidence="name confirmed, values assumed",
        sensitivity="sensitive",
        optional=True,
    )


def _municipality(name: str) -> Column:
    return Column(
        name=name.upper(),
        typed=name,
        type="code",
        storage="int16",
        codes="municipalities",
        blank=0,
        unit="år",
        label=f"Bopælskommune {name[-4:]}",
        source=_DST,
    )


def register(delivery: str = DELIVERY, *, visitation: bool = True) -> Register:
    """The declaration of one delivery of DREAM, with or without its visitation groups."""
    person = person_number(_DST)
    sex = Column(
        name="KON",
        typed="kon",
        type="code",
        storage="uint8",
        codes={"1": 1, "2": 2},
        label="Køn (1 mand, 2 kvinde)",
        source=_DST,
        confidence="name confirmed, values assumed",
        optional=True,
    )
    return Register(
        name="dream",
        label="DREAM",
        unit_of_row="en person, der nogen sinde har fået en omfattet ydelse",
        files={delivery: f"dream{delivery}"},
        pattern="dream{year}{month}",
        source="STAR, DREAM",
        key=("person_id",),
        columns=(
            person,
            *map(_week, week_columns(delivery)),
            *map(_industry, industry_columns(delivery)),
            *map(_match, match_columns(delivery)),
            *map(_visitation, visitation_columns(delivery) if visitation else ()),
            *map(_municipality, municipality_columns(delivery)),
            sex,
        ),
        notes=(
            "One day on a benefit in a week is enough; one code a week hides another.",
            "A newer delivery has other codes for old weeks: code lists belong to a delivery.",
        ),
    )


REGISTER = register()
