//! The pages, one file each; the router's list is in `routes`.
//! Not here: shared components (`components`), what forms do (`forms`).
//! Every page is a `components::page::Page` with one `h1`.

pub mod citizen;
pub mod missing;
pub mod staff;
