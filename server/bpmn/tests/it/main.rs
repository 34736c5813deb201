//! The engine from outside: the shipped definitions, the shared cases, the standard's reference models, properties.
//! Not here: conditions and single elements, which are tested beside their code.
//! Next: `ticket`, `permit`, `turns`, `cases`, `models`, `properties`, `blocks`, `hostile`.

mod automatic;
mod blocks;
mod change;
mod library;
mod migrated;
mod shared_data;
mod story;
mod undo;
mod undo_order;

mod cases;
mod hostile;
mod models;
mod permit;
mod properties;
mod ticket;
mod truth;
mod turns;
