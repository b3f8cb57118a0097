"""Item → Story → Pick → Article → Edition: cluster, rank, choose, and the two editors."""
