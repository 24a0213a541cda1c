"""Benchmarks, never tests: each prints ratios against a floor measured in the same run.

The clock of a shared machine drifts; the ratio of two things timed in turn doesn't. Run one with
`python -m tests.benchmarks.NAME` on an installed package (pip compiles its bytecode).
"""
