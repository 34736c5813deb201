//! The shared components: semantic HTML with the classes of `style/`, words from `shared::text`, no inline style.
//! Forms are in `form`. Not here: whole pages (`pages`).
//! Each component says in its first line which classes it needs.

pub mod access;
#[cfg(feature = "staff")]
pub mod asked;
pub mod category_select;
pub mod empty;
pub mod fault;
#[cfg(feature = "staff")]
pub mod files;
pub mod finder;
pub mod form;
pub mod frame;
pub mod icon;
pub mod light;
pub mod on_page;
pub mod page;
pub mod pager;
pub mod photos;
pub mod place_choice;
pub mod row;
#[cfg(feature = "staff")]
pub mod staff;
pub mod ticket;
pub mod timeline;
pub mod unit_select;
#[cfg(feature = "staff")]
pub mod work_list;
