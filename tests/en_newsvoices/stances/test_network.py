import numpy as np
import pytest

from en_newsvoices.stances.meetings import LONGEST, Meeting
from en_newsvoices.stances.network import (
    HEADS,
    MEETINGS,
    NEAR,
    STANCES,
    read_stances,
    stance_model,
)

WIDTH, NARROW, INNER = 7, 2 * HEADS, 12
MEETING = Meeting(2, 8, ((3, 4), (6, 7)), ((5, 6),), (), ((4, 8),))
SPEAKER = Meeting(0, 5, (), ((1, 3),), ((0, 5),), ())


def random_weights(seed=0):
    rng = np.random.default_rng(seed)
    lines = {"token": (NARROW, WIDTH), "hidden": (NARROW, 3 * NARROW), "out": (6, NARROW)}
    for n in range(2):
        shapes = (3 * NARROW, NARROW), (NARROW, NARROW), (INNER, NARROW), (NARROW, INNER)
        lines |= dict(
            zip((f"layers.{n}.{name}" for name in ("qkv", "out", "inner", "outer")), shapes, strict=True)
        )
    weights = {"mark": rng.normal(size=(4, NARROW)), "near": rng.normal(size=(2, 2 * NEAR + 2, NARROW))}
    for name, shape in lines.items():
        weights |= {f"{name}.weight": rng.normal(size=shape), f"{name}.bias": rng.normal(size=shape[0])}
    for name in ("norm", *(f"layers.{n}.norm{k}" for n in range(2) for k in (1, 2))):
        weights |= {f"{name}.weight": rng.normal(1, 0.1, NARROW), f"{name}.bias": rng.normal(size=NARROW)}
    return {name: value.astype("float32") for name, value in weights.items()}


@pytest.fixture(scope="module")
def weights():
    return random_weights()


@pytest.fixture
def model(weights, tmp_path):
    np.savez(tmp_path / "stance.npz", **weights)
    return stance_model(tmp_path / "stance.npz")


@pytest.fixture
def X():
    return np.random.default_rng(1).normal(size=(400, WIDTH)).astype("float32")


def by_hand(w, X, meeting):
    """The same, word by word as the formulas say."""

    def line(name, x):
        return w[f"{name}.weight"].astype(float) @ x + w[f"{name}.bias"]

    def norm(name, x):
        return (x - x.mean()) / np.sqrt(x.var() + 1e-6) * w[f"{name}.weight"] + w[f"{name}.bias"]

    def gate(x):
        return x / (1 + np.exp(-1.702 * x))

    def softmax(x):
        return np.exp(x) / np.exp(x).sum()

    tokens = range(meeting.start, meeting.end)
    marked = [[any(a <= t < b for a, b in spans) for t in tokens] for spans in meeting[2:]]
    Z = []
    for i, t in enumerate(tokens):
        z = line("token", X[t]) + sum((w["mark"][k] for k in range(4) if marked[k][i]), np.zeros(NARROW))
        for actor, spans in enumerate(meeting[2:4]):
            away = min((min(t - a, 0) + max(t - b + 1, 0) for a, b in spans), key=abs, default=None)
            bucket = (
                2 * NEAR + 1
                if away is None
                else NEAR + int(np.sign(away) * np.ceil(2 * np.log2(abs(away) + 1)))
            )
            z = z + w["near"][actor, bucket]
        Z.append(norm("norm", z))
    for n in range(2):
        parts = [line(f"layers.{n}.qkv", z).reshape(3, HEADS, -1) for z in Z]
        for i, z in enumerate(list(Z)):
            seen = []
            for h in range(HEADS):
                looks = softmax(
                    np.array([parts[i][0, h] @ other[1, h] for other in parts]) / np.sqrt(NARROW // HEADS)
                )
                seen.append(sum(share * other[2, h] for share, other in zip(looks, parts, strict=True)))
            z = norm(f"layers.{n}.norm1", z + line(f"layers.{n}.out", np.concatenate(seen)))
            Z[i] = norm(
                f"layers.{n}.norm2", z + line(f"layers.{n}.outer", gate(line(f"layers.{n}.inner", z)))
            )
    pooled = [np.mean(Z, axis=0)]
    for named, says in (marked[::2], marked[1::2]):
        pooled.append(
            np.mean([z for z, here in zip(Z, named if any(named) else says, strict=True) if here], axis=0)
        )
    return [softmax(row) for row in line("out", gate(line("hidden", np.concatenate(pooled)))).reshape(2, 3)]


@pytest.mark.parametrize("meeting", [MEETING, SPEAKER])
def test_probabilities_are_those_worked_by_hand(model, weights, X, meeting):
    assert np.allclose(read_stances(model, X, [meeting])[0], by_hand(weights, X, meeting), atol=1e-4)


def test_a_meeting_does_not_depend_on_those_read_with_it(model, X):
    many = [MEETING, SPEAKER] * MEETINGS
    found = read_stances(model, X, many)
    assert found.shape == (2 * MEETINGS, 2, len(STANCES))
    assert np.allclose(found[::2], read_stances(model, X, [MEETING]), atol=1e-5)
    assert np.allclose(found[1::2], read_stances(model, X, [SPEAKER]), atol=1e-5)


def test_no_meetings_are_no_stances(model, X):
    assert read_stances(model, X, []).shape == (0, 2, len(STANCES))


def test_of_a_long_sentence_the_beginning_is_read(model, X):
    long = Meeting(0, 300, ((2, 3),), ((250, 251),), (), ())
    cut = Meeting(0, LONGEST, ((2, 3),), (), (), ())
    assert np.allclose(read_stances(model, X, [long]), read_stances(model, X, [cut]))


def test_bytes_with_a_scale_a_row_are_read_as_numbers(weights, tmp_path):
    scale = np.abs(weights["token.weight"]).max(axis=1, keepdims=True) / 127
    packed = {
        "token.weight": np.rint(weights["token.weight"] / scale).astype("int8"),
        "token.weight.scale": scale,
    }
    np.savez(tmp_path / "packed.npz", **weights | packed)
    read = stance_model(tmp_path / "packed.npz").get_param("token.weight")
    assert np.allclose(read, weights["token.weight"], atol=scale.max())
