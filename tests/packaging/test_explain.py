"""Plain words for what went wrong."""

import pytest
from groundwork import explain


@pytest.mark.parametrize(
    ("output", "words"),
    [
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE",
            "not the one this project was made with",
        ),
        (
            "Failed to establish a new connection: [Errno -3] Temporary failure in name resolution",
            "network could not be reached",
        ),
        ("ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED]", "certificate does not fit"),
        ("CMake Error: CMAKE_CXX_COMPILER not set, after EnableLanguage", "no C++ compiler"),
        ("c++: fatal error: Killed signal terminated program cc1plus", "ran out of memory"),
        ("E: Could not get lock /var/lib/dpkg/lock-frontend", "Another program is installing"),
        ("ERROR: No matching distribution found for nothing==1", "no version for this machine"),
        ("The virtual environment was not created successfully because ensurepip is not available", "python3-venv"),
        ("error: [Errno 13] Permission denied: '/opt'", "may not be written"),
    ],
)
def test_known_causes_are_named_with_the_cure(output: str, words: str) -> None:
    assert words in explain.cause(output, 1)


def test_a_killed_step_points_at_memory() -> None:
    assert "memory ran out" in explain.cause("", -9)


def test_an_unknown_cause_leaves_the_last_lines_to_read() -> None:
    told = explain.failure("Lock runtime", "\n".join(f"line {number}" for number in range(100)), 2)
    assert "line 99" in told
    assert "line 74" not in told
    assert "ended with code 2" in told
