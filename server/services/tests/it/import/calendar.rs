//! Notices of holidays in every form in which offices send them.
//! Not here: what is wrong with a line (the unit tests of `services::calendar`).
//! A year that was entered is not missing any more.

use services::calendar;
use shared::fault::Code;

use super::{Desk, fault};

#[tokio::test]
async fn notices_are_read_like_every_import() {
    for name in ["cal-2027-gbk.csv", "cal-2027-slash.csv", "cal-zh.csv"] {
        let Some(bytes) = fault(name) else { return };
        let desk = Desk::new().await;
        desk.world.time("2026-12-30T10:00");
        let owner = desk.owner();
        let file = desk.file(name, &bytes);
        assert_eq!(
            calendar::missing_years(&owner).await.expect("looks"),
            [2027]
        );
        let done = calendar::import_file(&owner, &file, false)
            .await
            .expect(name);
        assert_eq!(done.years, [2027], "{name}");
        assert_eq!(
            done.thin.len(),
            1,
            "{name}: so few days are no whole notice"
        );
        assert_eq!(
            calendar::missing_years(&owner).await.expect("looks"),
            [0_i32; 0]
        );
    }
}

#[tokio::test]
async fn what_is_no_notice_says_so() {
    let desk = Desk::new().await;
    let owner = desk.owner();
    for (bytes, code, why) in [
        (
            &b"PK\x03\x04\x14\0\x06\0xl/workbook.xml"[..],
            Code::ImportFile,
            "broken",
        ),
        (b"a,b\n1,2\n", Code::ImportMapping, "heads"),
        (
            "date,name,kind,notice_year\n2027-13-01,x,off,2027\n".as_bytes(),
            Code::ImportMapping,
            "day",
        ),
    ] {
        let file = desk.file("cal.csv", bytes);
        let fault = calendar::import_file(&owner, &file, false)
            .await
            .expect_err(why);
        assert_eq!((fault.code, fault.facts["why"].as_str()), (code, why));
    }
}
