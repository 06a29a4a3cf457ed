"""Pages where an administrator keeps the calendar and the time limits, and the acts behind them."""
