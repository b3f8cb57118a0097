"""The commands: each joins the stages; the only place that reads the clock and the environment."""
