"""The yardsticks of the engine: a bare low-level loop and llama.cpp's own server. Each runs in a process of its own.

A yardstick process reads one JSON job a line on stdin and answers one JSON line on stdout.
"""

import ctypes
import json
import sys
import time
from collections.abc import Callable

CONTEXT = 4096

Job = dict[str, object]


def bare(path: str, threads: int) -> Callable[[Job], Job]:
    """llama_decode, llama_sampler_sample and token_to_piece in a plain loop: the floor of what Python can cost."""
    import llama_cpp.llama_cpp as ll

    quiet = ll.llama_log_callback(lambda *_: None)
    ll.llama_log_set(quiet, ctypes.c_void_p(0))
    ll.llama_backend_init()
    model = ll.llama_model_load_from_file(path.encode(), ll.llama_model_default_params())
    params = ll.llama_context_default_params()
    params.n_ctx, params.n_batch, params.n_ubatch = CONTEXT, 2048, 512
    params.n_threads = params.n_threads_batch = threads
    context = ll.llama_init_from_model(model, params)
    vocab = ll.llama_model_get_vocab(model)
    sampler = ll.llama_sampler_chain_init(ll.llama_sampler_chain_default_params())
    ll.llama_sampler_chain_add(sampler, ll.llama_sampler_init_greedy())
    piece = ctypes.create_string_buffer(256)

    def run(job: Job) -> Job:
        prompt = str(job["prompt"]).encode()
        tokens = (ll.llama_token * 4096)()
        count = ll.llama_tokenize(vocab, prompt, len(prompt), tokens, 4096, False, True)
        ll.llama_memory_clear(ll.llama_get_memory(context), True)
        ll.llama_decode(context, ll.llama_batch_get_one(tokens, count))
        one = (ll.llama_token * 1)()
        start = 0.0
        for step in range(int(str(job["tokens"]))):
            one[0] = ll.llama_sampler_sample(sampler, context, -1)
            ll.llama_token_to_piece(vocab, one[0], piece, 256, 0, True)
            if step == 0:
                start = time.perf_counter()
            ll.llama_decode(context, ll.llama_batch_get_one(one, 1))
        ll.llama_synchronize(context)
        return {
            "tokens_per_second": (int(str(job["tokens"])) - 1) / (time.perf_counter() - start),
            "quiet": bool(quiet),
        }

    return run


def server(path: str, threads: int) -> Callable[[Job], Job]:
    """llama.cpp's own server with its prompt cache, streaming; one slot."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = path
    params.n_ctx, params.n_parallel = CONTEXT, 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.verbosity = -1
    running = xllamacpp.Server(params)

    def run(job: Job) -> Job:
        times: list[float] = []
        text: list[str] = []

        def take(chunk: dict[str, list[dict[str, dict[str, str]]]]) -> bool:
            for choice in chunk.get("choices", ()):
                if content := choice["delta"].get("content"):
                    times.append(time.perf_counter())
                    text.append(content)
            return False

        start = time.perf_counter()
        request = {
            "messages": job["messages"],
            "max_tokens": job["tokens"],
            "temperature": 0,
            "stream": True,
            "cache_prompt": True,
        }
        running.handle_chat_completions(request, take)
        return {
            "first_token_seconds": times[0] - start,
            "tokens_per_second": (len(times) - 1) / (times[-1] - times[0]),
            "text": "".join(text),
        }

    return run


def main() -> None:
    """Serve jobs until stdin ends."""
    kind, path, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
    run = {"bare": bare, "server": server}[kind](path, threads)
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
