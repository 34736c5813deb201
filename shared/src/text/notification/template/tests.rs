//! What is shipped passes the checks, and templates are filled and looked at as they should.

use std::borrow::Cow;

use super::*;
use crate::fault::{Check, Code};
use crate::text::Locale;

#[test]
fn every_shipped_text_has_what_it_needs_and_nothing_else() {
    for code in MessageCode::ALL {
        for locale in [Locale::Zh, Locale::En] {
            let mut found = Check::default();
            check(*code, "zh", code.shipped().get(locale), &mut found);
            assert!(found.finish().is_ok(), "{code} {locale:?}");
        }
        assert!(
            code.needs().iter().all(|name| code.offers().contains(name)),
            "{code}"
        );
    }
}

#[test]
fn discreet_messages_offer_no_content() {
    for code in MessageCode::ALL {
        if code.as_str().contains("discreet") {
            assert!(
                code.offers()
                    .iter()
                    .all(|name| matches!(*name, "no" | "day" | "link")),
                "{code}"
            );
        }
    }
}

#[test]
fn what_is_no_variable_of_the_message_is_told() {
    let found = |template: &str| {
        let mut found = Check::default();
        check(MessageCode::RepliedDiscreet, "zh", template, &mut found);
        found.finish().map_err(|fault| fault.fields[0].code)
    };
    assert_eq!(found("工单{no}"), Ok(()));
    assert_eq!(found("工单{no}：{reply}"), Err(Code::InputVariable));
    assert_eq!(found("工单{no：{link}"), Err(Code::InputVariable));
    assert_eq!(found("工单{no} }"), Err(Code::InputVariable));
    assert_eq!(found("有答复"), Err(Code::InputVariableMissing));
}

#[test]
fn values_are_never_read_as_variables() {
    let values = [
        ("no", Cow::Borrowed("{link}")),
        ("link", Cow::Borrowed("x")),
    ];
    assert_eq!(fill("{no}-{link}-{other}", &values), "{link}-x-");
}
