//! Runs by example.
