"""Figures that are not counts: shares, means, weighted ones, as safe as the counts behind them."""
