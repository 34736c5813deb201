//! The slowly changing data that everything refers to: divisions, units, duties, categories, calendar, limits, definitions and their activations, settings.

pub(crate) mod activation;
pub(crate) mod calendar_day;
pub(crate) mod calendar_year;
pub(crate) mod category;
pub(crate) mod decision;
pub(crate) mod definition;
pub(crate) mod division;
pub(crate) mod duty;
pub(crate) mod lease;
pub(crate) mod limit_rule;
pub(crate) mod set_up_mark;
pub(crate) mod setting;
pub(crate) mod unit;
pub(crate) mod work_hour;
pub(crate) mod work_period;
