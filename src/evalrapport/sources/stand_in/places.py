"""Where the stand-in's people live and come from."""

from __future__ import annotations

import numpy as np

from evalrapport.sources.stand_in.streams import pick, stream

# ASSUME: residents by municipality in 1,000, about 2013, rounded from general knowledge; used as
# weights only.
RESIDENTS = {
    101: 560, 147: 102, 151: 48, 153: 35, 155: 14, 157: 73, 159: 66, 161: 22, 163: 27, 165: 28,
    167: 51, 169: 48, 173: 54, 175: 37, 183: 21, 185: 41, 187: 15, 190: 38, 201: 24, 210: 39,
    217: 61, 219: 48, 223: 24, 230: 54, 240: 42, 250: 44, 253: 48, 259: 58, 260: 31, 265: 84,
    269: 22, 270: 40, 306: 33, 316: 69, 320: 35, 326: 48, 329: 33, 330: 77, 336: 22, 340: 29,
    350: 27, 360: 43, 370: 81, 376: 61, 390: 46, 400: 40, 410: 37, 411: 0.1, 420: 38, 430: 50,
    440: 23, 450: 32, 461: 195, 479: 58, 480: 29, 482: 13, 492: 6.5, 510: 56, 530: 26, 540: 75,
    550: 39, 561: 115, 563: 3.2, 573: 50, 575: 43, 580: 59, 607: 50, 615: 85, 621: 89, 630: 108,
    657: 86, 661: 57, 665: 21, 671: 21, 706: 42, 707: 38, 710: 46, 727: 22, 730: 96, 740: 89,
    741: 4, 746: 57, 751: 319, 756: 41, 760: 57, 766: 46, 773: 21, 779: 47, 787: 45, 791: 94,
    810: 36, 813: 61, 820: 37, 825: 1.8, 840: 29, 846: 43, 849: 39, 851: 204, 860: 66,
}  # fmt: skip
# ASSUME: the largest countries of origin with rough weights; codes are Statistics Denmark's.
WESTERN = {5154: 30, 5180: 28, 5158: 16, 5110: 15, 5120: 13, 5170: 12, 5611: 8, 5106: 7, 5140: 6,
           5390: 7}  # fmt: skip
OTHER = {5172: 32, 5436: 21, 5754: 17, 5438: 13, 5472: 12, 5456: 12, 5289: 10, 5404: 11, 5488: 9,
         5758: 10, 5492: 9, 5700: 5}  # fmt: skip

# Figure 3.4: Dragør uses mentors least (two named edge cases are all it has), Hedensted most.
LEAST_USE, MOST_USE = 155, 766
# ASSUME: how many times the country's share of starters Hedensted has; with more support to each
# (module most_use) that makes its 4.4 per cent.
MOST_USE_FACTOR = {2011: 5.0, 2012: 5.0, 2013: 1.5, 2014: 2.5}
USE_SPREAD, USE_LIMITS = 0.5, (0.3, 2.2)  # of the others: log standard deviation, and limits


def mentor_use() -> np.ndarray:
    """How much likelier a mentor is in each municipality, (1000,) by code; its character, so the
    same in every build. ASSUME: only the ends of figure 3.4 are published."""
    codes = np.array(list(RESIDENTS))
    use = np.ones(1000)
    drawn = stream(0, "mentor_use").normal(0, USE_SPREAD, len(codes))
    use[codes] = np.exp(drawn).clip(*USE_LIMITS)
    use[LEAST_USE] = 0.0
    return use


def share_of(code: int) -> float:
    """A municipality's share of the residents."""
    return RESIDENTS[code] / sum(RESIDENTS.values())


def municipalities(rng: np.random.Generator, count: int) -> np.ndarray:
    """Municipality codes drawn by size, int16."""
    codes = np.array(list(RESIDENTS), dtype=np.int16)
    return codes[pick(rng, np.array(list(RESIDENTS.values())), count)]


def countries(rng: np.random.Generator, origin: np.ndarray) -> np.ndarray:
    """Country of origin by origin group (0 Danish; 1, 3 western; 2, 4 other), int16."""
    result = np.full(len(origin), 5100, dtype=np.int16)
    for groups, table in (((1, 3), WESTERN), ((2, 4), OTHER)):
        chosen = np.isin(origin, groups)
        codes = np.array(list(table), dtype=np.int16)
        result[chosen] = codes[pick(rng, np.array(list(table.values())), int(chosen.sum()))]
    return result
