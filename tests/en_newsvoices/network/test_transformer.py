import numpy as np
import pytest
from thinc.api import Model

from en_newsvoices.network.transformer import linear, normal, read

WIDTH, HEADS = 6, 2


@pytest.fixture
def model() -> Model:
    """One layer with weights by chance."""
    made, rng = Model("layer", lambda *_: None), np.random.default_rng(1)
    shapes = {"qkv": (3 * WIDTH, WIDTH), "out": (WIDTH, WIDTH), "inner": (12, WIDTH), "outer": (WIDTH, 12)}
    for name, shape in shapes.items():
        made.set_param(f"a.{name}.weight", rng.normal(0, 1, shape).astype("f"))
        made.set_param(f"a.{name}.bias", rng.normal(0, 1, shape[0]).astype("f"))
    for name in ("norm1", "norm2"):
        made.set_param(f"a.{name}.weight", np.ones(WIDTH, "f"))
        made.set_param(f"a.{name}.bias", np.zeros(WIDTH, "f"))
    return made


def test_a_row_attends_to_its_own_run_only(model):
    X = np.random.default_rng(2).normal(0, 1, (7, WIDTH)).astype("f")
    together = read(model, ["a"], X.copy(), [0, 3, 7], HEADS)
    alone = [read(model, ["a"], X[a:b].copy(), [0, b - a], HEADS) for a, b in ((0, 3), (3, 7))]
    assert np.allclose(together, np.concatenate(alone), atol=1e-5)


def test_rows_leave_a_layer_normal_and_a_linear_map_adds_its_bias(model):
    X = np.random.default_rng(3).normal(5, 3, (4, WIDTH)).astype("f")
    assert np.allclose(linear(model, "a.out", np.zeros((1, WIDTH), "f")), model.get_param("a.out.bias"))
    Y = normal(model, "a.norm1", X)
    assert np.allclose(Y.mean(axis=1), 0, atol=1e-5)
    assert np.allclose(Y.std(axis=1), 1, atol=1e-3)
