//! What every kind of case has from the one house, tried on tickets: timers at their deadlines, services, messages, incidents.

mod events;
mod kept;
mod timers;
