//! Words of a ticket's life between dispatch and closing that came after the first forms: the unit's own word on what it asks, the bin, leaders who urge, bad ratings, three-way calls.
//! Not here: the forms of asking and ruling (the parent).

pub mod appease;
pub mod bin;
pub mod endorse;
pub mod press;
pub mod three_way;
