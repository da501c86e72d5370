"""The EcoIndex of a page: cnumr method, weights 3 DOM, 2 requests, 1 size; quantile tables; 1 kB = 1,000 bytes."""

DOM = (0, 47, 75, 159, 233, 298, 358, 417, 476, 537, 603, 674, 753, 843, 949, 1076, 1237, 1459, 1801, 2479, 594601)
REQUESTS = (0, 2, 15, 25, 34, 42, 49, 56, 63, 70, 78, 86, 95, 105, 117, 130, 147, 170, 205, 281, 3920)
KILOBYTES = (
    *(0, 1.37, 144.7, 319.53, 479.46, 631.97, 783.38, 937.91, 1098.62, 1265.47, 1448.32),
    *(1648.27, 1876.08, 2142.06, 2465.37, 2866.31, 3401.59, 4155.73, 5400.08, 8037.54, 223212.26),
)
GRADES = ((80, "A"), (70, "B"), (55, "C"), (40, "D"), (25, "E"), (10, "F"))


def rank(table: tuple[float, ...], value: float) -> float:
    """Give the place of ``value`` among the quantiles, between 0 and 20."""
    for place in range(1, len(table)):
        if value < table[place]:
            return place - 1 + (value - table[place - 1]) / (table[place] - table[place - 1])
    return len(table) - 1


def ecoindex(dom: int, requests: int, kilobytes: float) -> tuple[float, str]:
    """Give the score (0 to 100) and the grade; a grade's floor itself belongs to the grade below."""
    score = 100 - 5 * (3 * rank(DOM, dom) + 2 * rank(REQUESTS, requests) + rank(KILOBYTES, kilobytes)) / 6
    grade = next((letter for floor, letter in GRADES if score > floor), "G")
    return round(score, 1), grade
