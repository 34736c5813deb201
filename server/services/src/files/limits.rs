//! What an installation takes: kinds, sizes by group, files and bytes of a case, hours that an upload may take. Settings, with defaults.
//! Not here: how often somebody may try (`tries`), room on the disk (`write::leaves_room`).

use shared::fault::{Code, Fault};
use shared::file::{FileGroup, FileKind};
use store::{Conn, StoreError, settings};

/// Uploads of a person under way at a time.
pub(super) const OPEN: i64 = 20;
const MB: i64 = 1 << 20;

/// The limits of now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// What is taken.
    pub kinds: Vec<FileKind>,
    /// Megabytes of a photo, which is decoded in memory.
    pub photo_mb: i64,
    /// Megabytes of a document.
    pub document_mb: i64,
    /// Megabytes of sound.
    pub audio_mb: i64,
    /// Megabytes of video.
    pub video_mb: i64,
    /// Files of a case.
    pub per_case: i64,
    /// Megabytes of a case.
    pub case_mb: i64,
    /// Hours that an upload may take.
    pub hours: i64,
}

fn taken(kinds: impl Iterator<Item = FileKind>) -> Vec<FileKind> {
    kinds.filter(|kind| kind.is_taken()).collect()
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            kinds: taken(FileKind::ALL.iter().copied()),
            photo_mb: 10,
            document_mb: 50,
            audio_mb: 100,
            video_mb: 500,
            per_case: 50,
            case_mb: 2_000,
            hours: 48,
        }
    }
}

impl Limits {
    /// Reads the settings `files.kinds` (`all`, or words with commas), `files.photo_mb`, `files.document_mb`, `files.audio_mb`, `files.video_mb`,
    /// `files.per_case`, `files.case_mb` and `files.upload_hours`; what is not set or makes no sense stays at its default.
    ///
    /// # Errors
    /// Of the store.
    pub async fn read(conn: &dyn Conn) -> Result<Self, StoreError> {
        let mut limits = Self::default();
        if let Some(words) = settings::get(conn, "files.kinds").await? {
            let kinds = words.split(',').map(str::trim);
            if words.trim() != "all" {
                limits.kinds = taken(kinds.filter_map(FileKind::parse));
            }
        }
        let numbers: [(&str, &mut i64, i64); 7] = [
            ("files.photo_mb", &mut limits.photo_mb, 10),
            ("files.document_mb", &mut limits.document_mb, 2_000),
            ("files.audio_mb", &mut limits.audio_mb, 4_000),
            ("files.video_mb", &mut limits.video_mb, 20_000),
            ("files.per_case", &mut limits.per_case, 10_000),
            ("files.case_mb", &mut limits.case_mb, 1_000_000),
            ("files.upload_hours", &mut limits.hours, 24 * 30),
        ];
        for (key, place, most) in numbers {
            let set = settings::get(conn, key).await?;
            let set = set.and_then(|text| text.trim().parse().ok());
            *place = set.unwrap_or(*place).clamp(0, most);
        }
        Ok(limits)
    }

    fn mb(&self, group: FileGroup) -> i64 {
        match group {
            FileGroup::Photo => self.photo_mb,
            FileGroup::Document => self.document_mb,
            FileGroup::Audio => self.audio_mb,
            FileGroup::Video => self.video_mb,
        }
    }

    /// Whether a file of this kind and length may come.
    pub(super) fn takes(&self, kind: FileKind, size: i64, name: &str) -> Result<(), Fault> {
        if !self.kinds.contains(&kind) {
            return Err(self.not_taken(name));
        }
        if size > self.most(kind) {
            return Err(self.too_large(kind));
        }
        Ok(())
    }

    /// Bytes of a file of this kind at most.
    pub(super) fn most(&self, kind: FileKind) -> i64 {
        self.mb(kind.group()) * MB
    }

    /// The fault for a file that is longer.
    pub(super) fn too_large(&self, kind: FileKind) -> Fault {
        Fault::new(Code::FileTooLarge).fact("max_mb", self.mb(kind.group()))
    }

    /// The fault for a kind that is not taken, with those that are.
    pub(super) fn not_taken(&self, name: &str) -> Fault {
        let endings: Vec<&str> = self
            .kinds
            .iter()
            .filter_map(|kind| kind.endings().first().copied())
            .collect();
        super::look::refused("unknown", name).fact("kinds", endings.join(" "))
    }

    /// Whether a case with so many files and bytes may get one more.
    pub(super) fn leaves(&self, has: store::files::Totals, size: i64) -> Result<(), Fault> {
        if has.count >= self.per_case {
            return Err(Fault::new(Code::FileTooMany).fact("max", self.per_case));
        }
        if has.bytes.saturating_add(size) > self.case_mb * MB {
            return Err(Fault::new(Code::FileQuota).fact("max_mb", self.case_mb));
        }
        Ok(())
    }
}
