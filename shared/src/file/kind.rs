//! Kinds of files that can be taken, their endings and media types, and the groups that limits are set for.
//! Not here: telling a kind by its bytes (`services::files::look`), which kinds an office takes (a setting).
//! OFD is the state's own page format (GB/T 33190).

codes! {
    /// What the content of a file is.
    FileKind {
        Jpeg = "jpeg", "jpeg", "JPEG 照片", "JPEG photo";
        Png = "png", "png", "PNG 图片", "PNG picture";
        WebP = "webp", "webp", "WebP 图片", "WebP picture";
        Pdf = "pdf", "pdf", "PDF 文件", "PDF document";
        Ofd = "ofd", "ofd", "OFD 版式文件", "OFD document";
        Docx = "docx", "docx", "Word 文档", "Word document";
        Xlsx = "xlsx", "xlsx", "Excel 表格", "Excel sheet";
        Pptx = "pptx", "pptx", "演示文稿", "Slides";
        Odt = "odt", "odt", "开放文档（文字）", "OpenDocument text";
        Ods = "ods", "ods", "开放文档（表格）", "OpenDocument sheet";
        Odp = "odp", "odp", "开放文档（演示）", "OpenDocument slides";
        Mp3 = "mp3", "mp3", "MP3 录音", "MP3 sound";
        M4a = "m4a", "m4a", "M4A 录音", "M4A sound";
        Wav = "wav", "wav", "WAV 录音", "WAV sound";
        Amr = "amr", "amr", "AMR 录音", "AMR sound";
        Ogg = "ogg", "ogg", "OGG 录音", "OGG sound";
        Mp4 = "mp4", "mp4", "MP4 视频", "MP4 video";
        Csv = "csv", "csv", "CSV 表格", "CSV table";
        CsvGb18030 = "csv_gb18030", "csv_gb18030", "CSV 表格（GB18030）", "CSV table (GB18030)";
        JsonLines = "jsonl", "jsonl", "JSON 行", "JSON lines";
        Zip = "zip", "zip", "ZIP 压缩包", "ZIP archive";
    }
}

codes! {
    /// What limits are set for.
    FileGroup {
        Photo = "photo", "photo", "照片", "photos";
        Document = "document", "document", "文档", "documents";
        Audio = "audio", "audio", "录音", "sound";
        Video = "video", "video", "视频", "video";
    }
}

impl FileKind {
    /// Its group.
    pub const fn group(self) -> FileGroup {
        match self {
            Self::Jpeg | Self::Png | Self::WebP => FileGroup::Photo,
            Self::Pdf
            | Self::Ofd
            | Self::Docx
            | Self::Xlsx
            | Self::Pptx
            | Self::Odt
            | Self::Ods
            | Self::Odp
            | Self::Csv
            | Self::CsvGb18030
            | Self::JsonLines
            | Self::Zip => FileGroup::Document,
            Self::Mp3 | Self::M4a | Self::Wav | Self::Amr | Self::Ogg => FileGroup::Audio,
            Self::Mp4 => FileGroup::Video,
        }
    }

    /// Endings that fit it, without the dot; the first is the usual one.
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Self::Png => &["png"],
            Self::WebP => &["webp"],
            Self::Pdf => &["pdf"],
            Self::Ofd => &["ofd"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Pptx => &["pptx"],
            Self::Odt => &["odt"],
            Self::Ods => &["ods"],
            Self::Odp => &["odp"],
            Self::Mp3 => &["mp3"],
            Self::M4a => &["m4a"],
            Self::Wav => &["wav"],
            Self::Amr => &["amr"],
            Self::Ogg => &["ogg", "oga", "opus"],
            Self::Mp4 => &["mp4", "m4v"],
            Self::Csv => &["csv"],
            Self::CsvGb18030 => &["gb18030.csv"],
            Self::JsonLines => &["jsonl"],
            Self::Zip => &["zip"],
        }
    }

    /// The media type that it is sent with.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Ofd => "application/ofd",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odp => "application/vnd.oasis.opendocument.presentation",
            Self::Mp3 => "audio/mpeg",
            Self::M4a => "audio/mp4",
            Self::Wav => "audio/wav",
            Self::Amr => "audio/amr",
            Self::Ogg => "audio/ogg",
            Self::Mp4 => "video/mp4",
            Self::Csv => "text/csv; charset=utf-8",
            Self::CsvGb18030 => "text/csv; charset=gb18030",
            Self::JsonLines => "application/x-ndjson; charset=utf-8",
            Self::Zip => "application/zip",
        }
    }

    /// Whether it can be taken from anybody. Tables and archives are what the server itself writes: by its bytes alone nothing is one.
    pub const fn is_taken(self) -> bool {
        !matches!(
            self,
            Self::Csv | Self::CsvGb18030 | Self::JsonLines | Self::Zip
        )
    }

    /// The kind of an ending, in whichever case.
    pub fn of_ending(ending: &str) -> Option<Self> {
        let is_it = |kind: &Self| {
            let mut all = kind.endings().iter();
            all.any(|own| own.eq_ignore_ascii_case(ending))
        };
        Self::ALL.iter().copied().find(is_it)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_belongs_to_one_kind() {
        let mut seen = std::collections::BTreeSet::new();
        for kind in FileKind::ALL {
            for ending in kind.endings() {
                assert!(seen.insert(*ending), "{ending} stands twice");
                assert_eq!(FileKind::of_ending(&ending.to_uppercase()), Some(*kind));
            }
        }
        assert_eq!(FileKind::of_ending("exe"), None);
    }
}
