//! What people of the house are told, and what could not be told to citizens: notices with their settings, undelivered notifications.
//! Not here: who is told what (the list *Who is told* of the register).

pub mod notices;
pub mod notifications;
