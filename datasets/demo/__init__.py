"""Synthetic figures for the demo: no real place or person is behind them."""
