"""For all tests: the servers that they call, and how thorough the property tests are.

`--hypothesis-profile=thorough` is for a long run.
"""

from hypothesis import HealthCheck, Phase, settings

pytest_plugins = ["tests.support.servers"]
collect_ignore = ["samples"]  # projects of their own, which tests/package/ runs with the wheel

common = settings(
    database=None,
    deadline=None,
    # `explicit` runs the `@example`s. No shrinking: with examples as large as these it takes minutes.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],  # it tells of the machine, not of a test
)
settings.register_profile("quick", common, max_examples=15, derandomize=True)
settings.register_profile("thorough", common, max_examples=300, print_blob=True)
settings.load_profile("quick")
