"""decode: tokens a second from composer to screen, against a bare low-level loop and llama.cpp's own server."""

import statistics

from desktop.core.paths import resources
from desktop.services.prompting import SYSTEM
from tests.benchmarks.peers import Peer
from tests.benchmarks.stage import THREADS, Stage

TOKENS = 128
ROUNDS = 15
QUESTION = "Write a long story about a fox and a bear who live in the forest."
MODEL = resources() / "models" / "SmolLM2-135M-Instruct.Q4_1.gguf"
PROMPT = f"<|im_start|>system\n{SYSTEM}<|im_end|>\n<|im_start|>user\n{QUESTION}<|im_end|>\n<|im_start|>assistant\n"
MESSAGES = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": QUESTION}]


def measure() -> dict[str, object]:
    """Interleave the three and compare each pair of neighbours."""
    stage = Stage(TOKENS)
    ours: list[float] = []
    bare_speeds: list[float] = []
    server_speeds: list[float] = []
    with Peer("bare", MODEL, THREADS) as bare, Peer("server", MODEL, THREADS) as server:
        for turn in range(ROUNDS + 1):
            bare_speed = bare.ask(prompt=PROMPT, tokens=TOKENS)["tokens_per_second"]
            stage.new_chat()
            first, last, finished = stage.ask(QUESTION)
            server_speed = server.ask(messages=MESSAGES, tokens=TOKENS)["tokens_per_second"]
            if turn:  # the first round loads the model and warms up
                written = finished.answer.stats.answer_tokens if finished.answer.stats else 0
                ours.append((written - 1) / (last - first))
                bare_speeds.append(float(str(bare_speed)))
                server_speeds.append(float(str(server_speed)))
    stage.close()
    return {
        "benchmark": "decode",
        "tokens": TOKENS,
        "rounds": ROUNDS,
        "threads": THREADS,
        "tokens_per_second": round(statistics.median(ours), 1),
        "bare": round(statistics.median(bare_speeds), 1),
        "server": round(statistics.median(server_speeds), 1),
        "ratio_bare": round(statistics.median(a / b for a, b in zip(ours, bare_speeds, strict=True)), 3),
        "ratio_server": round(statistics.median(a / b for a, b in zip(ours, server_speeds, strict=True)), 3),
        "bounds": {"ratio_bare": 0.97, "ratio_server": 1.0},
    }
