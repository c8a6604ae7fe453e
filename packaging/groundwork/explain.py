"""Says in plain words why a step failed and what to do, from what the program printed."""

import re

TAIL = 25
"""Lines of the output that are shown."""
FINDINGS = 80

CAUSES: tuple[tuple[str, str], ...] = (
    (
        r"DO NOT MATCH THE HASHES|hash mismatch",
        "A downloaded file is not the one this project was made with, so it was not used. "
        "Try again; if it happens again, tell the project: do not work around it.",
    ),
    (
        r"No space left on device|ENOSPC|not enough space on the disk",
        "The disk is full. Free about 3 GB and run the same command again.",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|certificate verify failed|invalid peer certificate",
        "The connection could not be trusted: a certificate does not fit. A proxy or a wrong clock does this. "
        "Check both and run the same command again.",
    ),
    (
        r"name resolution|Name or service not known|getaddrinfo failed|Max retries exceeded"
        r"|Connection (refused|reset|timed out)"
        r"|Network is unreachable|Read timed out|Could not resolve|dns error|Failed to fetch|error sending request",
        "The network could not be reached. Set-up needs it once. Check the connection and run the same command again: "
        "what was done is kept.",
    ),
    (
        r"No matching distribution found|Could not find a version|has no usable wheels",
        "A package has no version for this machine or this Python, or the package index in use does not have it. "
        "See the last lines above for its name.",
    ),
    (
        r"No CMAKE_CXX_COMPILER|CMAKE_C_COMPILER not set|No CMAKE_C_COMPILER|unable to find a compiler|"
        r"CMAKE_CXX_COMPILER not set",
        "There is no C++ compiler. On Debian or Ubuntu: sudo apt-get install build-essential. "
        "On macOS: xcode-select --install. On Windows: the Visual Studio Build Tools.",
    ),
    (
        r"Killed signal|out of memory|cannot allocate memory|MemoryError",
        "The machine ran out of memory. Close other programs and run the same command again.",
    ),
    (
        r"Could not get lock|dpkg was interrupted|Unable to acquire the dpkg",
        "Another program is installing system packages. Wait until it is done and run the same command again.",
    ),
    (
        r"Unable to locate package",
        "This system does not know one of the packages. See its name above; another release may call it differently.",
    ),
    (
        r"ensurepip is not available|No module named ensurepip|No module named venv",
        "This Python cannot make virtual environments. On Debian or Ubuntu: sudo apt-get install python3-venv.",
    ),
    (
        r"Permission denied|EACCES|Access is denied|Operation not permitted",
        "A file or folder may not be written. Check who owns this folder and the cache folder of your user.",
    ),
)


def failure(name: str, output: str, code: int) -> str:
    """What to show when the step `name` ended with `code`: the end of its output, then the cause and the cure."""
    lines = [line.rstrip() for line in output.splitlines() if line.strip()][-TAIL:]
    shown = "\n".join(f"    {line}" for line in lines) or "    (it printed nothing)"
    return f"{shown}\n\n“{name}” did not succeed. {cause(output, code)}"


def findings(name: str, output: str, code: int) -> str:
    """What to show when a check found something, or could not run."""
    if code not in {1, 2}:
        return failure(name, output, code)
    shown = "\n".join(f"    {line}" for line in output.splitlines()[-FINDINGS:])
    return f"{shown}\n\n“{name}” found something: the lines above say what and where."


def cause(output: str, code: int) -> str:
    """One or two sentences: why, and what to do."""
    for pattern, words in CAUSES:
        if re.search(pattern, output, re.IGNORECASE):
            return words
    if code in {-9, 137}:
        return "The system ended it, most likely because memory ran out. Close other programs and try again."
    if code == 127:
        return "A program that it needs could not be started."
    return f"It ended with code {code}; the last lines above say why. The same command goes on where it stopped."
