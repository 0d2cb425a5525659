"""Coverage-guided fuzzing of every parser that reads what strangers write: `make fuzz`."""
