"""How countries of origin and industries are grouped for the covariates. Data, no computation.

# ASSUME: the report names "oprindelsesland" and "branche" without their groups; these are ours.
"""

from __future__ import annotations

# Non-western countries; western ones are told by the list of countries (origin_group).
EASTERN_EUROPE = (
    *(5122, 5129, 5151, 5152, 5162, 5700, 5704, 5706, 5712),
    *(5754, 5756, 5757, 5758, 5759, 5761),
)
MIDDLE_EAST = (
    *(5157, 5172, 5202, 5223, 5238, 5244, 5268, 5272, 5393, 5402, 5403, 5404, 5406, 5436, 5437),
    *(5438, 5442, 5446, 5452, 5456, 5462, 5472, 5478, 5486, 5487, 5496),
)
AFRICA = (5200, 5299)  # the codes between, but for those above

# Divisions of DB07 (two digits) by group.
INDUSTRY_GROUPS: dict[str, tuple[tuple[int, int], ...]] = {
    "manufacturing": ((1, 39),),
    "construction": ((41, 43),),
    "trade": ((45, 47),),
    "transport_hotel": ((49, 56),),
    "business": ((58, 82),),
    "public": ((84, 99),),
}
