//! Roles, posts and what they give, as administrators and programs see and send them.
//! Not here: what a post is (`access::post`), giving and composing (services).
//! Read next: `access::RoleSpec`.

use serde::{Deserialize, Serialize};

use crate::access::{
    Condition, Grants, Permission, PersonalField, PostState, Role, RoleCode, RoleSpec, ScopeKind,
    Shown, Sight,
};
use crate::calendar::Instant;
use crate::ticket::view::Named;

/// A post as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GivePost {
    /// The role.
    pub role: RoleCode,
    /// Code of the unit; that of the account where absent.
    #[serde(default)]
    pub unit: Option<String>,
    /// No permission of the role reaches farther; as far as the role says where absent.
    #[serde(default)]
    pub scope: Option<ScopeKind>,
    /// It begins; at once where absent.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub from: Option<Instant>,
    /// It ends by itself; it does not where absent.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub until: Option<Instant>,
    /// What it asks of its holder.
    #[serde(default)]
    pub condition: Option<Condition>,
    /// The certificate that it asks for.
    #[serde(default)]
    pub certificate: Option<String>,
    /// Until when that is valid.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub certificate_until: Option<Instant>,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
}

impl GivePost {
    /// A role at the own unit, without end or condition.
    pub fn plain(role: impl Into<RoleCode>) -> Self {
        Self {
            role: role.into(),
            unit: None,
            scope: None,
            from: None,
            until: None,
            condition: None,
            certificate: None,
            certificate_until: None,
            reason: None,
        }
    }
}

/// A role as it is composed or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ComposeRole {
    /// Its code, for good: 2 to 40 small letters, digits and low lines.
    pub code: RoleCode,
    /// What it is called in Chinese.
    pub name: String,
    /// What it is called in English; as in Chinese where absent.
    #[serde(default)]
    pub name_en: String,
    /// The shipped roles whose tasks its holders do.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub tasks: Vec<Role>,
    /// What it gives, as `permission:scope` with blanks between.
    #[serde(deserialize_with = "Grants::written")]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub grants: Grants,
    /// How its holders see personal fields, as `field:phase:shown` with blanks between; where absent as it is, and as usual in a new role.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub sight: Option<Sight>,
}

/// A role with who has it and who changed it last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleRow {
    /// The role.
    pub spec: RoleSpec,
    /// Posts that were not taken back.
    pub posts: i64,
    /// When it was changed last.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub changed_at: Instant,
    /// By whom; absent: with the program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed_by: Option<String>,
}

/// A post of somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PostView {
    /// Its number among those of the person.
    pub no: i32,
    /// The role.
    pub role: RoleCode,
    /// What that is called, in the reader's language.
    pub role_name: String,
    /// Code of the unit.
    pub unit: String,
    /// Name of the unit.
    pub unit_name: String,
    /// No permission of the role reaches farther.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<ScopeKind>,
    /// Whether it holds now, or why not.
    pub state: PostState,
    /// It begins.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub from: Instant,
    /// It ends by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub until: Option<Instant>,
    /// What it asks of its holder.
    pub condition: Condition,
    /// The certificate that it asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
    /// Until when that is valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub certificate_until: Option<Instant>,
    /// Why it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When it was given.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub given_at: Instant,
    /// By whom; absent: the machine's owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given_by: Option<String>,
    /// When it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub ended_at: Option<Instant>,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_by: Option<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_why: Option<String>,
}

/// A post through which somebody has a permission, or would.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RightWay {
    /// The post's number.
    pub no: i32,
    /// What its role is called, in the reader's language.
    pub role_name: String,
    /// Name of its unit.
    pub unit_name: String,
    /// How far it reaches there.
    pub scope: ScopeKind,
    /// Whether the post holds now, or why not.
    pub state: PostState,
}

/// What somebody may, and through what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RightView {
    /// The permission.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub permission: Permission,
    /// Whether the person has it now.
    pub may: bool,
    /// Through which posts, those that sleep included.
    pub ways: Vec<RightWay>,
}

/// A post through which somebody sees a class of personal field, or would.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldWay {
    /// The post's number.
    pub no: i32,
    /// What its role is called, in the reader's language.
    pub role_name: String,
    /// Name of its unit.
    pub unit_name: String,
    /// How the class is shown of open tickets that the post reaches.
    pub open: Shown,
    /// And of closed ones.
    pub closed: Shown,
    /// Whether the post holds now, or why not.
    pub state: PostState,
}

/// How somebody sees a class of personal field, and through what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldView {
    /// The class.
    pub field: PersonalField,
    /// Through which posts, those that sleep included.
    pub ways: Vec<FieldWay>,
}

codes! {
    /// What keeps somebody from everything, whatever the posts give.
    Barred {
        Closed = "closed", "closed", "账号已停用", "The account is closed";
        Password = "password", "password", "须先修改密码", "The password has to be changed first";
        Enrolment = "enrolment", "enrolment", "须先启用第二因素", "A second factor has to be set up first";
    }
}

/// What somebody can really see and do, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rights {
    /// What keeps the person from everything; nothing else counts then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub barred: Option<Barred>,
    /// Every permission that some post gives or would give.
    pub rights: Vec<RightView>,
    /// How each class of personal field is shown; empty for who sees no tickets.
    pub fields: Vec<FieldView>,
}

/// Somebody's posts, for who gives them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonPosts {
    /// Sign-in name.
    pub username: String,
    /// Display name.
    pub name: String,
    /// Code of the account's unit.
    pub unit: String,
    /// Name of that unit.
    pub unit_name: String,
    /// Closed accounts cannot sign in.
    pub active: bool,
    /// Whether a second factor is set up.
    pub has_factor: bool,
    /// Whether it is the reader, who changes nothing here.
    pub is_oneself: bool,
    /// Every post that the person has or had.
    pub posts: Vec<PostView>,
    /// What can be given.
    pub roles: Vec<Named>,
    /// Units near the person's own, for choosing.
    pub units: Vec<Named>,
}
