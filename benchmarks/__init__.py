"""The measured comparison with moto and with a do-nothing handler: ``python -m benchmarks [--quick] [row]``."""
