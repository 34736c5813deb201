//! The copy against plain Rust: random rows, random cubes, several versions of a row, files that are lost or damaged.

mod cubes;
mod files;
mod model;
