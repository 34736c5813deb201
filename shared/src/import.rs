//! Codes of the importers: why a file is no table, what is doubtful about its reading, why a row is rejected or kept in other words.
//! Not here: reading files (`services::sheet`), taking rows (`services::import`), sentences around them (`text::import`).
//! The words stand in reports, faults and cursors, so they are permanent.

codes! {
    /// Why a file is no table.
    NoTable {
        Missing = "missing", "missing", "没有找到这个文件，请核对路径和文件名", "there is no such file; please check its path and name";
        Denied = "denied", "denied", "没有权限读这个文件", "this file may not be read";
        Folder = "folder", "folder", "这是文件夹，不是文件", "this is a folder, not a file";
        Empty = "empty", "empty", "文件是空的", "the file is empty";
        Workbook = "workbook", "workbook", "这是 OpenDocument 表格，请另存为 .xlsx 或“CSV UTF-8（逗号分隔）”后再导入", "this is an OpenDocument sheet; save it as .xlsx or as “CSV UTF-8 (comma delimited)” and import that";
        OldBook = "old_book", "old_book", "这是带密码的或旧版（.xls）的工作簿，在这里读不了，请另存为不带密码的 .xlsx 或 CSV", "this is a locked or an old (.xls) workbook, which cannot be read here; save it as .xlsx without a password, or as CSV";
        Large = "large", "large", "这个工作簿的内容太多，请只留需要的一张表，或另存为 CSV", "there is too much in this workbook; keep the one sheet that is needed, or save it as CSV";
        Archive = "archive", "archive", "这是压缩包，请解压后再导入（.csv.gz 可以直接导入）", "this is an archive; unpack it first (only .csv.gz is read as it is)";
        Picture = "picture", "picture", "这是图片，不是表格", "this is a picture, not a table";
        Pdf = "pdf", "pdf", "这是 PDF，不是表格，请导出为 CSV", "this is a PDF, not a table; export it as CSV";
        Markup = "markup", "markup", "这是网页或 XML（有的系统把网页存成 .xls），请用 Excel 打开后另存为 CSV", "this is a web page or XML (some systems call it .xls); open it in Excel and save it as CSV";
        Broken = "broken", "broken", "文件已损坏或没有下载完整", "the file is damaged or incomplete";
        Other = "other", "other", "这不是 CSV 表格", "this is no CSV table";
        Unreadable = "unreadable", "unreadable", "文件读不出来", "the file cannot be read";
    }
}

codes! {
    /// What is doubtful about the reading.
    Doubtful {
        Letters = "letters", "letters", "有字节不符合这种编码，会变成“\u{FFFD}”", "bytes that do not fit the encoding; they would become “\u{FFFD}”";
        QuoteBehind = "quote_behind", "quote_behind", "右引号后面还有文字，引号按原文保留", "text behind a closing quote; the quotes are kept as text";
        QuoteOpen = "quote_open", "quote_open", "引号没有闭合，这个引号按原文保留，到行末为止", "a quote that is never closed; it is kept as text, the row ends with its line";
        Swallowed = "swallowed", "swallowed", "一格里有好几行，像是把后面的行吞进来了", "a cell of several lines, one of which looks like a row";
        DoubleHead = "double_head", "double_head", "两列的表头是同一个意思，取了前一列，后一列作为来源原文保留", "two columns have one meaning; the first is taken, the other is kept as the source's words";
    }
}

codes! {
    /// Why a row is rejected, or what of it was kept in the source's words.
    Reason {
        Required = "required", "required", "没有填", "is missing";
        TooLong = "too_long", "too_long", "太长（最多 64 个字）", "is too long (64 characters at most)";
        Encoding = "encoding", "encoding", "有乱码，原文已丢失", "has lost letters";
        Columns = "columns", "columns", "格数比表头多，可能是文字里的分隔符没有加引号", "has more cells than there are heads; perhaps a separator in a text without quotes";
        Date = "date", "date", "时间读不出来，请写成 2026-11-22 14:05", "cannot be read as a time; write 2026-11-22 14:05";
        ShortYear = "short_year", "short_year", "年份只有两位，请写四位", "has a year of two digits; write four";
        DayOrMonth = "day_or_month", "day_or_month", "分不清日和月，请把年份写在前面", "leaves open which is the day and which the month; write the year first";
        NoDay = "no_day", "no_day", "没有写日", "has no day";
        NoSuchDay = "no_such_day", "no_such_day", "没有这一天或这个时刻", "is no day or time that exists";
        FutureDate = "future_date", "future_date", "晚于现在", "lies in the future";
        TextDiffers = "text_differs", "text_differs", "同一编号已经导入过，内容不同", "was imported before under this id with another text";
        Kept = "kept", "kept", "没有对应，按来源原文保留", "not known here; kept in the source's words";
        KeptContact = "kept_contact", "kept_contact", "不是电话号码，保留在其他联系方式里", "no phone number; kept as the other contact";
        WithoutReply = "without_reply", "without_reply", "有答复时间没有答复，时间按来源原文保留", "a time of reply without a reply; kept in the source's words";
        Before = "before", "before", "早于受理时间，按来源原文保留", "before the request itself; kept in the source's words";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Locale;

    #[test]
    fn every_code_has_a_text_of_its_own_in_both_languages() {
        let all = NoTable::ALL.iter().map(|it| (it.as_str(), it.text()));
        let all = all.chain(Doubtful::ALL.iter().map(|it| (it.as_str(), it.text())));
        let all = all.chain(Reason::ALL.iter().map(|it| (it.as_str(), it.text())));
        let (mut seen, mut count) = (std::collections::BTreeSet::new(), 0);
        for (word, text) in all {
            count += 1;
            assert!(seen.insert(text.zh) && seen.insert(text.en), "{word}");
            assert!(!text.get(Locale::Zh).is_ascii(), "{word}");
        }
        assert_eq!(seen.len(), 2 * count);
    }
}
