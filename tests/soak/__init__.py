"""Minutes of mixed load, and kills at random: `make soak`; a short form of the kills is a test."""
