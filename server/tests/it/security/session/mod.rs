//! Attacks on who somebody is: sessions that were there before, tokens that were never given, posts from elsewhere, names that are guessed, ways on.
//! Deliberately absent: guessing many times (`tries`, and `services`, `sessions::strangers`), second factors (`second_factor`).

mod x13_fixation;
mod x14_tokens;
mod x15_origins;
mod x16_enumeration;
mod x18_ways_on;
