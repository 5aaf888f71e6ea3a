"""Tables in the manner of PC-Axis: their ids, their measures as a dimension, and their files."""
