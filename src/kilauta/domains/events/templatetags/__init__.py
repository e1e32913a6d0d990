"""What templates of events say of times and sums."""
