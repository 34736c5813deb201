//! Forms about tickets that are no form of one verb: several at once, handled together, the follow-up pool, files and tags, the look at a citizen.
//! Not here: the verbs themselves (`staff::verb`), pages (`pages::staff`).

pub mod bulk;
pub mod follow_ups;
pub mod incoming;
pub mod life;
pub mod paper;
pub mod phrases;
pub mod reveal;
pub mod together;
