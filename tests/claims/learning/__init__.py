"""Tests of what a desk teaches the matching."""
