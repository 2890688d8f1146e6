"""What is known about an article beside its text: its first lines, its date, its outlet, columns' names."""
