"""Whether two samples differ, whatever their distribution."""


def rank_difference(one, other):
    """The Mann-Whitney statistic as a normal deviate: how far the times of one lie from the times of the other."""
    ranked = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    ranks = [0.0, 0.0]
    position = 0
    while position < len(ranked):
        end = position
        while end < len(ranked) and ranked[end][0] == ranked[position][0]:
            end += 1
        for index in range(position, end):
            ranks[ranked[index][1]] += (position + end + 1) / 2
        position = end
    n, m = len(one), len(other)
    return (ranks[0] - n * (n + 1) / 2 - n * m / 2) / (n * m * (n + m + 1) / 12) ** 0.5
