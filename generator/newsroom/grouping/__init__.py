"""Which reports tell one event, and which stories tell again what another has told."""
