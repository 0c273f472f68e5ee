"""Definitions and packages without a finding, and the means to plant a defect in them."""
