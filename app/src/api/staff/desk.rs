//! What lists of the desk are asked for by their addresses.
//! Not here: reading them (`incoming`, `paper`).

use services::tickets::paper::Asked;
use shared::query::{pairs_of, value_of};

/// State and page as an address names them.
pub(super) fn asked(query: &str, limit: u32) -> Asked {
    let pairs = pairs_of(query);
    let of = |name: &str| {
        let value = value_of(&pairs, name).filter(|value| !value.is_empty());
        value.map(str::to_owned)
    };
    Asked {
        state: of("state"),
        cursor: of("cursor"),
        limit,
    }
}
