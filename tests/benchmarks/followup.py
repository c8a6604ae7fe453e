"""followup: turn 12 with 300 new tokens, Enter to first words drawn, against llama.cpp's server with its cache."""

import statistics

from desktop.services.prompting import SYSTEM
from tests.benchmarks.decode import MODEL
from tests.benchmarks.peers import Peer
from tests.benchmarks.stage import THREADS, Stage

ROUNDS = 5
TURNS = 11
SHORT_ANSWER = 24
QUESTIONS = [f"Tell me one short fact about the number {number}." for number in range(2, 2 + TURNS)]
LONG = "Now read this note and say what it is about. " + " ".join(
    f"On day {day} the tenant of flat {day + 3} paid the rent late and wrote a letter about the broken window."
    for day in range(1, 15)
)


def measure() -> dict[str, object]:
    """Lead both through the same eleven turns, then time the twelfth."""
    stage = Stage(SHORT_ANSWER)
    ours: list[float] = []
    theirs: list[float] = []
    new_tokens = 0
    with Peer("server", MODEL, THREADS) as server:
        for turn in range(ROUNDS + 1):
            stage.new_chat()
            messages = [{"role": "system", "content": SYSTEM}]
            for question in QUESTIONS:
                stage.ask(question)
                messages.append({"role": "user", "content": question})
                answer = server.ask(messages=messages, tokens=SHORT_ANSWER)["text"]
                messages.append({"role": "assistant", "content": str(answer)})
            first, _, finished = stage.ask(LONG)
            messages.append({"role": "user", "content": LONG})
            reply = server.ask(messages=messages, tokens=SHORT_ANSWER)
            if turn and finished.answer.stats:
                new_tokens = finished.answer.stats.prompt_tokens - finished.answer.stats.reused_tokens
                ours.append(first)
                theirs.append(float(str(reply["first_token_seconds"])))
    stage.close()
    return {
        "benchmark": "followup",
        "turn": TURNS + 1,
        "new_tokens": new_tokens,
        "rounds": ROUNDS,
        "threads": THREADS,
        "seconds": round(statistics.median(ours), 3),
        "server_seconds": round(statistics.median(theirs), 3),
        "ratio": round(statistics.median(a / b for a, b in zip(ours, theirs, strict=True)), 3),
        "bound": 1.1,
    }
