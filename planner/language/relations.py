"""Geometry and support of a batch of tables as arrays: what each entity is like, and how pairs stand."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.language.table import ROLES, EntityTable

Floats = NDArray[np.float32]
NEAR_M = 0.15
"""Length scale of nearness [m]. Source: our own; things "next to" each other stand 0.1 to 0.2 m apart."""

NUMBERS = 23
RELATIONS = 18


class Arrays(NamedTuple):
    """Padded arrays of a batch.

    Args:
        numbers: Role, affordances, state and place of each entity. # (batch, rows, NUMBERS)
        relations: Pair relations, row to column. # (batch, rows, rows, RELATIONS)
        mask: True where there is a row. # (batch, rows)
        delta: Signed x and y difference, column minus row [m]. # (batch, rows, rows, 2)
        alike: True for pairs of one role. # (batch, rows, rows)
    """

    numbers: Floats
    relations: Floats
    mask: NDArray[np.bool_]
    delta: Floats
    alike: NDArray[np.bool_]


def arrays_of(tables: list[EntityTable]) -> Arrays:
    """Returns the arrays of a batch of tables."""
    count, width = len(tables), max(map(len, tables))
    numbers = np.zeros((count, width, NUMBERS), np.float32)
    relations = np.zeros((count, width, width, RELATIONS), np.float32)
    mask = np.zeros((count, width), bool)
    place = np.zeros((count, width, 3), np.float32)
    role = np.full((count, width), -1, np.int64)
    words: list[list[str]] = []
    for b, table in enumerate(tables):
        rows = table.rows
        n = len(rows)
        mask[b, :n] = True
        place[b, :n] = [r.position for r in rows]
        role[b, :n] = [ROLES.index(r.role) for r in rows]
        numbers[b, :n, 4:13] = [
            (
                r.surface,
                r.container,
                r.openable,
                r.switchable,
                r.graspable,
                r.opened,
                r.powered,
                r.inside,
                r.support >= 0 and rows[r.support].role != "table",
            )
            for r in rows
        ]
        numbers[b, :n, 16:23] = [
            (r.role == "person", r.heater, r.cooler, r.washer, r.slidable, r.held, r.recent) for r in rows
        ]
        words.append([r.words for r in rows])
        pair = relations[b]
        for i, r in enumerate(rows):
            if r.parent >= 0:
                pair[i, r.parent, 0] = pair[r.parent, i, 1] = 1.0
            if r.was >= 0:
                pair[i, r.was, 16] = pair[r.was, i, 17] = 1.0
            if r.support >= 0:
                holders = [r.support]
                if rows[r.support].parent >= 0:
                    holders.append(rows[r.support].parent)
                for h in holders:
                    pair[i, h, 4 if r.inside else 2] = pair[h, i, 5 if r.inside else 3] = 1.0
    _spread(numbers, relations, mask, place, role, words)
    delta = place[:, None, :, :2] - place[:, :, None, :2]
    alike = (role[:, :, None] == role[:, None, :]) & mask[:, :, None] & mask[:, None, :]
    return Arrays(numbers, relations, mask, delta, alike)


def _spread(
    numbers: Floats,
    relations: Floats,
    mask: NDArray[np.bool_],
    place: Floats,
    role: NDArray[np.int64],
    words: list[list[str]],
) -> None:
    """Fills roles, places and the geometric relations in place."""
    for k in range(4):  # a person is none of them
        numbers[..., k] = role == k
    solid = mask & (role <= 1)  # objects and fixtures
    share = solid / np.maximum(solid.sum(1, keepdims=True), 1)
    middle = (place * share[..., None]).sum(1, keepdims=True)
    numbers[..., 13:16] = (place - middle) / 0.3 * mask[..., None]
    delta = place[:, None, :, :] - place[:, :, None, :]
    distance = np.sqrt((delta[..., :2] ** 2).sum(-1))
    both = (mask[:, :, None] & mask[:, None, :]).astype(np.float32)
    relations[..., 6] = np.exp(-distance / NEAR_M)
    relations[..., 7:9] = np.tanh(delta[..., :2] / 0.15)
    relations[..., 9] = np.tanh(delta[..., 2] / 0.1)
    far = np.where(solid[:, None, :] & solid[:, :, None], distance, 10.0)
    eye = np.eye(far.shape[1], dtype=bool)
    # between: i lies on the way from j to some k
    detour = far[:, :, :, None] + far[:, :, None, :] - far[:, None, :, :] + (eye | False)[None, None] * 10.0
    detour = detour + eye[None, :, None, :] * 10.0
    relations[..., 10] = np.exp(-np.maximum(detour.min(-1), 0.0) / 0.05)
    for b, names in enumerate(words):
        n = len(names)
        labels = np.array([hash_free_code(names, w) for w in names])
        same = labels[:, None] == labels[None, :]
        relations[b, :n, :n, 11] = same
        if (same.sum(1) > 1).any():
            d = distance[b, :n, :n]
            # nearest_twin: among the rows called like i, i is the nearest to j
            best = np.where(same[:, :, None], d[None, :, :], 10.0).min(1)
            relations[b, :n, :n, 12] = (d <= best + 1e-6) & (same.sum(1) > 1)[:, None]
            worst = np.where(same[:, :, None], d[None, :, :], -10.0).max(1)
            relations[b, :n, :n, 13] = (d >= worst - 1e-6) & (same.sum(1) > 1)[:, None]
    relations[..., 14] = eye
    relations[..., 15] = 1.0
    relations *= both[..., None]


def hash_free_code(names: list[str], word: str) -> int:
    """Returns the index of the first row with the same words (a stable code of its label)."""
    return names.index(word)
