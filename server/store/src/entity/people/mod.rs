//! People: accounts, roles and posts, sessions, and what is known about tries and devices.
//! Not here: rights (`shared::access`), the life of accounts (`life`).

pub(crate) mod factor;
pub(crate) mod known_device;
pub(crate) mod notice;
pub(crate) mod notice_choice;
pub(crate) mod notice_contact;
pub(crate) mod post;
pub(crate) mod recovery_code;
pub(crate) mod reset_link;
pub(crate) mod role;
pub(crate) mod role_permission;
pub(crate) mod session;
pub(crate) mod stand_in;
pub(crate) mod tally;
pub(crate) mod team;
pub(crate) mod team_member;
pub(crate) mod unreachable;
pub(crate) mod user;
pub(crate) mod user_role;
pub(crate) mod wrong_try;
