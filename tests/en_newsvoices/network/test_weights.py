import numpy as np
import pytest
import spacy
from thinc.api import Model

from en_newsvoices.network.weights import SCALE, MatmulOps, Weights


@pytest.fixture
def layer() -> Model:
    model = Model("layer", lambda *_: None, attrs={"bytes": True})
    model.set_param("weight", np.random.default_rng(1).normal(0, 1, (4, 8)).astype("f"))
    model.set_param("bias", np.ones(4, "f"))
    return model


def test_packed_weights_are_bytes_and_come_back_to_within_a_step(layer, monkeypatch):
    weights, before = Weights(spacy.blank("en")), layer.get_param("weight").copy()
    monkeypatch.setattr(
        Weights, "_params", lambda _: ((layer, n, layer.get_param(n)) for n in list(layer.param_names))
    )
    weights.pack()
    assert layer.get_param("weight").dtype == np.int8
    assert layer.get_param("bias").dtype == np.float16
    step = layer.get_param("weight" + SCALE)
    weights.restore()
    assert layer.get_param("weight").dtype == np.float32
    assert np.all(np.abs(layer.get_param("weight") - before) <= step / 2 + 1e-6)


def test_the_matrix_product_is_numpys():
    rng = np.random.default_rng(2)
    x, y = rng.normal(size=(3, 4)).astype("f"), rng.normal(size=(5, 4)).astype("f")
    assert np.allclose(MatmulOps().gemm(x, y, trans2=True), x @ y.T)
