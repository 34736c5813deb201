//! The files of faults that were found from outside, each with what must come out.
//! Not here: files of our own (`reading`).
//! The clock stands in March 2026.

use super::{Desk, fault};

macro_rules! file {
    ($name:literal) => {
        match fault($name) {
            Some(bytes) => bytes,
            None => return,
        }
    };
}

fn local(ticket: &store::record::Ticket) -> String {
    ticket
        .accepted_at
        .local()
        .format("%Y-%m-%d %H:%M:%S%.3f")
        .to_string()
        .replace(".000", "")
}

#[tokio::test]
async fn what_the_eye_reads_is_found() {
    let bytes = file!("h05-text.csv");
    let desk = Desk::new().await;
    let done = desk.bring("h05.csv", &bytes).await.expect("imported");
    assert_eq!((done.tally.imported, done.tally.rejected), (5, 0), "{done}");
    for (words, id) in [
        ("高淳路方圆小区立交桥下积水", "K1"),
        ("紫金山路路灯损坏", "K2"),
        ("幸福路路灯", "K3"),
        ("幸福里路灯坏了", "K4"),
        ("路路灯损坏", "K5"),
    ] {
        assert!(desk.finds(words).await.contains(&id.to_owned()), "{words}");
    }
    let kept = desk.ticket("K1").await.content;
    assert!(
        kept.starts_with("⾼淳路"),
        "the text is kept as it came: {kept}"
    );
}

#[tokio::test]
async fn gbk_is_read_with_every_character() {
    let bytes = file!("h09-gbk.csv");
    let desk = Desk::new().await;
    let done = desk.bring("h09.csv", &bytes).await.expect("imported");
    assert_eq!(done.tally.imported, 2, "{done}");
    assert!(
        desk.ticket("G2")
            .await
            .content
            .contains("刘䶮反映㐂来登饭店")
    );
}

#[tokio::test]
async fn names_without_phones_and_places_with_their_city_are_kept() {
    let bytes = file!("h11b-name.csv");
    let desk = Desk::new().await;
    let done = desk.bring("h11b.csv", &bytes).await.expect("imported");
    assert_eq!((done.tally.imported, done.tally.rejected), (6, 0), "{done}");
    let first = desk.ticket("N1").await;
    assert_eq!(first.citizen.and_then(|c| c.name).as_deref(), Some("甲某"));
    for (id, region) in [
        ("N1", "320106"),
        ("N2", "320102"),
        ("N3", "320114"),
        ("N4", "320106"),
        ("N5", "320106"),
        ("N6", "320100"),
    ] {
        assert_eq!(desk.ticket(id).await.region, region, "{id}");
    }
}

#[tokio::test]
async fn stamps_of_java_are_read() {
    let bytes = file!("h12-java.csv");
    let desk = Desk::new().await;
    let done = desk.bring("h12.csv", &bytes).await.expect("imported");
    assert_eq!(
        (done.tally.imported, done.tally.rejected),
        (10, 0),
        "{done}"
    );
    for id in ["J1", "J3", "J4", "J5", "J6", "J7", "J8", "J9", "J10"] {
        assert_eq!(local(&desk.ticket(id).await), "2026-01-02 09:05:00", "{id}");
    }
    assert_eq!(local(&desk.ticket("J2").await), "2026-01-02 09:05:00.123");
    let replied = desk.ticket("J8").await.replied_at.expect("a reply");
    assert_eq!(replied.rfc3339(), "2026-01-03T10:00:00+08:00");
}

#[tokio::test]
async fn times_of_spreadsheets_are_read_and_two_ways_are_refused() {
    let bytes = file!("h13-times.csv");
    let desk = Desk::new().await;
    let done = desk.bring("h13.csv", &bytes).await.expect("imported");
    for (id, want) in [
        ("T1", "2026-01-02 09:05:00"),
        ("T2", "2026-01-02 15:05:00"),
        ("T3", "2026-01-02 15:05:00"),
        ("T4", "2026-01-02 09:05:00"),
        ("T5", "2026-01-02 15:05:00"),
        ("T6", "2026-01-02 09:05:00"),
        ("T7", "2026-01-02 00:00:00"),
        ("T8", "2026-01-02 00:00:00"),
        ("T9", "2026-01-02 15:05:00"),
        ("T10", "2026-01-03 00:00:00"),
        ("T11", "2026-01-02 09:05:00"),
        ("T13", "2026-01-02 09:05:00"),
        ("T14", "2026-01-02 09:05:00"),
        ("T15", "2026-01-02 00:00:00"),
        ("T16", "2026-01-02 00:00:00"),
        ("T18", "2026-01-02 09:05:00"),
        ("T19", "2026-01-02 09:05:00"),
    ] {
        assert_eq!(local(&desk.ticket(id).await), want, "{id}");
    }
    assert_eq!(done.tally.rejected, 3, "{done}");
    let report = std::fs::read_to_string(done.report.expect("a report")).expect("reads");
    for line in [
        "13,T12,时间,26-1-2,年份只有两位",
        "18,T17,时间,1/2/2026 9:05,分不清日和月",
        "21,T20,时间,2026-01,没有写日",
    ] {
        assert!(report.contains(line), "{line} in {report}");
    }
}

#[tokio::test]
async fn rows_may_be_short_or_end_in_empty_cells() {
    let (short, long) = (file!("h14-short.csv"), file!("h14-long.csv"));
    let desk = Desk::new().await;
    let done = desk.bring("short.csv", &short).await.expect("imported");
    assert_eq!((done.tally.imported, done.lines.blank), (3, 3), "{done}");
    let done = desk.bring("long.csv", &long).await.expect("imported");
    assert_eq!((done.tally.imported, done.tally.rejected), (2, 0), "{done}");
}

#[tokio::test]
async fn heads_are_found_below_a_title_and_without_decoration() {
    let (title, heads) = (file!("h16-title.csv"), file!("h16-heads.csv"));
    let desk = Desk::new().await;
    let done = desk.bring("title.csv", &title).await.expect("imported");
    assert_eq!((done.tally.imported, done.lines.titles), (1, 1), "{done}");
    let done = desk.bring("heads.csv", &heads).await.expect("imported");
    assert_eq!((done.tally.imported, done.lines.heads), (1, 2), "{done}");
    assert_eq!(local(&desk.ticket("X1").await), "2026-01-05 09:00:00");
    assert_eq!(desk.ticket("X1").await.title, "路灯");
}

#[tokio::test]
async fn no_complaint_is_lost_for_its_phone() {
    let bytes = file!("h18-phones.csv");
    let desk = Desk::new().await;
    let done = desk.bring("h18.csv", &bytes).await.expect("imported");
    assert_eq!(done.tally.rejected, 0, "{done}");
    for (id, phone) in [
        ("H2", Some("13800000001")),
        ("H3", Some("13800000001")),
        ("H4", Some("13800000001")),
        ("H5", Some("4008200000")),
        ("H6", Some("02583600000-801")),
        ("H9", Some("+85223456789")),
        ("H10", Some("13800000001")),
        ("H11", Some("13800000001")),
        ("H12", Some("13800000001")),
        // Twelve digits.
        ("H13", None),
        ("H14", Some("13800000001")),
        ("H15", Some("02583600000")),
        ("H16", Some("13800000001")),
        ("H17", Some("13800000001")),
        ("H18", Some("13800000001")),
        ("H19", Some("12345")),
        ("H1", None),
        ("H7", None),
        ("H8", None),
    ] {
        let citizen = desk.ticket(id).await.citizen;
        assert_eq!(citizen.and_then(|c| c.phone).as_deref(), phone, "{id}");
    }
    for (id, other) in [
        ("H2", "13800000002"),
        ("H3", "02583600000"),
        ("H4", "王先生"),
    ] {
        let citizen = desk.ticket(id).await.citizen.expect("a citizen");
        assert_eq!(citizen.backup_contact.as_deref(), Some(other), "{id}");
    }
    for (id, words) in [("H1", "138****5678"), ("H7", "无"), ("H8", "匿名")] {
        let kept = desk.ticket(id).await.source_words;
        assert_eq!(kept.get("phone").map(String::as_str), Some(words), "{id}");
    }
}

#[tokio::test]
async fn separators_and_encodings_are_told_from_the_file() {
    for name in [
        "h19-semi.csv",
        "h19-sep.csv",
        "h19-tab.csv",
        "h19-utf16.csv",
    ] {
        let Some(bytes) = fault(name) else { return };
        let desk = Desk::new().await;
        let done = desk.bring(name, &bytes).await.expect(name);
        assert_eq!(
            (done.tally.imported, done.tally.rejected),
            (1, 0),
            "{name}: {done}"
        );
        let ticket = desk.ticket("Y1").await;
        assert_eq!(
            (ticket.title.as_str(), local(&ticket).as_str()),
            ("路灯", "2026-01-05 09:00:00"),
            "{name}"
        );
    }
}
