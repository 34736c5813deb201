//! Identifiers as types of their own, so that a ticket's id never stands where a unit's belongs.
//! Not here: making them (that is `services::Ids`, since a UUIDv7 needs the clock).
//! The public ticket number lives in `ticket::number`.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$meta:meta])* $name:ident;)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::fault::Fault;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self).map_err(|_| $crate::fault::Fault::missing())
            }
        }
    )+};
}

id! {
    /// A ticket (工单). Its time part is the ticket's `accepted_at` (I8).
    TicketId;
    /// An assignment (承办件): one unit's share of a ticket.
    AssignmentId;
    /// A person who can sign in.
    UserId;
    /// A signed-in session.
    SessionId;
    /// A citizen who signs in by a code.
    CitizenId;
    /// That a citizen acts for an organisation.
    MandateId;
    /// What a citizen wishes about the own data in a ticket.
    WishId;
    /// A form that is being filled in; photos hang on it until the form is sent.
    DraftId;
    /// A message that came in by text message or mail.
    IncomingId;
    /// One run of an import.
    BatchId;
    /// An approval (办件). Its time part is the moment it was filed.
    ApprovalId;
    /// An application (申请单). Its time part is its ticket's `accepted_at`, as of everything that hangs on a ticket.
    ApplicationId;
    /// One migration of running cases to another version.
    MigrationId;
    /// One activation of a version for an area or a kind.
    ActivationId;
    /// What is asked for about an account.
    AccountRequestId;
    /// Somebody who does another's tasks for a time.
    StandInId;
    /// A team of a unit.
    TeamId;
    /// A saved view of the ticket list.
    ViewId;
    /// Paper forms that were drawn together.
    PaperBlockId;
    /// A passkey of an account.
    PasskeyId;
    /// A review of who has an account in a unit.
    ReviewId;
    /// A long job.
    JobId;
    /// A file where it hangs on a case; the same bytes may hang elsewhere under another id.
    FileId;
    /// The bytes of a file, kept once.
    BlobId;
    /// A file that is on its way.
    UploadId;
    /// A case of any kind: the same id as its ticket's, its approval's or its application's.
    CaseId;
}

impl From<TicketId> for CaseId {
    fn from(id: TicketId) -> Self {
        Self(id.0)
    }
}

impl From<ApprovalId> for CaseId {
    fn from(id: ApprovalId) -> Self {
        Self(id.0)
    }
}

impl From<ApplicationId> for CaseId {
    fn from(id: ApplicationId) -> Self {
        Self(id.0)
    }
}
