"""The trained network written as two ONNX graphs: an encoder in int8 and a small linker."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.attribution.network import HEADS, HIDDEN, LAYERS, LINK, SEEN, Network

Array = NDArray[np.float32]


class Graph:
    """Nodes and weights as they are added, each output named by its number."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def put(self, values: NDArray, name: str | None = None) -> str:
        name = name or f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(values, name))
        return name

    def add(self, kind: str, *inputs: str, out: str | None = None, domain: str = "", **attributes: object) -> str:
        out = out or f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [out], domain=domain, **attributes))
        return out

    def linear(self, x: str, weight: Array, bias: Array, out: str | None = None) -> str:
        return self.add("Add", self.add("MatMul", x, self.put(np.ascontiguousarray(weight.T))), self.put(bias), out=out)

    def normal(self, x: str, weight: Array, bias: Array) -> str:
        return self.add("LayerNormalization", x, self.put(weight), self.put(bias), axis=-1, epsilon=1e-12)

    def numbers(self, *values: int) -> str:
        return self.put(np.array(values, np.int64))

    def model(self, inputs: dict[str, tuple[int, list[str]]], outputs: dict[str, list[str]]) -> onnx.ModelProto:
        graph = helper.make_graph(
            self.nodes,
            "attribution",
            [helper.make_tensor_value_info(n, kind, shape) for n, (kind, shape) in inputs.items()],
            [helper.make_tensor_value_info(n, TensorProto.FLOAT, shape) for n, shape in outputs.items()],
            self.weights,
        )
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="onrecord")


def encoder(network: Network) -> onnx.ModelProto:
    """Windows of pieces, all of one length, to the four outputs of every word (``Encoded``)."""
    g, w = Graph(), {k: v.detach().numpy() for k, v in network.state_dict().items()}
    shape = g.add("Shape", "pieces")
    length = g.add("Slice", shape, g.numbers(1), g.numbers(2))
    position = g.add("Slice", g.put(w["position.weight"]), g.numbers(0), length, g.numbers(0))
    features = g.add("Gather", g.put(w["feature.weight"]), "features")
    features = g.add("ReduceSum", features, g.numbers(2), keepdims=0)
    x = g.add("Gather", g.put(w["word.weight"], "word.weight"), "pieces")
    x = g.add("Add", g.add("Add", x, position), features)
    x = g.normal(x, w["norm.weight"], w["norm.bias"])
    for i in range(LAYERS):
        x = layer(g, x, {k.removeprefix(f"layers.{i}."): v for k, v in w.items() if k.startswith(f"layers.{i}.")})
    at = g.add("Expand", g.add("Unsqueeze", "places", g.numbers(2)), g.numbers(1, 1, HIDDEN))
    h = g.add("GatherElements", x, at, axis=1)
    found = g.add("Gelu", g.linear(h, w["find.0.weight"], w["find.0.bias"]), domain="com.microsoft")
    found = g.linear(found, w["find.2.weight"], w["find.2.bias"])
    g.add("Squeeze", found, g.numbers(2), out="found")
    for name, theirs in (("words", "as_word"), ("cues", "as_cue"), ("gates", "gate")):
        g.linear(h, w[f"{theirs}.weight"], w[f"{theirs}.bias"], out=name)
    ints = TensorProto.INT32
    inputs = {
        "pieces": (ints, ["windows", "pieces"]),
        "features": (ints, ["windows", "pieces", "kinds"]),
        "places": (TensorProto.INT64, ["windows", "words"]),
    }
    vectors = {name: ["windows", "words", LINK] for name in ("words", "cues", "gates")}
    return g.model(inputs, {"found": ["windows", "words"], **vectors})  # type: ignore[dict-item]


def layer(g: Graph, x: str, w: dict[str, Array]) -> str:
    """One layer of BERT; attention itself stays in fp32 (onnxruntime's QAttention took twice as long)."""
    parts = g.linear(x, w["qkv.weight"], w["qkv.bias"])
    q, k, v = (f"{parts}.{name}" for name in "qkv")
    g.nodes.append(helper.make_node("Split", [parts, g.numbers(*[HIDDEN] * 3)], [q, k, v], axis=2))
    seen = g.add("MultiHeadAttention", q, k, v, domain="com.microsoft", num_heads=HEADS)
    seen = g.linear(seen, w["out.weight"], w["out.bias"])
    x = g.normal(g.add("Add", x, seen), w["norm1.weight"], w["norm1.bias"])
    up = g.add("Gelu", g.linear(x, w["up.weight"], w["up.bias"]), domain="com.microsoft")
    down = g.linear(up, w["down.weight"], w["down.bias"])
    return g.normal(g.add("Add", x, down), w["norm2.weight"], w["norm2.bias"])


def linker(network: Network) -> onnx.ModelProto:
    """Cues and the words they see to the four roles' logits."""
    g, w = Graph(), {k: v.detach().numpy() for k, v in network.state_dict().items()}
    offsets = g.put(np.cumsum([0, *SEEN[:-1]]).astype(np.int32))
    seen = g.add("Gather", g.put(w["seen.weight"]), g.add("Add", "seen", offsets))
    seen = g.add("ReduceSum", seen, g.numbers(2), keepdims=0)
    gate = g.add("Unsqueeze", g.add("Sigmoid", "gates"), g.numbers(1))
    x = g.add("Mul", "words", gate)
    x = g.add("Add", g.add("Add", x, g.add("Unsqueeze", "cues", g.numbers(1))), seen)
    x = g.add("Gelu", x, domain="com.microsoft")
    x = g.add("Transpose", x, perm=[0, 2, 1])
    for i, reach in enumerate((1, 2, 4)):
        near = g.add(
            "Conv", x, g.put(w[f"near.{i}.weight"]), g.put(w[f"near.{i}.bias"]), dilations=[reach], pads=[reach, reach]
        )
        x = g.add("Add", x, g.add("Gelu", near, domain="com.microsoft"))
    x = g.add("Transpose", x, perm=[0, 2, 1])
    g.linear(x, w["role.weight"], w["role.bias"], out="roles")
    floats = TensorProto.FLOAT
    inputs = {
        "words": (floats, ["cues", "words", LINK]),
        "cues": (floats, ["cues", LINK]),
        "gates": (floats, ["cues", LINK]),
        "seen": (TensorProto.INT32, ["cues", "words", 4]),
    }
    return g.model(inputs, {"roles": ["cues", "words", 4]})  # type: ignore[dict-item, arg-type]


def export(network: Network, folder: Path) -> None:
    """Writes ``encoder.onnx`` (int8) and ``linker.onnx`` to ``folder``."""
    network = network.eval()
    whole = folder / "encoder.fp32.onnx"
    onnx.save(encoder(network), whole)
    quantize_dynamic(
        whole,
        folder / "encoder.onnx",
        op_types_to_quantize=["MatMul", "Gather"],
        weight_type=QuantType.QInt8,
        per_channel=True,
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
    )
    whole.unlink()
    onnx.save(linker(network), folder / "linker.onnx")
