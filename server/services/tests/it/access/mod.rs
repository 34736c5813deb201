//! What people may not do and may not see.

mod accused;
mod approvals;
mod came_back;
mod canaries;
mod doors;
mod foreign;
mod hushed;
mod looks;
mod matrix;
mod parts;
mod refusals;
mod unaudited;
mod verbs;
