"""What pages about help read: queues, the log, referrals, feedback, and every figure."""
