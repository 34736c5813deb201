//! Where who somebody is comes from elsewhere: signing in by a provider (`provider`), and an identity management that says who comes and goes (`scim`).
//! Deliberately absent: what is believed of either (services).

pub mod provider;
pub mod scim;
