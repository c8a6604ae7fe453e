"""Turns kept weights into GGUF files with llama.cpp's own converter: the text model, and the encoder of its senses."""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PREPROCESSOR = {"image_mean": [0.0, 0.0, 0.0], "image_std": [1.0, 1.0, 1.0]}
"""The converter asks for it; Gemma 4 scales pixels in its own graph."""


def convert(sources: Path, weights: Path, tokenizer: Path, name: str, target: Path, *, encoder: bool = True) -> None:
    """Write `target` and, beside it, `mmproj-…` for the encoder.

    Args:
        sources: llama.cpp in the source archive of llama-cpp-python.
        weights: a folder that transformers wrote.
        tokenizer: the folder of the vocabulary.
        name: what the file calls itself.
        target: the GGUF file.
        encoder: whether the model sees or hears.
    """
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / name.replace(" ", "-")
        folder.mkdir()
        for file in (*weights.iterdir(), *tokenizer.iterdir()):
            if file.suffix != ".pt":
                shutil.copy(file, folder)
        (folder / "preprocessor_config.json").write_text(json.dumps(PREPROCESSOR), "utf-8")
        target.parent.mkdir(parents=True, exist_ok=True)
        program = [sys.executable, sources / "convert_hf_to_gguf.py", folder, "--outtype", "f16", "--model-name", name]
        subprocess.run([*program, "--outfile", target], check=True)
        if encoder:
            subprocess.run([*program, "--mmproj", "--outfile", target.with_name(f"mmproj-{target.name}")], check=True)


def main() -> None:
    """Convert one stage of the training."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=Path, required=True, help="llama.cpp in the sdist of llama-cpp-python")
    parser.add_argument("--work", type=Path, required=True, help="the folder of the training")
    parser.add_argument("--stage", default="long", help="the stage whose weights are converted")
    parser.add_argument("--target", type=Path, required=True, help="the GGUF file to write")
    asked = parser.parse_args()
    convert(asked.sources, asked.work / asked.stage, asked.work / "tokenizer", "Tiny Gemma 4 E", asked.target)


if __name__ == "__main__":
    main()
