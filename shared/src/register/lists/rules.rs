//! Rules that are rows of the settings: when an account freezes, how long a password is good, who needs a second factor, which categories are sensitive.
//! Not here: what reads them (`services::sessions::rules`, `services::users::life`), the other settings (`settings`).
//! Each stands in the table of settings under its own key, as it did before it became a row.

use super::settings::row;
use crate::access::Role;
use crate::fault::{Check, Code};
use crate::file::FileKind;
use crate::register::Cells;
use crate::text::{Text, text};

/// A rule with its bounds.
pub struct Rule {
    /// Its key, in the list and in the table.
    pub key: &'static str,
    /// What it is.
    pub name: Text,
    /// What it says.
    pub kind: RuleKind,
}

/// What a rule says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleKind {
    /// A number between two, and the one that holds where nothing was changed.
    Number {
        /// Least value.
        least: i32,
        /// Greatest value.
        most: i32,
        /// Where nothing was changed.
        usual: i32,
    },
    /// `all`, `none`, or codes of shipped roles divided by commas; everybody where nothing was changed.
    Roles,
    /// `none`, or codes of categories divided by commas; none where nothing was changed.
    Categories,
    /// `all`, or words of kinds of files divided by commas; all where nothing was changed.
    Files,
}

const fn number(least: i32, most: i32, usual: i32) -> RuleKind {
    RuleKind::Number { least, most, usual }
}

impl Rule {
    /// Days without any work after which an account freezes (`domain.md` 9).
    pub const IDLE_DAYS: Self = Self {
        key: "accounts.idle_days",
        name: text(
            "账号多少天不用就冻结（0 为不冻结）",
            "An account that is not used freezes after so many days (0: never)",
        ),
        kind: number(0, 365, 30),
    };
    /// Working days in which a review of accounts is answered (`domain.md` 9).
    pub const REVIEW_DAYS: Self = Self {
        key: "accounts.review_days",
        name: text(
            "岗位复核期限，工作日（0 为不复核）",
            "Working days to answer a review of posts (0: no reviews)",
        ),
        kind: number(0, 60, 10),
    };
    /// What an identity management makes by SCIM: a request, or an account without posts.
    pub const PROVISION: Self = Self {
        key: "accounts.provision",
        name: text(
            "统一身份送来的新人：0 转为账号申请，1 直接建立没有岗位的账号",
            "New people from identity management (0: a request for an account, 1: an account without posts)",
        ),
        kind: number(0, 1, 0),
    };
    /// Days that a password is good for (`domain.md` 9).
    pub const PASSWORD_DAYS: Self = Self {
        key: "sign_in.password_days",
        name: text(
            "密码有效天数（0 为长期有效）",
            "A password is good for so many days (0: for ever)",
        ),
        kind: number(0, 3_650, 90),
    };
    /// Minutes that a proof of the person is good for.
    pub const PROOF_MINUTES: Self = Self {
        key: "sign_in.proof_minutes",
        name: text(
            "确认本人后多少分钟内不再询问",
            "A proof of the person is good for so many minutes",
        ),
        kind: number(1, 1_440, 15),
    };
    /// Who needs a second factor.
    pub const SECOND_FACTOR: Self = Self {
        key: "sign_in.second_factor",
        name: text(
            "谁必须用两步验证（all 全部，none 无，或角色编号，用逗号分隔）",
            "Who needs a second factor (all, none, or codes of roles divided by commas)",
        ),
        kind: RuleKind::Roles,
    };
    /// Categories of which a second person looks at every dispatch.
    pub const SENSITIVE: Self = Self {
        key: "dispatch.sensitive",
        name: text(
            "派单审核的敏感类别（none 无，或类别编号，用逗号分隔，含下级）",
            "Sensitive categories, whose dispatches are reviewed (none, or codes divided by commas; what lies below counts)",
        ),
        kind: RuleKind::Categories,
    };
    /// Looks at citizens outside working time, within the minutes of looks, that are told to auditors.
    pub const NIGHT_READS: Self = Self {
        key: "audit.night_reads",
        name: text(
            "审计告警：非工作时间、统计时段内查看多少个对象（0 为不告警）",
            "Audit alarm: objects looked at within the minutes of looks outside working time (0: none)",
        ),
        kind: number(0, 10_000, 10),
    };
    /// Looks at citizens at any time, likewise.
    pub const LOOKUPS: Self = Self {
        key: "audit.lookups",
        name: text(
            "审计告警：查看统计时段内查看多少个对象（0 为不告警）",
            "Audit alarm: objects looked at within the minutes of looks (0: none)",
        ),
        kind: number(0, 10_000, 20),
    };
    /// Whether the account of somebody who looks at too many freezes.
    pub const LOOKUPS_FREEZE: Self = Self {
        key: "audit.lookups_freeze",
        name: text(
            "大量查看告警时冻结账号（1 冻结，0 只告警）",
            "An alarm about many looks freezes the account (1: yes, 0: it only tells)",
        ),
        kind: number(0, 1, 0),
    };
    /// Exports within the minutes of acts, likewise.
    pub const MASS_EXPORTS: Self = Self {
        key: "audit.mass_exports",
        name: text(
            "审计告警：操作统计时段内导出多少次（0 为不告警）",
            "Audit alarm: exports within the minutes of acts (0: none)",
        ),
        kind: number(0, 10_000, 10),
    };
    /// Rows of one export from which on it is told.
    pub const EXPORT_ROWS: Self = Self {
        key: "audit.export_rows",
        name: text(
            "审计告警：一次导出多少行（0 为不告警）",
            "Audit alarm: rows of one export (0: none)",
        ),
        kind: number(0, 1_000_000, 50_000),
    };
    /// Changes of rights, likewise.
    pub const RIGHTS_JUMP: Self = Self {
        key: "audit.rights_jump",
        name: text(
            "审计告警：操作统计时段内由一人作出多少次权限变动（0 为不告警）",
            "Audit alarm: changes of rights by one person within the minutes of acts (0: none)",
        ),
        kind: number(0, 10_000, 30),
    };
    /// Whether signing in from a network that was never used is told.
    pub const FAR_SIGN_IN: Self = Self {
        key: "audit.far_sign_in",
        name: text(
            "审计告警：从九十天内没有用过的网络登录（1 告警，0 不告警）",
            "Audit alarm: signing in from a network not used in ninety days (1: yes, 0: no)",
        ),
        kind: number(0, 1, 1),
    };
    /// Tickets outside one's own queue that are opened within the minutes of looks, likewise.
    pub const OUTSIDE_READS: Self = Self {
        key: "audit.outside_reads",
        name: text(
            "审计告警：查看统计时段内打开多少件本人、本单位、本班组都没有任务的工单（0 为不告警）",
            "Audit alarm: tickets opened within the minutes of looks on which neither the person nor unit or team has a task (0: none)",
        ),
        kind: number(0, 10_000, 20),
    };
    /// Tickets answered or closed with the same text on one day by one person, likewise.
    pub const SAME_TEXT: Self = Self {
        key: "audit.same_text",
        name: text(
            "审计告警：一人一天内用同一段文字答复或办结多少件工单（0 为不告警）",
            "Audit alarm: tickets answered or closed with the same text by one person on one day (0: none)",
        ),
        kind: number(0, 10_000, 10),
    };
    /// The minutes within which looks are counted for alarms.
    pub const LOOK_MINUTES: Self = Self {
        key: "audit.look_minutes",
        name: text(
            "审计告警：查看的统计时段，分钟",
            "Audit alarms: looks are counted within so many minutes",
        ),
        kind: number(1, 1_440, 10),
    };
    /// Numbers looked up at the desk, and persons asked for, within the minutes of looks, beyond which further ones are refused.
    pub const LOOKUPS_MOST: Self = Self {
        key: "audit.lookups_most",
        name: text(
            "查看统计时段内一人最多查多少个号码或多少次人（超过拒绝）",
            "Numbers that one person looks up, or persons asked for, within the minutes of looks; more are refused",
        ),
        kind: number(1, 100_000, 60),
    };
    /// The minutes within which exports and changes of rights are.
    pub const ACT_MINUTES: Self = Self {
        key: "audit.act_minutes",
        name: text(
            "审计告警：导出和权限变动的统计时段，分钟",
            "Audit alarms: exports and changes of rights are counted within so many minutes",
        ),
        kind: number(1, 1_440, 60),
    };
    /// Hours within which approvals should end on the average (A52).
    pub const APPROVAL_HOURS: Self = Self {
        key: "reports.approval_hours",
        name: text(
            "办件平均用时目标，小时（0 为不设目标）",
            "Target of the mean time of approvals, in hours (0: none)",
        ),
        kind: number(0, 10_000, 36),
    };
    /// Most of them; `every` has those of what leaves and stays as well (`kept`).
    pub const ALL: [Self; 20] = [
        Self::IDLE_DAYS,
        Self::REVIEW_DAYS,
        Self::PROVISION,
        Self::PASSWORD_DAYS,
        Self::PROOF_MINUTES,
        Self::SECOND_FACTOR,
        Self::SENSITIVE,
        Self::NIGHT_READS,
        Self::LOOKUPS,
        Self::LOOKUPS_FREEZE,
        Self::MASS_EXPORTS,
        Self::EXPORT_ROWS,
        Self::RIGHTS_JUMP,
        Self::FAR_SIGN_IN,
        Self::OUTSIDE_READS,
        Self::SAME_TEXT,
        Self::LOOK_MINUTES,
        Self::LOOKUPS_MOST,
        Self::ACT_MINUTES,
        Self::APPROVAL_HOURS,
    ];

    /// One by its key.
    pub fn of(key: &str) -> Option<Self> {
        Self::every().find(|rule| rule.key == key)
    }

    /// The codes that the table says; none where it says nothing.
    pub fn codes(said: Option<&str>) -> Vec<String> {
        let all = said.unwrap_or_default().split(',').map(str::trim);
        all.filter(|code| !code.is_empty() && *code != "none")
            .map(str::to_owned)
            .collect()
    }

    /// What is wrong with a value, under the name `value`.
    pub fn check(&self, value: &str, check: &mut Check) {
        match self.kind {
            RuleKind::Number { least, most, .. } => {
                let number: Option<i32> = value.parse().ok();
                if !number.is_some_and(|number| (least..=most).contains(&number)) {
                    let facts: [(&str, &dyn ToString); 2] = [("min", &least), ("max", &most)];
                    check.add_with("value", Code::InputNumber, &facts);
                }
            }
            RuleKind::Roles => {
                let mut words = value.split(',').map(str::trim);
                let is_one = matches!(value, "all" | "none");
                if let Some(word) = words
                    .find(|word| Role::parse(word).is_none())
                    .filter(|_| !is_one)
                {
                    check.add_with("value", Code::InputCode, &[("value", &word)]);
                }
            }
            RuleKind::Categories => {
                let is_code = |word: &str| {
                    !word.is_empty()
                        && word.len() <= 12
                        && word.chars().all(|it| it.is_ascii_digit())
                };
                let mut words = value.split(',').map(str::trim);
                if let Some(word) = words
                    .find(|word| !is_code(word))
                    .filter(|_| value != "none")
                {
                    check.add_with("value", Code::InputCode, &[("value", &word)]);
                }
            }
            RuleKind::Files => {
                let mut words = value.split(',').map(str::trim);
                let unknown = |word: &&str| !FileKind::parse(word).is_some_and(FileKind::is_taken);
                if let Some(word) = words.find(unknown).filter(|_| value != "all") {
                    check.add_with("value", Code::InputCode, &[("value", &word)]);
                }
            }
        }
    }

    /// The register's row: what the table of settings says, else what is usual.
    pub fn row(&self, said: Option<&str>) -> Cells {
        let usual = match self.kind {
            RuleKind::Number { usual, .. } => usual.to_string(),
            RuleKind::Roles | RuleKind::Files => "all".to_owned(),
            RuleKind::Categories => "none".to_owned(),
        };
        row(self.key, said.map_or(usual, str::to_owned))
    }

    /// The number that the table says, else the usual one.
    pub fn number(&self, said: Option<&str>) -> i64 {
        let said = said.and_then(|said| said.parse().ok());
        let usual = match self.kind {
            RuleKind::Number { usual, .. } => i64::from(usual),
            RuleKind::Roles | RuleKind::Categories | RuleKind::Files => 0,
        };
        said.filter(|number| *number >= 0).unwrap_or(usual)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_have_bounds_and_roles_that_there_are() {
        let good = |rule: &Rule, value: &str| {
            let mut check = Check::default();
            rule.check(value, &mut check);
            check.finish().is_ok()
        };
        for value in ["all", "none", "agent", "system_admin, auditor"] {
            assert!(good(&Rule::SECOND_FACTOR, value), "{value}");
        }
        for value in ["", "agnet", "all,agent", "agent,"] {
            assert!(!good(&Rule::SECOND_FACTOR, value), "{value}");
        }
        for (value, is_good) in [
            ("none", true),
            ("0101, 02", true),
            ("a", false),
            ("01,", false),
        ] {
            assert_eq!(good(&Rule::SENSITIVE, value), is_good, "{value}");
        }
        assert_eq!(Rule::codes(Some("0101, 02")), ["0101", "02"]);
        assert!(Rule::codes(Some("none")).is_empty() && !Rule::SENSITIVE.is_of_accounts());
        for (value, is_good) in [("0", true), ("366", false), ("-1", false), ("many", false)] {
            assert_eq!(good(&Rule::IDLE_DAYS, value), is_good, "{value}");
        }
        assert!(!good(&Rule::PROOF_MINUTES, "0"));
        assert_eq!(Rule::PASSWORD_DAYS.number(Some("-3")), 90);
        assert_eq!(Rule::IDLE_DAYS.row(None)["value"], "30");
    }
}
