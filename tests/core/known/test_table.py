"""The table against lines that were really printed."""

from pathlib import Path

import pytest

from core.known.table import SIGNATURES, diagnose

CORPUS = Path(__file__).parents[2] / "data" / "known_errors.txt"
LINES = [
    tuple(line.split(" | ", 2))
    for line in CORPUS.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("wanted", "where", "line"), LINES)
def test_a_line_of_the_corpus_is_known_by_its_signature(wanted: str, where: str, line: str) -> None:
    known = diagnose(line)
    assert known is not None and known.id == wanted


@pytest.mark.parametrize(("wanted", "where", "line"), LINES)
def test_no_other_signature_takes_it_for_its_own(wanted: str, where: str, line: str) -> None:
    takers = {signature.id for signature in SIGNATURES if signature.read(line)}
    assert takers - GENERAL == {wanted} - GENERAL


GENERAL = {"no-connection"}
"""Says that a connection failed, beside whatever says why."""


def test_every_signature_has_a_line_in_the_corpus() -> None:
    assert {signature.id for signature in SIGNATURES} == {line[0] for line in LINES}
    assert len(SIGNATURES) >= 40


def test_every_line_that_a_pattern_fits_has_one_of_its_needles() -> None:
    by_id = {signature.id: signature for signature in SIGNATURES}
    for wanted, _, line in LINES:
        assert any(needle in line for needle in by_id[wanted].needles), line


def test_every_signature_says_cause_fix_and_a_page() -> None:
    for signature in SIGNATURES:
        assert signature.cause and signature.fix
        assert signature.link.startswith("https://")
    assert len({signature.id for signature in SIGNATURES}) == len(SIGNATURES)


@pytest.mark.parametrize(
    "line",
    [
        "requests.exceptions.ConnectionError: ('Connection aborted.', ConnectionResetError(104,"
        " 'Connection reset by peer'))",
        "django.db.utils.OperationalError: (1040, 'Too many connections')",
    ],
)
def test_trouble_with_another_service_is_not_said_to_be_the_brokers(line: str) -> None:
    assert diagnose(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "[2026-11-25 12:00:00,000: ERROR/MainProcess] consumer: Cannot connect to"
        " redis://bob:hunter2@h:1/0: Error 111 connecting to h:1. Connection refused..",
        "KeyError: 'No such transport: hunter2://'",
        "KeyError: 'hunter2'",
        "ModuleNotFoundError: No module named 'redis://:hunter2@h'",
        "kombu.exceptions.EncodeError: hunter2 is not JSON serializable",
    ],
)
def test_nothing_that_may_be_a_secret_is_told(line: str) -> None:
    known = diagnose(line.replace("hunter2://", "redis://:hunter2@h"))
    assert "hunter2" not in repr(known)
