"""Measurements beside the peer in the same run: `python -m tests.benchmarks NAME`."""
