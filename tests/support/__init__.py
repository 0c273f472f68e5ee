"""What tests of several folders share: `from tests.support.growth import ...`."""
