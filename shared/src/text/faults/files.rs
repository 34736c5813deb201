//! Sentences for faults of files that are taken in: what is imported, and why a file is of no kind that is taken.
//! Not here: sizes and numbers of files of a case (`staff`), photos of citizens (`whole`).
//! The codes are in `fault`.

use super::Facts;
use crate::fault::Code;
use crate::import::{Doubtful, NoTable};
use crate::text::import;

/// The sentence for a code of this file; `None` for the others.
pub(super) fn sentence(code: Code, facts: &Facts<'_>) -> Option<String> {
    Some(match code {
        Code::FileKind => file_kind(facts),
        Code::ImportMapping => import_mapping(facts),
        Code::ImportFile => {
            let why = facts
                .get("why")
                .and_then(NoTable::parse)
                .unwrap_or(NoTable::Unreadable)
                .text();
            match facts.get("detail") {
                Some(name) => facts.say(
                    format!("{}：{name}。", why.zh),
                    format!("{name}: {}.", why.en),
                ),
                // A file that came with a form has no path.
                None => facts.say(
                    format!("{}。", why.zh),
                    format!("The file was not taken: {}.", why.en),
                ),
            }
        }
        Code::DemoThere => {
            let seed = facts.get("seed").unwrap_or("?");
            facts.say(
                format!("这个数据库里已有种子 {seed} 的演示工单，没有写入任何工单。要再加一批，请用 --seed 指定另一个种子。"),
                format!("The demo tickets of seed {seed} are in this database already; no ticket was written. For more of them, name another seed with --seed."),
            )
        }
        Code::ImportDoubtful => {
            let why = facts
                .get("why")
                .and_then(Doubtful::parse)
                .map_or(import::DOUBT, Doubtful::text);
            let count = facts.get("count").unwrap_or("1");
            let line = facts.get("line").unwrap_or("0");
            facts.say(
                format!("文件的读法有 {count} 处疑问，没有写入任何内容。第一处在第 {line} 行：{}。请核对上面的读法；确认无误后加 --accept 再运行。", why.zh),
                format!("{count} doubts about how the file is read; nothing was written. The first, line {line}: {}. Check the reading above, then run again with --accept.", why.en),
            )
        }
        _ => return None,
    })
}

fn import_mapping(facts: &Facts<'_>) -> String {
    let detail = facts.get("detail").unwrap_or_default();
    match facts.get("why") {
        Some("heads") => {
            let separator = import::separator(facts.get("separator").unwrap_or_default());
            let encoding = facts.get("encoding").unwrap_or_default();
            facts.say(
                format!("前 10 行里没有认得的表头。按 {encoding} 编码、{}分隔，读到的第一行是：{detail}。需要“编号”和“内容”两列，或用 --map 指定对照表。", separator.zh),
                format!("No heads that are known in the first 10 rows. Read as {encoding} with {}, the first row is: {detail}. There must be columns for id and text, or a mapping (--map).", separator.en),
            )
        }
        Some("column") => {
            let columns: Vec<_> = detail.split(' ').map(import::column).collect();
            let say = |pick: fn(&crate::text::Text) -> &'static str, between: &str| {
                columns.iter().map(pick).collect::<Vec<_>>().join(between)
            };
            let heads = facts.get("heads").unwrap_or_default();
            facts.say(
                format!("没有找到必需的列：{}。表头是：{heads}。", say(|text| text.zh, "、")),
                format!("There is no column for: {}. The heads are: {heads}.", say(|text| text.en, ", ")),
            )
        }
        Some("list_heads") => facts.say(
            format!("前 10 行里没有找到这张表的表头，第一行是：{detail}。请先下载一份，照它的列名填写。"),
            format!("There are no heads of this list in the first 10 rows; the first row is: {detail}. Download the list and keep its heads."),
        ),
        Some("list_column") => {
            let (zh, en) = (facts.get("zh").unwrap_or_default(), facts.get("en").unwrap_or_default());
            let heads = facts.get("heads").unwrap_or_default();
            facts.say(
                format!("没有找到必需的列：{zh}。表头是：{heads}。"),
                format!("There is no column for: {en}. The heads are: {heads}."),
            )
        }
        Some("day") => {
            let why = import::day(facts.get("column").unwrap_or_default());
            let line = facts.get("line").unwrap_or_default();
            let value = facts.get("value").unwrap_or_default();
            facts.say(
                format!("第 {line} 行：“{value}”，{}。", why.zh),
                format!("Line {line}: “{value}” {}.", why.en),
            )
        }
        Some("no_column") => facts.say(
            format!("对照表里写的列“{detail}”，文件里没有。表头是：{}。", facts.get("heads").unwrap_or_default()),
            format!("The mapping names a column {detail} that the file does not have. The heads are: {}.", facts.get("heads").unwrap_or_default()),
        ),
        Some("encoding") => facts.say(
            format!("不认识的编码“{detail}”，可以写 utf-8、gbk、gb18030、big5、utf-16le、utf-16be。"),
            format!("Unknown encoding {detail}; write utf-8, gbk, gb18030, big5, utf-16le or utf-16be."),
        ),
        Some("map") => {
            let line = facts.get("line").unwrap_or("1");
            facts.say(
                format!("导入对照表第 {line} 行不是格式正确的 TOML。"),
                format!("Line {line} of the import mapping is no well-formed TOML."),
            )
        }
        Some("map_file") => facts.say(
            format!("没有找到导入对照表，或没有权限读它：{detail}"),
            format!("The import mapping is not there or may not be read: {detail}"),
        ),
        Some("map_column") => facts.say(
            format!("导入对照表里的列“{detail}”不是本系统的列。"),
            format!("The import mapping names {detail}, which is no column of ours."),
        ),
        Some("map_channel") => facts.say(
            format!("导入对照表里的渠道“{detail}”不存在。"),
            format!("The import mapping names the channel {detail}, which does not exist."),
        ),
        _ => facts.say(
            "导入对照表读不出来，或缺少必需的列。",
            "The import mapping cannot be read or lacks a required column.",
        ),
    }
}

/// Why a file is not taken.
fn file_kind(facts: &Facts<'_>) -> String {
    let name = facts.get("name").unwrap_or_default();
    let kinds = facts.get("kinds").unwrap_or_default();
    match facts.get("why") {
        Some("ending") => facts.say(
            format!("文件 {name} 的内容和扩展名不一致，请用原来的软件另存后再上传。"),
            format!("The content of {name} is not what its ending says; save it again with the program that made it."),
        ),
        Some("macros") => facts.say(
            format!("文件 {name} 带有宏，不能上传；请另存为不带宏的文件。"),
            format!("{name} contains macros and is not taken; save it without them."),
        ),
        Some("parts" | "bomb") => facts.say(
            format!("文件 {name} 的内部结构不正常，不能上传；请用原来的软件另存后再试。"),
            format!("{name} is not built as such a file should be; save it again with the program that made it."),
        ),
        Some("more") => facts.say(
            format!("文件 {name} 里还夹带了别的内容，不能上传；请另存后再试。"),
            format!("{name} carries something else with it and is not taken; save it again and try once more."),
        ),
        Some("empty") => facts.say(
            format!("文件 {name} 是空的。"),
            format!("{name} is empty."),
        ),
        // Its ending is one that is taken, its bytes are of no kind that is known.
        _ if kinds.is_empty() => facts.say(
            format!("文件 {name} 的内容不是可以上传的种类，文件可能已损坏；请用原来的软件打开检查，另存后再上传。"),
            format!("What is in {name} is of no kind that is taken; it may be damaged. Open it with the program that made it, save it and try again."),
        ),
        _ => facts.say(
            format!("不收这种文件（{name}）。可以上传：{kinds}。"),
            format!("This kind of file is not taken ({name}). These are: {kinds}."),
        ),
    }
}
