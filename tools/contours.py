"""
Draw the contours of the departments of mainland France from the centres of their communes, once in a while.

    python tools/contours.py communes.csv > src/jalon/catalogue/rules/contour_lines.py

Each cell of a fine grid belongs to the department of the nearest centre; where departments meet runs a line,
smoothed, then thinned out. The sea begins two kilometres beyond the last centre. What comes out is a sketch,
true to some four kilometres: enough for a map of the size of a hand, and no copy of anyone's drawing.

The CSV has the columns `dep`, `lat`, `lon`, as INSEE's code officiel géographique and La Poste's coordinates
give them (Licence Ouverte 2.0).
"""

from __future__ import annotations

import csv
import sys
import textwrap
from collections import defaultdict
from pathlib import Path

import numpy as np
import numpy.typing as npt

STEP = 0.05
SOUTH, WEST = 41.0, -5.8
ROWS, COLUMNS = 210, 310
REACH, BACK = 11.0, 9.0
THINNED_TO = 0.035
SHORTEN = 0.69  # the cosine of 46.5°

OUTSIDE = "--"
HEAD = '''"""
The lines between the departments of mainland France, drawn by `tools/contours.py`.

Source:
    Centres of communes: INSEE, Code officiel géographique 2026, and La Poste (Licence Ouverte 2.0).
"""

LINES = """\\
'''

Corner = tuple[int, int]
Grid = npt.NDArray[np.int64]
Line = npt.NDArray[np.float64]


def departments_on_grid(path: Path) -> tuple[Grid, list[str]]:
    """The number of a department for each cell, -1 for the sea and for abroad; and what the numbers mean."""
    with path.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["lat"] and len(row["dep"]) == 2]
    codes = sorted({row["dep"] for row in rows})
    owner = np.array([codes.index(row["dep"]) for row in rows])
    lat = np.array([float(row["lat"]) for row in rows])
    lon = np.array([float(row["lon"]) for row in rows])
    grid = np.full((ROWS, COLUMNS), -1)
    longitudes = WEST + (np.arange(COLUMNS) + 0.5) * STEP
    for row in range(ROWS):
        latitude = SOUTH + (row + 0.5) * STEP
        close = np.abs(lat - latitude) < 0.4
        if not close.any():
            continue
        north = (lat[close] - latitude)[None, :]
        east = (lon[close][None, :] - longitudes[:, None]) * SHORTEN
        apart = 111.2 * np.hypot(north, east)
        nearest = apart.argmin(axis=1)
        grid[row] = np.where(apart.min(axis=1) < REACH, owner[close][nearest], -1)
    return _shrunk(grid), codes


def _shrunk(grid: Grid) -> Grid:
    """The coast brought back towards the centres, without opening what large communes had left empty."""
    sea = np.argwhere(grid < 0)
    kept = grid.copy()
    by_row = defaultdict(list)
    for row, column in sea:
        by_row[int(row)].append(int(column))
    high = int(BACK / (111.2 * STEP)) + 1
    for row, column in np.argwhere(grid >= 0):
        for near in range(row - high, row + high + 1):
            columns = np.array(by_row.get(near, ()))
            if not columns.size:
                continue
            km = 111.2 * STEP * np.hypot(near - row, (columns - column) * SHORTEN)
            if km.min() < BACK:
                kept[row, column] = -1
                break
    return kept


def arcs(grid: Grid) -> list[tuple[int, int, list[Corner]]]:
    """The lines between cells of two departments, cut where three meet: department, other, corners."""
    edges: dict[tuple[int, int], dict[Corner, list[Corner]]] = defaultdict(lambda: defaultdict(list))
    meets: dict[Corner, set[tuple[int, int]]] = defaultdict(set)

    def edge(one: int, other: int, start: Corner, end: Corner) -> None:
        if one == other:
            return
        pair = (min(one, other), max(one, other))
        edges[pair][start].append(end)
        edges[pair][end].append(start)
        meets[start].add(pair)
        meets[end].add(pair)

    for row in range(1, ROWS):
        for column in range(1, COLUMNS):
            here = int(grid[row, column])
            edge(here, int(grid[row - 1, column]), (row, column), (row, column + 1))
            edge(here, int(grid[row, column - 1]), (row, column), (row + 1, column))
    found = []
    for pair, ways in edges.items():
        # Where three departments meet, or where a line crosses itself, it ends.
        ends = {corner for corner in ways if len(meets[corner]) > 1 or len(ways[corner]) != 2}
        for start in [*sorted(ends), *sorted(ways)]:
            while ways[start]:
                line = [start]
                while ways[line[-1]]:
                    following = ways[line[-1]].pop()
                    ways[following].remove(line[-1])
                    line.append(following)
                    if following in ends or following == start:
                        break
                found.append((*pair, line))
    return found


def smoothed(line: list[Corner]) -> Line:
    """Steps of the grid rounded off, the two ends kept."""
    points = np.array(line, dtype=float) * STEP + (SOUTH, WEST)
    is_ring = line[0] == line[-1]
    for _ in range(4):
        if is_ring:
            before, after = np.roll(points[:-1], 1, axis=0), np.roll(points[:-1], -1, axis=0)
            points[:-1] = (before + 2 * points[:-1] + after) / 4
            points[-1] = points[0]
        elif len(points) > 2:
            points[1:-1] = (points[:-2] + 2 * points[1:-1] + points[2:]) / 4
    return points


def thinned(points: Line, most: float) -> Line:
    """Douglas and Peucker, 1973: the points without which the line would move by more than *most* degrees."""
    if len(points) < 3:
        return points
    scaled = points * (1, SHORTEN)
    way = scaled[-1] - scaled[0]
    length = float(np.hypot(*way))
    from_start = scaled - scaled[0]
    if length == 0:
        off = np.hypot(from_start[:, 0], from_start[:, 1])
    else:
        off = np.abs(way[0] * from_start[:, 1] - way[1] * from_start[:, 0]) / length
    furthest = int(off.argmax())
    if off[furthest] < most and length > 0:
        return np.array([points[0], points[-1]])
    if furthest in (0, len(points) - 1):
        return np.array([points[0], points[-1]])
    return np.vstack([thinned(points[: furthest + 1], most)[:-1], thinned(points[furthest:], most)])


def main(path: str) -> int:
    grid, codes = departments_on_grid(Path(path))
    words = []
    for one, other, line in sorted(arcs(grid)):
        if one < 0 and line[0] == line[-1] and len(line) < 24:
            continue  # an island of a few cells
        # Around Paris departments are small: there a line keeps more of its bends.
        most = min(THINNED_TO, STEP * len(line) / 50)
        points = np.rint(thinned(smoothed(line), most) * 100).astype(int)
        words.append(f"{codes[one] if one >= 0 else OUTSIDE}/{codes[other]}")
        words += [f"{lat},{lon}" for lat, lon in [points[0], *np.diff(points, axis=0)]]
    print(
        HEAD + textwrap.fill(" ".join(words), 104, break_on_hyphens=False, break_long_words=False) + '\n"""'
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
