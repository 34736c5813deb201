//! Under which head the page of the settings shows a setting.
//! Not here: which settings there are (the module above), groups of lists (`register::group`).
//! A setting's group follows from the first part of its key, so that a new one beside its neighbours needs no line here.

codes! {
    /// What settings are about.
    SettingGroup {
        Handling = "handling", "handling", "办理和派单", "Handling and dispatch";
        Citizens = "citizens", "citizens", "群众服务和回访", "Citizens and follow-up calls";
        Kept = "kept", "kept", "保留、归档和删除", "What is kept, archived and erased";
        Figures = "figures", "figures", "统计、质量和提醒", "Figures, quality and reminders";
        Accounts = "accounts", "accounts", "账号、登录和查看", "Accounts, signing in and looking";
        Audit = "audit", "audit", "审计告警", "Alarms of the audit";
        Seconds = "seconds", "seconds", "第二人复核", "A second person publishes";
        Others = "others", "others", "其他", "Others";
    }
}

impl SettingGroup {
    /// The group of a setting's key.
    #[must_use]
    pub fn of(key: &str) -> Self {
        let first = key.split_once('.').map_or(key, |(first, _)| first);
        match first {
            "extension" | "assignment" | "alarm" | "plan" | "dispatch" | "leaders" => {
                Self::Handling
            }
            "mandate" | "wish" | "relay" | "follow_up" | "reopen" | "switch" => Self::Citizens,
            "keep" | "archive" | "erase" | "jobs" | "files" | "feed" | "events" => Self::Kept,
            "quality" | "reports" | "warnings" | "views" | "reading" | "slow" => Self::Figures,
            "accounts" | "sign_in" | "post" | "reveal" | "exports" => Self::Accounts,
            "audit" => Self::Audit,
            "second" => Self::Seconds,
            _ => Self::Others,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_stands_below_a_head_that_says_what_it_is_about() {
        for name in super::super::names() {
            let group = SettingGroup::of(&name.value);
            assert_ne!(group, SettingGroup::Others, "{}", name.value);
        }
    }
}
