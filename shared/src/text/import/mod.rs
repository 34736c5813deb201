//! Words of the importers: how a file was read, what is doubtful, why a row is rejected. For people at a terminal and in the report.
//! Not here: the faults' sentences (`faults::staff`), which use these.
//! The words on the left are those of `services::sheet` and `services::import`.

use super::{Locale, Text, text};

/// The word of a separator.
pub const fn separator_word(sign: char) -> &'static str {
    match sign {
        '\t' => "tab",
        ';' => "semicolon",
        '|' => "bar",
        _ => "comma",
    }
}

/// A separator's name.
pub fn separator(word: &str) -> Text {
    match word {
        "tab" => text("制表符", "tabs"),
        "semicolon" => text("分号", "semicolons"),
        "bar" => text("竖线", "bars"),
        _ => text("逗号", "commas"),
    }
}

/// Why a file is no table.
pub fn file(why: &str) -> Text {
    match why {
        "missing" => text(
            "没有找到这个文件，请核对路径和文件名",
            "there is no such file; please check its path and name",
        ),
        "denied" => text("没有权限读这个文件", "this file may not be read"),
        "folder" => text("这是文件夹，不是文件", "this is a folder, not a file"),
        "empty" => text("文件是空的", "the file is empty"),
        "workbook" => text(
            "这是 Excel 工作簿，请在 Excel 或 WPS 里另存为“CSV UTF-8（逗号分隔）”后再导入",
            "this is a workbook; save it as “CSV UTF-8 (comma delimited)” and import that",
        ),
        "archive" => text(
            "这是压缩包，请解压后再导入（.csv.gz 可以直接导入）",
            "this is an archive; unpack it first (only .csv.gz is read as it is)",
        ),
        "picture" => text("这是图片，不是表格", "this is a picture, not a table"),
        "pdf" => text(
            "这是 PDF，不是表格，请导出为 CSV",
            "this is a PDF, not a table; export it as CSV",
        ),
        "markup" => text(
            "这是网页或 XML（有的系统把网页存成 .xls），请用 Excel 打开后另存为 CSV",
            "this is a web page or XML (some systems call it .xls); open it in Excel and save it as CSV",
        ),
        "broken" => text(
            "文件已损坏或没有下载完整",
            "the file is damaged or incomplete",
        ),
        "other" => text("这不是 CSV 表格", "this is no CSV table"),
        _ => text("文件读不出来", "the file cannot be read"),
    }
}

/// What is doubtful about the reading.
pub fn doubt(why: &str) -> Text {
    match why {
        "letters" => text(
            "有字节不符合这种编码，会变成“\u{FFFD}”",
            "bytes that do not fit the encoding; they would become “\u{FFFD}”",
        ),
        "quote_behind" => text(
            "右引号后面还有文字，引号按原文保留",
            "text behind a closing quote; the quotes are kept as text",
        ),
        "quote_open" => text(
            "引号没有闭合，这个引号按原文保留，到行末为止",
            "a quote that is never closed; it is kept as text, the row ends with its line",
        ),
        "swallowed" => text(
            "一格里有好几行，像是把后面的行吞进来了",
            "a cell of several lines, one of which looks like a row",
        ),
        "double_head" => text(
            "两列的表头是同一个意思，取了前一列，后一列作为来源原文保留",
            "two columns have one meaning; the first is taken, the other is kept as the source's words",
        ),
        "times" => text("时间列大半读不出来", "most of the times cannot be read"),
        _ => text("读法有疑问", "this may be read wrongly"),
    }
}

/// Our columns.
pub fn column(ours: &str) -> Text {
    match ours {
        "id" => text("编号", "id"),
        "time" => text("时间", "time"),
        "title" => text("标题", "title"),
        "text" => text("内容", "text"),
        "reply" => text("答复", "reply"),
        "reply_time" => text("答复时间", "reply time"),
        "kind" => text("类型", "kind"),
        "category" => text("分类", "category"),
        "region" => text("区域", "region"),
        "address" => text("地址", "address"),
        "name" => text("姓名", "name"),
        "phone" => text("电话", "phone"),
        "contact" => text("其他联系方式", "other contact"),
        "id_number" => text("证件号码", "identity number"),
        "email" => text("邮箱", "e-mail"),
        "organisation" => text("单位名称", "organisation"),
        "date" => text("日期", "date"),
        "day_name" => text("名称", "name"),
        "day_kind" => text("类型", "kind"),
        "notice_year" => text("年份", "year of the notice"),
        _ => text("整行", "row"),
    }
}

/// Why a row is rejected, or what was kept in the source's words.
pub fn reason(why: &str) -> Text {
    match why {
        "required" => text("没有填", "is missing"),
        "too_long" => text(
            "太长（最多 64 个字）",
            "is too long (64 characters at most)",
        ),
        "encoding" => text("有乱码，原文已丢失", "has lost letters"),
        "columns" => text(
            "格数比表头多，可能是文字里的分隔符没有加引号",
            "has more cells than there are heads; perhaps a separator in a text without quotes",
        ),
        "date" => text(
            "时间读不出来，请写成 2026-11-22 14:05",
            "cannot be read as a time; write 2026-11-22 14:05",
        ),
        "short_year" => text(
            "年份只有两位，请写四位",
            "has a year of two digits; write four",
        ),
        "day_or_month" => text(
            "分不清日和月，请把年份写在前面",
            "leaves open which is the day and which the month; write the year first",
        ),
        "no_day" => text("没有写日", "has no day"),
        "no_such_day" => text("没有这一天或这个时刻", "is no day or time that exists"),
        "future_date" => text("晚于现在", "lies in the future"),
        "text_differs" => text(
            "同一编号已经导入过，内容不同",
            "was imported before under this id with another text",
        ),
        "kept" => text(
            "没有对应，按来源原文保留",
            "not known here; kept in the source's words",
        ),
        "kept_contact" => text(
            "不是电话号码，保留在其他联系方式里",
            "no phone number; kept as the other contact",
        ),
        "without_reply" => text(
            "有答复时间没有答复，时间按来源原文保留",
            "a time of reply without a reply; kept in the source's words",
        ),
        "before" => text(
            "早于受理时间，按来源原文保留",
            "before the request itself; kept in the source's words",
        ),
        _ => text("读不出来", "cannot be read"),
    }
}

/// What a cell of a calendar may be.
pub fn day(column: &str) -> Text {
    match column {
        "date" => text(
            "日期读不出来，请写成 2027-01-01、2027/1/1 或 2027年1月1日",
            "is no date; write 2027-01-01",
        ),
        "date_twice" => text("同一天写了两次", "stands there twice"),
        "kind" => text(
            "类型只能写 off（休、放假）或 work（班、调休上班）",
            "is no kind; write off (休) or work (班)",
        ),
        "notice_year" => text(
            "年份应为四位数，并与日期同年或相邻",
            "is no year of a notice for this date; write four digits",
        ),
        "name" => text("名称应为 1 到 40 个字", "is no name of 1 to 40 characters"),
        _ => text("没有可以读的日子", "holds no day that can be read"),
    }
}

/// A year with fewer days off than any notice has.
pub fn thin_year(locale: Locale, year: i32, days: usize) -> String {
    match locale {
        Locale::Zh => format!(
            "注意：{year} 年只有 {days} 天放假，像是没有录完。国务院的通知每年至少 11 天；请补全后重新导入，否则 {year} 年的期限会算短。"
        ),
        Locale::En => format!(
            "warning: {year} has only {days} days off, which is no whole notice (11 and more). Complete the file and import it again, or deadlines in {year} come too early."
        ),
    }
}

/// Heads of the report of rejected rows.
pub const REPORT: [Text; 5] = [
    text("行号", "line"),
    text("编号", "id"),
    text("列", "column"),
    text("值", "value"),
    text("原因", "reason"),
];

/// A run that was killed may still have the file: how long that is waited for.
pub fn waits_for_another_run(seconds: u64, locale: Locale) -> String {
    match locale {
        Locale::Zh => {
            format!("这个文件的上一次导入可能刚刚中断，最多等 {seconds} 秒后从停下处继续。")
        }
        Locale::En => format!(
            "an import of this file may have been cut off just now; going on where it stood in at most {seconds} seconds"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_a_text_of_its_own() {
        for words in [
            [
                "missing", "denied", "folder", "empty", "workbook", "archive", "picture",
            ]
            .map(file),
            [
                "letters",
                "quote_behind",
                "quote_open",
                "swallowed",
                "double_head",
                "times",
                "x",
            ]
            .map(doubt),
            [
                "required",
                "columns",
                "date",
                "short_year",
                "day_or_month",
                "no_day",
                "future_date",
            ]
            .map(reason),
            ["id", "time", "text", "reply", "phone", "region", "name"].map(column),
        ] {
            let mut all: Vec<&str> = words.iter().map(|word| word.zh).collect();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), words.len(), "{words:?}");
        }
    }
}
