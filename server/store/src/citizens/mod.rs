//! Citizens who sign in by a code: accounts, codes, sessions, the organisations for which they act, what they wish about their data, and
//! the list of the own requests.
//! Not here: how often a code is sent and what it is (services), one request in full (`tickets::case::load_own`).
//! Numbers are found by the hash that tickets keep, and stand nowhere in the clear.

pub(crate) mod accounts;
mod asked;
mod codes;
pub(crate) mod mandates;
mod requests;
mod sessions;
pub mod wishes;

pub use accounts::{Account, agreed, all_of, by_phone, find, forget, put, rename, seen};
pub use codes::{Open, offer, take, try_once};
pub use mandates::{
    Sought, ask, end_all as end_mandates, holding, mandate, mandate_in, of_citizen as mandates_of,
    page as mandates_in, save as save_mandate,
};
pub use requests::of_citizen;
pub(crate) use sessions::end_everybody;
pub use sessions::{Session, Standing, begin, count, end, end_all, purge, standing, touch};

use crate::Conn;

/// The hash under which a number is found, however it was typed.
pub fn phone_hash(conn: &dyn Conn, phone: &str) -> Vec<u8> {
    crate::tickets::person::phone_hash(conn.handle().seal(), phone)
}

/// The hashes under which a number is found: by each key that finds, the newest first.
pub fn phone_hashes(conn: &dyn Conn, phone: &str) -> Vec<Vec<u8>> {
    crate::tickets::person::phone_hashes(conn.handle().seal(), phone)
}
