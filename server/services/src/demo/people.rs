//! People of the demo: who can sign in (at most 60), and generated names for everybody who appears in a history.
//! Not here: passwords' rule (`sessions::password`), what roles may (`shared::access`).
//! Names are put together from frequent characters; no real person is meant.

use rand::Rng;
use shared::access::Role;

const FAMILY: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程魏苏吕丁任沈姚卢姜崔钟谭陆汪范金石";
const GIVEN: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂文辉玲建国志华晓春红梅云峰海燕雪松林佳欣怡宁浩宇轩子涵思琪梓俊博雅慧颖倩婷晨阳旭东瑞";

/// A person who can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Post {
    pub username: String,
    /// The first is the one the accounts file names.
    pub roles: Vec<Role>,
    pub unit: String,
}

/// A name of two or three characters.
pub(super) fn name(rng: &mut impl Rng) -> String {
    let pick = |rng: &mut dyn rand::RngCore, list: &str| {
        let count = list.chars().count();
        list.chars().nth(rng.random_range(0..count)).unwrap_or('王')
    };
    let mut name = String::new();
    name.push(pick(rng, FAMILY));
    name.push(pick(rng, GIVEN));
    if rng.random_bool(0.7) {
        name.push(pick(rng, GIVEN));
    }
    name
}

/// City code and the short name that begins its people's sign-in names.
const CITIES: [(&str, &str); 13] = [
    ("320100", "nj"),
    ("320200", "wx"),
    ("320300", "xz"),
    ("320400", "cz"),
    ("320500", "sz"),
    ("320600", "nt"),
    ("320700", "lyg"),
    ("320800", "ha"),
    ("320900", "yc"),
    ("321000", "yz"),
    ("321100", "zj"),
    ("321200", "tz"),
    ("321300", "sq"),
];

/// Everybody who can sign in: all roles, the whole chain in the first city, the desks of the others.
#[allow(clippy::too_many_lines, reason = "a table of people")]
pub(super) fn posts() -> Vec<Post> {
    use Role::{
        Agent, Analyst, Auditor, BusinessAdmin, CentreLeader, ClosingReviewer, Dispatcher,
        FollowUp, Handler, ProvincialManager, SecurityAdmin, ShiftLead, Supervisor, SystemAdmin,
        UnitLiaison, UnitReviewer,
    };
    let mut posts = Vec::new();
    let mut post = |username: String, roles: &[Role], unit: &str| {
        posts.push(Post {
            username,
            roles: roles.to_vec(),
            unit: unit.to_owned(),
        });
    };
    for (word, role) in [
        ("manager", ProvincialManager),
        ("system", SystemAdmin),
        ("security", SecurityAdmin),
        ("auditor", Auditor),
        ("analyst", Analyst),
        ("leader", CentreLeader),
    ] {
        post(format!("js.{word}"), &[role], super::organisation::PROVINCE);
    }
    let desk = [
        ("agent", Agent),
        ("agent2", Agent),
        ("shiftlead", ShiftLead),
        ("dispatcher", Dispatcher),
        ("dispatcher2", Dispatcher),
        ("reviewer", ClosingReviewer),
        ("followup", FollowUp),
        ("supervisor", Supervisor),
        ("analyst", Analyst),
        ("leader", CentreLeader),
    ];
    for (city, short) in CITIES {
        match short {
            "nj" => desk
                .iter()
                .for_each(|(word, role)| post(format!("{short}.{word}"), &[*role], city)),
            "wx" | "sz" => {
                let few = desk.iter().filter(|(word, _)| {
                    matches!(
                        *word,
                        "agent" | "dispatcher" | "reviewer" | "followup" | "supervisor"
                    )
                });
                few.for_each(|(word, role)| post(format!("{short}.{word}"), &[*role], city));
                post(
                    format!("{short}.zjj.unit"),
                    &[UnitLiaison, Handler, UnitReviewer],
                    &format!("{city}-ZJJ"),
                );
            }
            _ => post(
                format!("{short}.desk"),
                &[Dispatcher, ClosingReviewer, FollowUp, Supervisor],
                city,
            ),
        }
    }
    let chain = [
        ("liaison", UnitLiaison),
        ("handler", Handler),
        ("reviewer", UnitReviewer),
    ];
    for (unit, short) in [
        ("320100-ZJJ", "zjj"),
        ("320100-CGJ", "cgj"),
        ("320102", "xuanwu"),
    ] {
        for (word, role) in &chain {
            post(format!("nj.{short}.{word}"), &[*role], unit);
        }
    }
    for short in ["JTJ", "HBJ", "RSJ", "SCJ", "GAJ", "JYJ"] {
        post(
            format!("nj.{}.unit", short.to_lowercase()),
            &[UnitLiaison, Handler, UnitReviewer],
            &format!("320100-{short}"),
        );
    }
    post(
        "nj.xuanwu.street".to_owned(),
        &[UnitLiaison, Handler, UnitReviewer],
        "320102002",
    );
    post(
        "js.business".to_owned(),
        &[BusinessAdmin],
        super::organisation::PROVINCE,
    );
    post("nj.business".to_owned(), &[BusinessAdmin], CITIES[0].0);
    posts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_most_sixty_can_sign_in_and_every_role_is_held() {
        let posts = posts();
        assert!(posts.len() <= 60, "{}", posts.len());
        for role in Role::ALL {
            assert!(
                posts.iter().any(|post| post.roles[0] == *role),
                "nobody is {role}"
            );
        }
        let names: std::collections::BTreeSet<_> =
            posts.iter().map(|post| &post.username).collect();
        assert_eq!(names.len(), posts.len());
    }
}
