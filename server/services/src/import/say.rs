//! How an import tells what it did, in the reader's language; the last line is the same in all and stays for programs.
//! Not here: the words of reasons and doubts (`shared::import`).
//! Nothing here decides anything.

use shared::text::Locale;
use shared::text::import as words;

use super::{Done, Lines, Opened};
use crate::sheet::{Doubt, Reading};

impl Opened {
    /// How the file is read, line by line.
    pub fn say(&self, locale: Locale) -> Vec<String> {
        let reading = &self.sheet.reading;
        let mut out = vec![file(reading, locale)];
        for (line, title) in &reading.titles {
            out.push(match locale {
                Locale::Zh => format!("第 {line} 行不是表头，跳过：{title}"),
                Locale::En => format!("line {line} is no heading and is left out: {title}"),
            });
        }
        out.extend(self.say_columns(locale));
        out.extend(reading.doubts.iter().map(|one| doubt(one, locale)));
        out
    }

    /// Which column became what, and what became of the others.
    fn say_columns(&self, locale: Locale) -> Vec<String> {
        let pair = |(ours, head): (&str, &str)| {
            let head = shared::input::line(head);
            format!("{head} → {}", words::column(ours).get(locale))
        };
        let pairs: Vec<String> = self.columns.found().map(pair).collect();
        let mut out = vec![match locale {
            Locale::Zh => format!("列：{}", pairs.join("，")),
            Locale::En => format!("columns: {}", pairs.join(", ")),
        }];
        let list = |personal: bool| -> Vec<&str> {
            let heads = self.columns.unmapped.iter();
            heads
                .filter(|one| one.personal == personal)
                .map(|one| one.head.as_str())
                .collect()
        };
        let (plain, personal) = (list(false), list(true));
        if !plain.is_empty() {
            out.push(match locale {
                Locale::Zh => format!("没有对应的列，按来源原文随工单保留：{}", plain.join("、")),
                Locale::En => format!(
                    "no column of ours, kept in the source's words: {}",
                    plain.join(", ")
                ),
            });
        }
        if !personal.is_empty() {
            out.push(match locale {
                Locale::Zh => format!(
                    "没有对应的个人信息列，保留在其他联系方式里：{}",
                    personal.join("、")
                ),
                Locale::En => format!(
                    "personal, kept as the other contact: {}",
                    personal.join(", ")
                ),
            });
        }
        out
    }
}

/// Encoding, separator, lines.
fn file(reading: &Reading, locale: Locale) -> String {
    let separator = words::separator(words::separator_word(reading.separator)).get(locale);
    let (encoding, lines, head) = (reading.encoding, reading.lines, reading.head_line);
    let when = |is: bool, zh: &'static str, en: &'static str| match locale {
        _ if !is => "",
        Locale::Zh => zh,
        Locale::En => en,
    };
    let marked = when(reading.marked, "（带 BOM）", " (BOM)");
    let packed = when(reading.packed, "（gzip）", " (gzip)");
    let told = when(reading.told, "（sep= 指明）", " (sep=)");
    match locale {
        Locale::Zh if reading.is_book() => format!(
            "文件读法：Excel 工作簿（{encoding}）里第一张可见的表，共 {lines} 行，表头在第 {head} 行"
        ),
        Locale::En if reading.is_book() => format!(
            "read as a workbook ({encoding}), its first sheet that is shown; {lines} lines, heads on line {head}"
        ),
        Locale::Zh => format!(
            "文件读法：编码 {encoding}{marked}{packed}，{separator}分隔{told}，共 {lines} 行，表头在第 {head} 行"
        ),
        Locale::En => format!(
            "read as {encoding}{marked}{packed} with {separator}{told}; {lines} lines, heads on line {head}"
        ),
    }
}

fn doubt(doubt: &Doubt, locale: Locale) -> String {
    let why = doubt.why.label(locale);
    let (line, count) = (doubt.line, doubt.count);
    match locale {
        Locale::Zh if count > 1 => format!("疑问：第 {line} 行起 {count} 处，{why}"),
        Locale::Zh => format!("疑问：第 {line} 行，{why}"),
        Locale::En if count > 1 => format!("doubt: from line {line}, {count} times: {why}"),
        Locale::En => format!("doubt: line {line}: {why}"),
    }
}

impl Done {
    /// What was done, line by line.
    pub fn say(&self, locale: Locale) -> Vec<String> {
        let mut out = vec![match (self.batch, locale) {
            (Some(batch), Locale::Zh) => {
                format!("批次 {batch}，来源 {}；一致性检查没有发现问题", self.source)
            }
            (Some(batch), Locale::En) => {
                format!(
                    "batch {batch} from {}; consistency check: 0 findings",
                    self.source
                )
            }
            (None, Locale::Zh) => format!("试运行，来源 {}：没有写入任何内容", self.source),
            (None, Locale::En) => format!("dry run of {}: nothing was written", self.source),
        }];
        out.extend(self.kept.iter().map(|tally| tally.say(locale)));
        out.extend(self.rejected.iter().map(|tally| tally.say(locale)));
        if let Some(report) = &self.report {
            out.push(match locale {
                Locale::Zh => format!("没有导入的行：{}", report.display()),
                Locale::En => format!("rejected rows: {}", report.display()),
            });
        }
        let Lines {
            lines,
            told,
            titles,
            heads,
            blank,
            rows,
            further,
        } = self.lines;
        out.push(format!(
            "lines={lines} sep={told} title={titles} head={heads} blank={blank} rows={rows} continued={further}"
        ));
        out.push(self.figures());
        out
    }

    /// The last line: figures of rows.
    fn figures(&self) -> String {
        let c = self.tally;
        format!(
            "read={} imported={} duplicate={} rejected={}",
            c.read, c.imported, c.duplicate, c.rejected
        )
    }
}

impl std::fmt::Display for Done {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Locale::En).join("\n"))
    }
}
