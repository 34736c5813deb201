//! How a file is read, and when that is in doubt: encodings, separators, quotes, heads, lines.
//! Not here: the shared files (`faults`).
//! Each table is one kind of file, written by hand.

use encoding_rs::{BIG5, GB18030};
use shared::fault::Code;
use shared::text::{Locale, faults};

use super::{Desk, TEXT};

fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let mut units: Vec<u16> = text.encode_utf16().collect();
    if mark {
        units.insert(0, 0xFEFF);
    }
    units
        .into_iter()
        .flat_map(|unit| {
            if little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        })
        .collect()
}

#[tokio::test]
async fn every_encoding_gives_the_same_tickets() {
    let plain = format!("编号,时间,标题,内容,区域\nY1,2026-01-05 09:00,路灯,{TEXT},鼓楼区\n");
    let traditional = "編號,時間,標題,內容,區域\nY1,2026-01-05 09:00,路燈,社區門口的路燈連續三天不亮，請盡快處理。,鼓樓區\n";
    let map = "[columns]\nid = \"編號\"\ntime = \"時間\"\ntitle = \"標題\"\ntext = \"內容\"\n";
    for (bytes, encoding) in [
        (plain.clone().into_bytes(), "UTF-8"),
        (format!("\u{FEFF}{plain}").into_bytes(), "UTF-8"),
        (format!("\u{FEFF}sep=,\r\n{plain}").into_bytes(), "UTF-8"),
        (GB18030.encode(&plain).0.into_owned(), "GBK (GB18030)"),
        (utf16(&plain, true, true), "UTF-16LE"),
        (utf16(&plain, false, true), "UTF-16BE"),
        (utf16(&plain, true, false), "UTF-16LE"),
        (utf16(&plain, false, false), "UTF-16BE"),
        (utf16(&plain.replace(',', "\t"), true, true), "UTF-16LE"),
    ] {
        let desk = Desk::new().await;
        let order = desk.order(desk.file("a.csv", &bytes));
        let opened = services::import::open(&desk.owner(), order.clone()).expect(encoding);
        assert_eq!(opened.reading().encoding, encoding);
        let said = opened.say(Locale::Zh).join("\n");
        assert!(
            said.contains(encoding) && said.contains("内容 → 内容"),
            "{said}"
        );
        let done = desk.take(order).await.expect(encoding);
        assert_eq!(done.tally.imported, 1, "{encoding}: {done}");
        assert_eq!(desk.ticket("Y1").await.content, TEXT, "{encoding}");
    }
    let desk = Desk::new().await;
    let mut order = desk.order(desk.file("big5.csv", BIG5.encode(traditional).0));
    order.map = Some(desk.file("map.toml", map));
    let done = desk.take(order).await.expect("Big5");
    assert_eq!(done.tally.imported, 1, "{done}");
    assert!(desk.ticket("Y1").await.content.contains("請盡快處理"));
}

#[tokio::test]
async fn separators_line_ends_and_quotes_are_read() {
    for (name, file) in [
        ("tab", format!("编号\t时间\t内容\nY1\t2026-01-05\t{TEXT}\n")),
        (
            "semicolon",
            format!("编号;时间;内容\nY1;2026-01-05;{TEXT}\n"),
        ),
        ("bar", format!("编号|时间|内容\nY1|2026-01-05|{TEXT}\n")),
        (
            "sep",
            format!("sep=;\n编号;时间;内容\nY1;2026-01-05;{TEXT}\n"),
        ),
        (
            "quoted sep",
            format!("\"sep=,\"\n编号,时间,内容\nY1,2026-01-05,{TEXT}\n"),
        ),
        (
            "crlf",
            format!("编号,时间,内容\r\nY1,2026-01-05,{TEXT}\r\n"),
        ),
        ("cr", format!("编号,时间,内容\rY1,2026-01-05,{TEXT}\r")),
        (
            "no last line end",
            format!("编号,时间,内容\nY1,2026-01-05,{TEXT}"),
        ),
        (
            "blank lines",
            format!("\n\n编号,时间,内容\n\n,,\nY1,2026-01-05,{TEXT}\n\n"),
        ),
        (
            "trailing",
            format!("编号,时间,内容,,\nY1,2026-01-05,{TEXT},,\n"),
        ),
        (
            "longer",
            format!("编号,时间,内容\nY1,2026-01-05,{TEXT},,,\n"),
        ),
        (
            "quoted",
            format!("\"编号\",\"时间\",\"内容\"\n\"Y1\",\"2026-01-05\",\"{TEXT}\"\n"),
        ),
        (
            "blank before a quote",
            format!("编号, \"时间\", \"内容\"\nY1, \"2026-01-05\", \"{TEXT}\"\n"),
        ),
        (
            "two titles",
            format!("某市热线\n2026年1月,制表：某某\n编号,时间,内容\nY1,2026-01-05,{TEXT}\n"),
        ),
        (
            "English",
            format!("ID,Time,Content\nY1,2026-01-05,{TEXT}\n"),
        ),
    ] {
        let desk = Desk::new().await;
        let done = desk.bring("a.csv", &file).await.expect(name);
        assert_eq!(
            (done.tally.imported, done.tally.rejected),
            (1, 0),
            "{name}: {done}"
        );
        assert_eq!(desk.ticket("Y1").await.content, TEXT, "{name}");
    }
}

#[tokio::test]
async fn quotes_inside_fields_and_line_breaks_lose_nothing() {
    let file = "编号,内容,区域\nY1,\"他说\"\"路灯\"\"不亮，\n第二行，请修理\",鼓楼区\nY2,路\"灯\"不亮请尽快修理，谢谢,鼓楼区\n";
    let desk = Desk::new().await;
    let done = desk.bring("a.csv", file).await.expect("imported");
    assert_eq!((done.tally.imported, done.lines.further), (2, 1), "{done}");
    assert_eq!(
        desk.ticket("Y1").await.content,
        "他说\"路灯\"不亮，\n第二行，请修理"
    );
    assert_eq!(
        desk.ticket("Y2").await.content,
        "路\"灯\"不亮请尽快修理，谢谢"
    );
}

#[tokio::test]
async fn a_doubtful_reading_stops_until_it_is_accepted() {
    let tail = format!("Y8,2026-01-05,{TEXT},\nY9,2026-01-05,{TEXT},\n");
    for (name, row, why, kept) in [
        (
            "open",
            "Y1,2026-01-05,\"路灯不亮，请修理,\n",
            "quote_open",
            "\"路灯不亮，请修理",
        ),
        (
            "behind",
            "Y1,2026-01-05,\"路灯\"不亮，请修理,\n",
            "quote_behind",
            "\"路灯\"不亮，请修理",
        ),
        (
            "open at a later quote",
            "Y1,2026-01-05,\"路灯不亮，请修理,\nY2,2026-01-05,\"引号正常，请修理\",\n",
            "quote_open",
            "\"路灯不亮，请修理",
        ),
    ] {
        let desk = Desk::new().await;
        let mut order = desk.order(desk.file("a.csv", format!("编号,时间,内容,备注\n{row}{tail}")));
        let fault = desk.take(order.clone()).await.expect_err(name);
        assert_eq!(
            (
                fault.code,
                fault.facts["why"].as_str(),
                fault.facts["line"].as_str()
            ),
            (Code::ImportDoubtful, why, "2"),
            "{name}"
        );
        assert!(faults::message(&fault, Locale::Zh).contains("--accept"));
        assert!(
            desk.tickets().await.is_empty(),
            "{name}: nothing was written"
        );
        order.accept = true;
        let done = desk.take(order).await.expect(name);
        assert_eq!(
            (done.tally.imported, done.tally.rejected),
            (row.lines().count() as i64 + 2, 0),
            "{name}: {done}"
        );
        assert_eq!(desk.ticket("Y1").await.content, kept, "{name}");
        assert_eq!(desk.ticket("Y9").await.content, TEXT, "{name}");
    }
}

#[tokio::test]
async fn damaged_letters_stop_the_import_and_are_no_other_encoding() {
    let mut bytes = "编号,内容\n".as_bytes().to_vec();
    for n in 0..50 {
        bytes.extend(format!("Y{n},{TEXT}\n").as_bytes());
    }
    // A text that another system has cut in the middle of a character.
    bytes.extend(b"Z1,");
    bytes.extend(&TEXT.as_bytes()[..20]);
    bytes.extend(b"\n");
    let desk = Desk::new().await;
    let mut order = desk.order(desk.file("cut.csv", &bytes));
    let fault = desk.take(order.clone()).await.expect_err("damaged");
    assert_eq!(
        (fault.facts["why"].as_str(), fault.facts["line"].as_str()),
        ("letters", "52")
    );
    order.accept = true;
    let done = desk.take(order).await.expect("accepted");
    assert_eq!(
        (done.tally.imported, done.tally.rejected),
        (50, 1),
        "{done}"
    );
    assert_eq!(desk.ticket("Y1").await.content, TEXT);
}

#[tokio::test]
async fn what_is_no_table_has_a_sentence_of_its_own() {
    let desk = Desk::new().await;
    let png = b"\x89PNG\r\n\x1a\n\0\0";
    for (name, bytes, code, why, words) in [
        ("p.csv", &png[..], Code::ImportFile, "picture", "图片"),
        (
            "x.xlsx",
            b"PK\x03\x04\x14\0\x06\0[Content_Types].xml",
            Code::ImportFile,
            "broken",
            "损坏",
        ),
        (
            "z.zip",
            b"PK\x03\x04\x14\0\x06\0a.csv",
            Code::ImportFile,
            "archive",
            "解压",
        ),
        ("e.csv", b"", Code::ImportFile, "empty", "空的"),
        (
            "h.xls",
            b"<html><table><tr><td>1",
            Code::ImportFile,
            "markup",
            "另存为",
        ),
        (
            "g.csv.gz",
            b"\x1F\x8B\x08\0",
            Code::ImportFile,
            "broken",
            "损坏",
        ),
        (
            "n.csv",
            "一,二\n1,2\n".as_bytes(),
            Code::ImportMapping,
            "heads",
            "一 | 二",
        ),
        (
            "c.csv",
            "编号,时间\n1,2026-01-02\n".as_bytes(),
            Code::ImportMapping,
            "column",
            "内容",
        ),
    ] {
        let fault = desk.bring(name, bytes).await.expect_err(name);
        assert_eq!(
            (fault.code, fault.facts["why"].as_str()),
            (code, why),
            "{name}"
        );
        let said = faults::message(&fault, Locale::Zh);
        assert!(said.contains(words), "{name}: {said}");
    }
    let missing = desk.order(desk.file("x", "").with_file_name("none.csv"));
    let fault = desk.take(missing).await.expect_err("missing");
    assert_eq!(fault.facts["why"], "missing");
    let mut order = desk.order(desk.file("a.csv", format!("编号,内容\n1,{TEXT}\n")));
    order.map = Some(desk.file("map.toml", "[columns]\nid = \"单号\"\n"));
    let fault = desk.take(order).await.expect_err("a wrong mapping");
    let said = faults::message(&fault, Locale::Zh);
    assert!(
        said.contains("单号") && said.contains("编号、内容"),
        "{said}"
    );
}

#[tokio::test]
async fn what_no_rule_maps_is_kept_with_the_ticket() {
    let file = format!(
        "编号,时间,内容,备注,处理人电话,类型,答复时间\n1,2026-01-05,{TEXT},加急,13800000009,奇怪的类型,2026-01-06\n"
    );
    let desk = Desk::new().await;
    let order = desk.order(desk.file("a.csv", &file));
    let opened = services::import::open(&desk.owner(), order.clone()).expect("opens");
    let said = opened.say(Locale::Zh).join("\n");
    assert!(
        said.contains("备注") && said.contains("处理人电话"),
        "{said}"
    );
    let done = desk.take(order).await.expect("imported");
    let ticket = desk.ticket("1").await;
    assert_eq!(
        ticket.source_words.get("备注").map(String::as_str),
        Some("加急")
    );
    assert_eq!(
        ticket.source_words.get("kind").map(String::as_str),
        Some("奇怪的类型")
    );
    assert_eq!(
        ticket.source_words.get("reply_time").map(String::as_str),
        Some("2026-01-06")
    );
    assert!(
        !ticket
            .source_words
            .values()
            .any(|word| word.contains("13800000009")),
        "personal data is sealed"
    );
    let contact = ticket.citizen.and_then(|c| c.backup_contact);
    assert_eq!(contact.as_deref(), Some("处理人电话：13800000009"));
    assert_eq!(done.kept.len(), 2, "{done}");
}
