//! Working time: the yearly decree of holidays and make-up days, periods of the day, deadlines and what is left of them.
//! All civil times are +08:00 (no daylight saving); instants are UTC milliseconds.
//! Not here: the data of the years (`store` seeds them), the clock (invariant I1).

mod instant;

pub use instant::Instant;
