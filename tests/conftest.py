"""How thorough the property tests are: `--hypothesis-profile=deep` for the long run."""

from hypothesis import HealthCheck, Phase, settings

# No shrinking: with examples as large as these it takes minutes. `too_slow` tells of the machine, not of a test.
common = settings(
    database=None, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("commit", common, max_examples=15, derandomize=True)
settings.register_profile("deep", common, max_examples=300, print_blob=True)
settings.load_profile("commit")
