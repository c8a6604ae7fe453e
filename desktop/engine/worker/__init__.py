"""What runs inside the model process: llama.cpp, the chat template, sampling.

May import core and its own siblings; llama_cpp and jinja2 are loaded when a model is, never at import.
"""
