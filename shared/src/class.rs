//! What kind of failure a fault is, and its HTTP status.
//! Not here: the codes (`fault`, which offers this as its own).
//! A class says what whoever is refused can do about it.

/// What kind of failure a code is; decides the HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Something typed or sent is not acceptable: 422.
    Input,
    /// Nobody is signed in, or the token is not valid: 401.
    SignedOut,
    /// The right is missing: 403.
    Denied,
    /// It does not exist, or it lies outside the actor's scope: 404.
    Missing,
    /// Somebody else was faster, or the ticket is in another state: 409.
    Conflict,
    /// Body or file too large: 413.
    TooLarge,
    /// The body came too slowly and was given up: 408.
    Slow,
    /// Too many tries: 429.
    Limited,
    /// A dependency does not answer just now: 503.
    Busy,
    /// A defect or a failed dependency: 500.
    Broken,
}

impl Class {
    /// The HTTP status of the class.
    pub const fn status(self) -> u16 {
        match self {
            Self::Input => 422,
            Self::SignedOut => 401,
            Self::Denied => 403,
            Self::Missing => 404,
            Self::Conflict => 409,
            Self::TooLarge => 413,
            Self::Slow => 408,
            Self::Limited => 429,
            Self::Busy => 503,
            Self::Broken => 500,
        }
    }
}
