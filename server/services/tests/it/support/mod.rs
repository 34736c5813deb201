//! The world of the tests: a clock that stands, seeded ids, one city with its centre and departments, and the people in it.

mod cast;
mod database;
#[allow(dead_code, reason = "the store's tests use the rest")]
#[path = "../../../../store/tests/it/support/faults.rs"]
pub mod faults;
pub mod http;
mod killed;
#[allow(dead_code, reason = "the store's tests use the rest")]
#[path = "../../../../store/tests/it/support/proxy.rs"]
pub mod proxy;
mod story;
mod template;
mod world;

pub use cast::{CENTRE, CGJ, STREET, SUZHOU_CENTRE, SUZHOU_ZJJ, ZJJ};
pub use database::Kind;
pub use killed::{killed_after, lives};
pub use story::{Filed, a_complaint, a_reply, at, example, example_of, said};
pub use world::{World, on_each_database, on_each_empty_database};
