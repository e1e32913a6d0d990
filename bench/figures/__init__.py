"""What all figures of a coordinator's year cost the database at 100,000 sessions, beside one indexed count."""
