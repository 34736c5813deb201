//! What comes out on paper: read back from the PDF by another library.
//! Needs a Chinese font on the machine, as an office's server does; `cargo xtask test print` installs one.

mod reader;

use std::{path::PathBuf, sync::LazyLock, time::Instant};

use lopdf::{Document, Object};
use print::{Fonts, MAX_ROWS, PACKAGES, PrintFault, USUAL_FOLDERS};
use shared::report::{Align, Bar, Bars, Cell, Part, Report, Table};
use shared::text::Locale;

static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let fonts = Fonts::find(&USUAL_FOLDERS.map(PathBuf::from));
    assert!(fonts.chinese().is_some(), "{PACKAGES}");
    fonts
});

fn pdf(report: &Report, locale: Locale) -> Vec<u8> {
    print::pdf(report, locale, &FONTS).expect("a print")
}

/// The text of a PDF without spaces and breaks, and the number of its pages.
fn read(bytes: &[u8]) -> (String, usize) {
    let document = Document::load_mem(bytes).expect("a PDF");
    let text = reader::text(&document);
    let is_gap = |c: char| c.is_whitespace() || c == '\u{200b}';
    (text.replace(is_gap, ""), document.get_pages().len())
}

fn bare(text: &str) -> String {
    text.replace(char::is_whitespace, "")
}

fn table(columns: usize, rows: usize) -> Table {
    let align = |column| {
        if column == 0 {
            Align::Start
        } else {
            Align::End
        }
    };
    let cell = |row: usize, column: usize| match column {
        0 => Cell::words(format!("玄武区第{row}单位")),
        _ => Cell::words(format!("{}", row * 7 + column)),
    };
    Table {
        caption: "表一 各单位办理情况".into(),
        columns: (0..columns)
            .map(|column| (format!("第{column}列"), align(column)))
            .collect(),
        rows: (0..rows)
            .map(|row| (0..columns).map(|column| cell(row, column)).collect())
            .collect(),
        total: Some((0..columns).map(|_| Cell::words("合计数")).collect()),
    }
}

fn report(parts: Vec<Part>) -> Report {
    Report {
        number: "MS-2026-11-0007".into(),
        title: "12345 热线十一月运行月报".into(),
        subtitle: "2026-11-01 至 2026-11-30，南京市".into(),
        facts: vec![
            ("条件".into(), "类别：供水；渠道：电话".into()),
            ("截至".into(), "2026-11-30T23:59:59+08:00".into()),
            (
                "摘要".into(),
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".repeat(2),
            ),
        ],
        parts,
        foot: vec!["审核：王敏 2026-12-01".into()],
    }
}

fn whole() -> Report {
    let bar = |name: &str, share, value: &str| Bar {
        name: name.into(),
        share,
        value: value.into(),
    };
    report(vec![
        Part::Heading("一、总体情况".into()),
        Part::Words("本月受理诉求 3,412 件，比上月多 5.2%。Requests about water rose.".into()),
        Part::Warning("11 月 12 日的数据不全。".into()),
        Part::Table(table(5, 12)),
        Part::Bars(Bars {
            caption: "受理量".into(),
            unit: "件".into(),
            bars: vec![
                bar("玄武区", Some(1000), "812"),
                bar("秦淮区", Some(431), "350"),
                bar("没有数据的区", None, "—"),
            ],
        }),
    ])
}

#[test]
fn everything_of_a_report_is_on_paper() {
    let (text, pages) = read(&pdf(&whole(), Locale::Zh));
    for words in [
        "12345 热线十一月运行月报",
        "编号：MS-2026-11-0007",
        "2026-11-01 至 2026-11-30，南京市",
        "类别：供水；渠道：电话",
        "一、总体情况",
        "Requests about water rose.",
        "注意：11 月 12 日的数据不全。",
        "表一 各单位办理情况",
        "玄武区第11单位",
        "合计数",
        "受理量（件）",
        "没有数据的区",
        "审核：王敏",
        "第 1 页 共 1 页",
    ] {
        assert!(text.contains(&bare(words)), "no {words} in {text}");
    }
    assert_eq!(pages, 1);
}

#[test]
fn english_has_english_page_numbers() {
    let (text, _) = read(&pdf(&whole(), Locale::En));
    for words in [
        "Page 1 of 1",
        "Attention: ",
        "No. MS-2026-11-0007",
        "玄武区",
    ] {
        assert!(text.contains(&bare(words)), "no {words} in {text}");
    }
}

#[test]
fn texts_are_never_markup() {
    let hostile = [
        "#panic(\"x\")",
        "[*bold*",
        "#read(\"/etc/passwd\")",
        "$x^2$ `raw` <label> @ref",
        "\\u{41} // comment /* more",
        "= no heading",
        "\"); #import \"@preview/x:0.1.0\"",
        "{\"json\": 1}",
    ];
    let mut report = report(
        hostile
            .iter()
            .flat_map(|text| [Part::Words((*text).into()), Part::Heading((*text).into())])
            .collect(),
    );
    report.title = hostile[0].into();
    report.number = hostile[1].into();
    report.subtitle = hostile[2].into();
    report.foot = hostile.iter().map(|text| (*text).to_owned()).collect();
    report.facts = vec![(hostile[3].into(), hostile[4].into())];
    let mut rows = table(2, 0);
    rows.rows = hostile
        .iter()
        .map(|text| vec![Cell::words(*text), Cell::words("1")])
        .collect();
    report.parts.push(Part::Table(rows));
    let bytes = pdf(&report, Locale::Zh);
    let (text, _) = read(&bytes);
    for words in hostile {
        assert!(text.matches(&bare(words)).count() >= 4, "{words} in {text}");
    }
}

#[test]
fn nothing_is_a_report_too() {
    let (text, pages) = read(&pdf(&Report::default(), Locale::Zh));
    assert_eq!((&*text, pages), ("第1页共1页", 1));
    let empty = report(vec![
        Part::Table(table(4, 0)),
        Part::Table(Table {
            columns: Vec::new(),
            ..table(0, 3)
        }),
    ]);
    let (text, pages) = read(&pdf(&empty, Locale::Zh));
    assert!(text.contains("第3列") && text.contains("合计数"), "{text}");
    assert_eq!(pages, 1);
}

#[test]
fn heads_stand_on_each_page() {
    let started = Instant::now();
    let bytes = pdf(&report(vec![Part::Table(table(6, 5000))]), Locale::Zh);
    let (text, pages) = read(&bytes);
    eprintln!("5000 rows: {pages} pages in {:?}", started.elapsed());
    // The facts of the first page and the total row of the last are counted in.
    assert_eq!(pages, 95);
    assert_eq!(text.matches("第5列").count(), pages);
    assert_eq!(text.matches("合计数").count(), 6);
    assert!(text.contains("玄武区第4999单位") && text.contains(&format!("第{pages}页共{pages}页")));
}

#[test]
fn long_words_stay_in_their_column() {
    let long = "SQ20261130".repeat(30);
    let mut rows = table(12, 1);
    rows.rows[0][3] = Cell::words(long.clone());
    rows.columns[4].0 = "Extraordinarilylongheadwithoutanyplacetobreak".into();
    let report = report(vec![Part::Table(rows), Part::Words(long.clone())]);
    let bytes = pdf(&report, Locale::Zh);
    let (text, _) = read(&bytes);
    assert_eq!(text.matches(&long).count(), 2, "{text}");
    assert!(text.contains("Extraordinarilylongheadwithoutanyplacetobreak"));
}

#[test]
fn many_columns_lie_on_their_side() {
    let page = |columns| {
        let bytes = pdf(&report(vec![Part::Table(table(columns, 3))]), Locale::Zh);
        let document = Document::load_mem(&bytes).expect("a PDF");
        let (_, id) = document.get_pages().into_iter().next().expect("a page");
        let page = document.get_dictionary(id).expect("its values");
        let frame = page.get(b"MediaBox").and_then(Object::as_array);
        let sides = frame.expect("a frame")[2..].iter();
        let sides: Vec<f32> = sides.map(|it| it.as_float().expect("a length")).collect();
        sides[0] > sides[1]
    };
    assert!(!page(7) && page(8) && page(40));
}

#[test]
fn the_same_report_is_the_same_bytes() {
    let first = pdf(&whole(), Locale::Zh);
    pdf(&report(vec![Part::Table(table(9, 40))]), Locale::En);
    assert!(first == pdf(&whole(), Locale::Zh));
}

#[test]
fn readers_are_told_title_language_and_structure() {
    let document = Document::load_mem(&pdf(&whole(), Locale::Zh)).expect("a PDF");
    let catalog = document.catalog().expect("the catalog");
    let language = catalog.get(b"Lang").and_then(Object::as_str);
    assert_eq!(language.expect("a language"), b"zh-CN");
    assert!(catalog.has(b"StructTreeRoot"), "tagged");
    let info = document.trailer.get(b"Info").and_then(Object::as_reference);
    let info = document.get_dictionary(info.expect("a place"));
    let title = info.and_then(|info| info.get(b"Title"));
    let title = lopdf::decode_text_string(title.expect("a title")).expect("text");
    assert_eq!(title, "12345 热线十一月运行月报");
}

#[test]
fn what_no_font_draws_is_told() {
    let mut report = whole();
    report.foot = vec!["张\u{10fffd}".into()];
    let (text, _) = read(&pdf(&report, Locale::Zh));
    assert!(text.contains("U+10FFFD"), "{text}");
}

#[test]
fn without_a_chinese_font_the_fault_says_what_to_install() {
    let none = Fonts::find(&[]);
    let fault = print::pdf(&whole(), Locale::Zh, &none).expect_err("no font");
    assert_eq!(fault, PrintFault::NoChineseFont);
    assert!(fault.to_string().contains("fonts-noto-cjk"), "{fault}");
    let plain = Report {
        title: "Plain".into(),
        ..Report::default()
    };
    let bytes = print::pdf(&plain, Locale::En, &none).expect("Latin is in the program");
    assert_eq!(read(&bytes).0, "PlainPage1of1");
}

#[test]
fn more_rows_than_paper_bears_are_cut_and_told() {
    let rows = |rows| Part::Table(table(1, rows));
    let parts = vec![rows(MAX_ROWS + 5), rows(3)];
    let bytes = pdf(&report(parts), Locale::Zh);
    let (text, _) = read(&bytes);
    assert!(text.contains("此表共20005行，只打印前20000行"));
    assert!(text.contains("此表共3行，只打印前0行"));
    assert!(!text.contains("第20000单位"));
}
