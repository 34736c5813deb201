//! What every kind of case has from the one house, tried on tickets: timers at their deadlines, services, messages, incidents,
//! actors, and what is entered later than it was done.

mod actors;
mod entered;
mod events;
mod kept;
mod timers;
