//! The engine from outside: the shipped definition, the shared cases, the standard's reference models, properties.
//! Not here: conditions and single elements, which are tested beside their code.
//! Next: `ticket`, `cases`, `models`, `properties`, `hostile`.

mod automatic;
mod change;
mod shared_data;
mod story;
mod undo;

mod cases;
mod hostile;
mod models;
mod properties;
mod ticket;
