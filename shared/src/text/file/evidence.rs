//! Words about what proves something: visits on site with their officers, places and files of a try, and of what is asked for.
//! Not here: the list of files and its forms (`file`), the rest of a part (`ticket`).

use crate::text::{Locale, Text, text};

pub const SITES: Text = text("现场记录", "Visits on site");
pub const KIND: Text = text("到场事由", "What the visit was");
pub const VISITED: Text = text("到场时间", "When it was");
pub const OFFICER: Text = text("到场人员（一）", "First officer");
pub const OFFICER_NO: Text = text("执法证号（一）", "Certificate of the first");
pub const SECOND: Text = text("到场人员（二）", "Second officer");
pub const SECOND_NO: Text = text("执法证号（二）", "Certificate of the second");
pub const FOUND: Text = text("现场情况", "What was found");
pub const MEASURES: Text = text("现场处置", "What was done there");
pub const LON: Text = text("经度（GCJ-02）", "Longitude (GCJ-02)");
pub const LAT: Text = text("纬度（GCJ-02）", "Latitude (GCJ-02)");
pub const FILES: Text = text("佐证附件", "Files that prove it");
pub const FILES_HELP: Text = text(
    "勾选已上传到本件的照片或文件，最多 9 个；还没有上传的，请先在“附件”处上传（承办单位用“添加答复附件”）。",
    "Tick photos or files that hang on the ticket, 9 at most; what is not there yet is added below *Files* first.",
);
pub const FILES_NONE: Text = text(
    "需要附照片或文件的，请先在“附件”处上传（承办单位用“添加答复附件”），再在这里勾选。",
    "To attach photos or files, add them below *Files* first and tick them here.",
);
pub const SITE_HELP: Text = text(
    "记录到现场的时间、地点、人员和情况。执法检查、行政执法须有两名人员，并填写执法证号。",
    "When and where, who was there and what was found. An inspection or an enforcement needs two officers, each with the number of the certificate.",
);
pub const SITE_SEND: Text = text("保存现场记录", "Record the visit");

/// `附件 1`.
pub fn file(n: usize, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("附件 {n}"),
        Locale::En => format!("File {n}"),
    }
}

/// `李建国（执法证号 01-123）`.
pub fn officer(name: &str, no: Option<&str>, locale: Locale) -> String {
    match (no, locale) {
        (None, _) => name.to_owned(),
        (Some(no), Locale::Zh) => format!("{name}（执法证号 {no}）"),
        (Some(no), Locale::En) => format!("{name} (certificate {no})"),
    }
}

/// `佐证附件 2 个`.
pub fn proofs(n: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("佐证附件 {n} 个"),
        Locale::En => format!("files that prove it: {n}"),
    }
}
