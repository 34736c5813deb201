//! Files that people and programs hang on a case: kinds, states, places, what is asked for and what is shown.
//! Not here: the words of the page (`text::file`), looking at bytes, sealing and keeping them (`services::files`).
//! Photos of a citizen's form are files like all others, with a view of their own where they are shown as pictures (`ticket::view::AttachmentView`).

mod kind;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::calendar::Instant;
use crate::ids::{DraftId, FileId, IncomingId, JobId, UploadId};

pub use kind::{FileGroup, FileKind};

codes! {
    /// How it stands with the bytes of a file.
    FileState {
        Clean = "clean", "clean", "可以下载", "Ready";
        Quarantined = "quarantined", "quarantined", "等待病毒检查", "Waiting for the virus check";
        Refused = "refused", "refused", "含有病毒，已销毁", "Infected and destroyed";
        Erased = "erased", "erased", "已销毁", "Destroyed";
    }
}

codes! {
    /// On what a file hangs: a case, a citizen's form before there is one, a job, a message that came in.
    FileCase {
        Ticket = "T", "ticket", "工单", "Ticket";
        Approval = "A", "approval", "办件", "Approval";
        Form = "F", "form", "填写中的表单", "Form being filled in";
        Job = "J", "job", "后台任务", "Job";
        Message = "M", "message", "来信", "Message that came in";
    }
}

codes! {
    /// To what of its case a file belongs.
    FilePlace {
        Case = "case", "case", "案卷", "Case file";
        Reply = "reply", "reply", "答复附件", "Reply";
        Slot = "slot", "slot", "材料", "Material";
        Task = "task", "task", "办理任务", "Task";
        Event = "event", "event", "办理记录", "Line of the history";
        Photo = "photo", "photo", "市民照片", "Citizen's photo";
        Result = "result", "result", "任务结果", "Result of a job";
    }
}

/// Where a file is to hang.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Hook {
    /// Kind of the case; forms and jobs hang files on themselves.
    pub case: FileCase,
    /// The ticket's or the approval's id.
    pub id: Uuid,
    /// The assignment whose reply it belongs to, of a ticket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignment: Option<Uuid>,
    /// Name of the material that it is, of an approval. The same name again is the material's next version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<String>,
    /// Number of the case's open task for which it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<i64>,
    /// Number of the line of the case's history that it proves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<i32>,
    /// Whether it is a photo of the citizen's form. Nobody says so from outside.
    #[serde(skip)]
    pub photo: bool,
}

impl Hook {
    /// A case's own file.
    pub const fn of(case: FileCase, id: Uuid) -> Self {
        Self {
            case,
            id,
            assignment: None,
            slot: None,
            task: None,
            event: None,
            photo: false,
        }
    }

    /// A ticket's own file.
    pub const fn ticket(id: Uuid) -> Self {
        Self::of(FileCase::Ticket, id)
    }

    /// An approval's own file.
    pub const fn approval(id: Uuid) -> Self {
        Self::of(FileCase::Approval, id)
    }

    /// A photo of a form that is being filled in.
    pub fn photo(form: DraftId) -> Self {
        Self {
            photo: true,
            ..Self::of(FileCase::Form, form.0)
        }
    }

    /// A job's result.
    pub const fn result(job: JobId) -> Self {
        Self::of(FileCase::Job, job.0)
    }

    /// What hung on a message that came in.
    pub const fn message(message: IncomingId) -> Self {
        Self::of(FileCase::Message, message.0)
    }

    /// The same place when its task is done: what was for the task is the case's own then.
    #[must_use]
    pub fn settled(&self) -> Self {
        Self {
            task: None,
            ..self.clone()
        }
    }

    /// To what of the case it belongs.
    pub const fn place(&self) -> FilePlace {
        if self.photo {
            FilePlace::Photo
        } else if matches!(self.case, FileCase::Job) {
            FilePlace::Result
        } else if self.assignment.is_some() {
            FilePlace::Reply
        } else if self.slot.is_some() {
            FilePlace::Slot
        } else if self.task.is_some() {
            FilePlace::Task
        } else if self.event.is_some() {
            FilePlace::Event
        } else {
            FilePlace::Case
        }
    }
}

/// An upload to begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BeginUpload {
    /// Where the file is to hang.
    pub hook: Hook,
    /// The file's name at the sender's; its ending must fit its content.
    pub name: String,
    /// Its length in bytes.
    pub size: i64,
}

/// An upload under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UploadView {
    /// Its id.
    pub id: UploadId,
    /// Bytes that are safe here; the next part begins there.
    pub offset: i64,
    /// Bytes in all.
    pub size: i64,
    /// When it is thrown away unless it is complete.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub expires_at: Instant,
    /// The file that it became.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<FileId>,
}

/// What a part of an upload came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UploadSent {
    /// Where the upload stands now.
    pub upload: UploadView,
    /// The file, when this was its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<FileView>,
}

/// A file as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileView {
    /// Its id.
    pub id: FileId,
    /// The name for saving.
    pub name: String,
    /// What its content is.
    pub kind: FileKind,
    /// Bytes.
    pub size: i64,
    /// Digest of its bytes in hexadecimal (SHA-256); empty when they are destroyed.
    pub sha256: String,
    /// How it stands with it.
    pub state: FileState,
    /// To what of the case it belongs.
    pub place: FilePlace,
    /// The assignment whose reply it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignment: Option<Uuid>,
    /// The material's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<String>,
    /// Number of the task for which it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<i64>,
    /// Number of the line of the history that it proves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<i32>,
    /// Which version of its material it is, from 1; 0 for what is none.
    pub version: i32,
    /// Whether the reader may take it away again.
    #[serde(default)]
    pub may_remove: bool,
    /// Who hung it there.
    pub by: String,
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Instant,
}

/// The files of a case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FileList {
    /// Oldest first.
    pub items: Vec<FileView>,
}
