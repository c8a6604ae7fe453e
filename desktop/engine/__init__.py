"""The model process and the way to it: files and their headers, what fits, the pipe, the ChatEngine port.

May import core; llama_cpp and jinja2 only inside `worker`.
"""
