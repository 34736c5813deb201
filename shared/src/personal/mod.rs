//! The register of personal fields: every column that holds something about a person, with its class, what it is for, on which ground it is kept
//! and for how long; and every column that holds nothing of the kind. A column in neither fails a trial of the store.
//! Not here: masks (`person`), how a role sees a field (`access::sight`), what a citizen asks for (`citizen::own_data`).
//! Both lists stand in one table, `columns.txt`: a table a paragraph, a line for each class with its columns, and the rest behind `-`.

pub mod looks;

use serde::{Deserialize, Serialize};

codes! {
    /// How carefully something is to be kept.
    FieldClass {
        Open = "open", "open", "公开", "Open";
        Internal = "internal", "internal", "内部", "Internal";
        Personal = "personal", "personal", "个人信息", "Personal";
        Sensitive = "sensitive", "sensitive", "敏感个人信息", "Sensitive";
    }
}

codes! {
    /// What stands in a column.
    FieldMatter {
        Name = "name", "name", "姓名、单位名称", "Name of person or organisation";
        Reach = "reach", "reach", "电话、邮箱等联系方式", "Telephone, e-mail and other contacts";
        Number = "number", "number", "证件号码、信用代码、证书编号", "Identity number, credit code, certificate";
        Answers = "answers", "answers", "自有字段的回答", "Answers to own fields";
        Place = "place", "place", "地址和位置", "Address and position";
        Words = "words", "words", "可能提到个人的文字", "Words that may speak of people";
        File = "file", "file", "附件和照片", "Files and photos";
        Trace = "trace", "trace", "检索用的摘要值", "Digest by which it is found";
        Consent = "consent", "consent", "同意和授权的记录", "What was agreed to, and when";
        Proof = "proof", "proof", "登录凭据", "What proves who signs in";
        Device = "device", "device", "设备、地址和登录情况", "Device, address and sign-ins";
        Staff = "staff", "staff", "工作人员的账号和姓名", "Accounts and names of staff";
    }
}

codes! {
    /// What it is for.
    FieldPurpose {
        Handle = "handle", "handle", "办理诉求", "Handling requests";
        Permit = "permit", "permit", "办理审批", "Handling approvals";
        Find = "find", "find", "按号码、姓名查找", "Finding by number or name";
        Reach = "reach", "reach", "通知和回访", "Messages and follow-up calls";
        SignIn = "sign_in", "sign_in", "登录和账号安全", "Signing in and safe accounts";
        Trail = "trail", "trail", "留痕和追责", "Showing who did what";
        Office = "office", "office", "内部管理", "Running the office";
    }
}

codes! {
    /// On which ground it may be kept: article 13 of the Personal Information Protection Law.
    FieldBasis {
        Duty = "duty", "duty", "履行法定职责（个人信息保护法第十三条第一款第三项）", "A duty by law (PIPL article 13(1)(3))";
        Consent = "consent", "consent", "本人同意（个人信息保护法第十三条第一款第一项）", "Consent (PIPL article 13(1)(1))";
        Office = "office", "office", "内部人事管理（个人信息保护法第十三条第一款第二项）", "Management of staff (PIPL article 13(1)(2))";
    }
}

codes! {
    /// For how long it is kept.
    FieldRetention {
        Case = "case", "case", "与案件同期，办结后按档案期限", "As long as the case, then as its archive";
        Account = "account", "account", "到本人注销，或半年未登录后再次登录时", "Until the citizen closes the account, or a sign-in after half a year without";
        Session = "session", "session", "会话结束后按设置清理", "Until the session has ended, then by the setting";
        Staff = "staff", "staff", "账号存续期间，停用后随审计", "As long as the account, then as the audit";
        Trail = "trail", "trail", "与审计同期", "As long as the audit";
        Office = "office", "office", "长期，作为办公室的记录", "Lasting, as the office's record";
        Short = "short", "short", "到期自动清理，几分钟到三个月", "Removed by itself within minutes to three months";
    }
}

/// A column that holds something about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonalColumn {
    /// Its table.
    pub table: String,
    /// Its name; behind a dot a field of what is sealed in it.
    pub column: String,
    /// How carefully it is to be kept.
    pub class: FieldClass,
    /// What stands in it.
    pub matter: FieldMatter,
    /// What it is for.
    pub purpose: FieldPurpose,
    /// On which ground.
    pub basis: FieldBasis,
    /// For how long.
    pub retention: FieldRetention,
}

/// The register.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonalFields {
    /// The columns, by table.
    pub items: Vec<PersonalColumn>,
    /// How many columns hold nothing about a person.
    pub other: usize,
}

/// The table of both lists.
const COLUMNS: &str = include_str!("columns.txt");

/// What a line of the table says before its columns.
fn said(words: &str) -> Option<PersonalColumn> {
    let mut words = words.split_whitespace();
    let column = PersonalColumn {
        table: String::new(),
        column: String::new(),
        class: FieldClass::parse(words.next()?)?,
        matter: FieldMatter::parse(words.next()?)?,
        purpose: FieldPurpose::parse(words.next()?)?,
        basis: FieldBasis::parse(words.next()?)?,
        retention: FieldRetention::parse(words.next()?)?,
    };
    words.next().is_none().then_some(column)
}

/// Lines of the table with the table's name: what is said, and the columns.
fn lines() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let mut table = "";
    COLUMNS.lines().filter_map(move |line| {
        if let Some((said, columns)) = line.split_once(':') {
            Some((table, said.trim(), columns))
        } else {
            table = line.trim();
            None
        }
    })
}

/// The register as it is read.
pub fn register() -> PersonalFields {
    let mut fields = PersonalFields::default();
    for (table, words, columns) in lines() {
        let columns = columns.split_whitespace();
        let Some(like) = said(words) else {
            fields.other += columns.count();
            continue;
        };
        fields.items.extend(columns.map(|column| PersonalColumn {
            table: table.to_owned(),
            column: column.to_owned(),
            ..like.clone()
        }));
    }
    fields
}

/// Every column that either list names, as `table.column`.
pub fn known() -> Vec<String> {
    let mut all: Vec<String> = lines()
        .flat_map(|(table, _, columns)| {
            let column = move |name: &str| {
                let whole = name.split_once('.').map_or(name, |(whole, _)| whole);
                format!("{table}.{whole}")
            };
            columns.split_whitespace().map(column)
        })
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ticket::command::Citizen;

    #[test]
    fn every_line_says_what_it_means_and_no_column_stands_twice() {
        let mut seen = std::collections::BTreeSet::new();
        for (table, words, columns) in lines() {
            assert!(!table.is_empty(), "a line before the first table");
            assert!(words == "-" || said(words).is_some(), "{table}: {words}");
            for column in columns.split_whitespace() {
                assert!(seen.insert((table, column)), "{table}.{column} twice");
            }
        }
        let fields = register();
        assert!(fields.items.len() > 200 && fields.other > 500);
        assert!(known().contains(&"tickets.citizen".to_owned()));
    }

    #[test]
    fn every_field_of_the_citizens_block_has_its_row() {
        // A new field does not compile here before it has its row.
        let Citizen {
            name: _,
            phone: _,
            backup_contact: _,
            email: _,
            id_number: _,
            organisation: _,
            credit_code: _,
            own: _,
        } = Citizen::default();
        let fields = register();
        for field in [
            "name",
            "phone",
            "backup_contact",
            "email",
            "id_number",
            "organisation",
            "credit_code",
            "own",
        ] {
            let column = format!("citizen.{field}");
            let row = fields
                .items
                .iter()
                .find(|row| row.table == "tickets" && row.column == column);
            assert!(
                row.is_some_and(|row| row.class >= FieldClass::Personal),
                "{column}"
            );
        }
    }
}
