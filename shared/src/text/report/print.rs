//! Words of a printed report that are not the report's own: page numbers, marks, and what the print left out.
//! Not here: words of the report pages (the folder's own file).

use crate::text::{Locale, Text, text};

/// Before a report's number.
pub const NUMBER: Text = text("编号：", "No. ");
/// Before a warning in its box.
pub const ATTENTION: Text = text("注意：", "Attention: ");

/// What stands before the number of a page, between it and the number of pages, and behind: `第 1 页 共 3 页`.
#[must_use]
pub const fn page(locale: Locale) -> [&'static str; 3] {
    match locale {
        Locale::Zh => ["第 ", " 页 共 ", " 页"],
        Locale::En => ["Page ", " of ", ""],
    }
}

/// Below a table of which not all rows were printed.
pub fn rows_cut(printed: usize, rows: usize, locale: Locale) -> String {
    match locale {
        Locale::Zh => {
            format!("此表共 {rows} 行，只打印前 {printed} 行；全部内容请下载工作簿。")
        }
        Locale::En => format!(
            "This table has {rows} rows, of which the first {printed} are printed; the workbook has all of them."
        ),
    }
}

/// Below a table of which not all columns were printed.
pub fn columns_cut(printed: usize, columns: usize, locale: Locale) -> String {
    match locale {
        Locale::Zh => {
            format!("此表共 {columns} 列，只打印前 {printed} 列；全部内容请下载工作簿。")
        }
        Locale::En => format!(
            "This table has {columns} columns, of which the first {printed} are printed; the workbook has all of them."
        ),
    }
}

/// At the end, where texts were too long for paper.
pub fn texts_cut(count: usize, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("有 {count} 处文字过长，打印时在“…”处截断。"),
        Locale::En => format!("{count} texts were too long and end with an ellipsis in print."),
    }
}

/// At the end, where no font draws some characters; `codes` are their numbers, such as `U+20BB7`.
pub fn not_drawn(codes: &str, locale: Locale) -> String {
    match locale {
        Locale::Zh => format!("服务器的字体里没有以下字符，打印为空框：{codes}。"),
        Locale::En => format!(
            "The server's fonts lack these characters, which are printed as empty boxes: {codes}."
        ),
    }
}
