//! How accounts look to SCIM.
//! Not here: finding them (`users`). Mailbox and number are shown to the program alone that looks after the account.

use serde_json::{Map, Value, json};
use shared::calendar::Instant;
use shared::notice::NoticeSettings;
use store::life::AccountRequest;
use store::scim::Provisioned;
use store::users::User;

use super::{ENTERPRISE, LIST, PREFIX, USER};
use crate::context::Ctx;

/// The tag of a version (RFC 9110, 8.8.3).
pub(super) fn tag(version: i32) -> String {
    format!("W/\"{version}\"")
}

/// The address of a resource.
pub(super) fn place(ctx: &Ctx, kind: &str, id: &str) -> String {
    format!("{}{PREFIX}/{kind}/{id}", ctx.services.config().public_url)
}

fn meta(ctx: &Ctx, id: &str, (made, changed): (Instant, Instant), version: i32) -> Value {
    json!({
        "resourceType": "User",
        "created": made,
        "lastModified": changed,
        "location": place(ctx, "Users", id),
        "version": tag(version),
    })
}

/// An account.
pub(super) fn user(
    ctx: &Ctx,
    user: &User,
    kept: Option<&Provisioned>,
    contacts: &NoticeSettings,
) -> Value {
    let id = user.id.to_string();
    let mut shown = Map::new();
    let mut put = |name: &str, value: Value| shown.insert(name.to_owned(), value);
    put("schemas", json!([USER, ENTERPRISE]));
    put("id", Value::from(id.as_str()));
    if let Some(external) = kept.and_then(|kept| kept.external_id.as_deref()) {
        put("externalId", Value::from(external));
    }
    put("userName", Value::from(user.username.as_str()));
    put("displayName", Value::from(user.name.as_str()));
    put("name", json!({"formatted": user.name}));
    put("active", Value::from(user.active));
    if let Some(mail) = &contacts.mail {
        put(
            "emails",
            json!([{"value": mail, "type": "work", "primary": true}]),
        );
    }
    if let Some(mobile) = &contacts.mobile {
        put("phoneNumbers", json!([{"value": mobile, "type": "mobile"}]));
    }
    let roles = user.roles();
    let groups: Vec<Value> = roles
        .iter()
        .map(|role| json!({"value": role.as_str(), "$ref": place(ctx, "Groups", role.as_str())}))
        .collect();
    put("groups", Value::from(groups));
    put(ENTERPRISE, json!({"department": user.unit}));
    let times = (user.created_at, user.updated_at);
    put("meta", meta(ctx, &id, times, user.version));
    Value::Object(shown)
}

/// A request for an account, as an account that does not work yet.
pub(super) fn pending(ctx: &Ctx, request: &AccountRequest, kept: Option<&Provisioned>) -> Value {
    let id = request.id.to_string();
    let mut shown = json!({
        "schemas": [USER, ENTERPRISE],
        "id": id,
        "userName": request.username,
        "displayName": request.name,
        "name": {"formatted": request.name},
        "active": false,
        "groups": [],
        ENTERPRISE: {"department": request.unit},
        "meta": meta(ctx, &id, (request.made_at, request.made_at), request.version),
    });
    if let Some(external) = kept.and_then(|kept| kept.external_id.as_deref()) {
        shown["externalId"] = Value::from(external);
    }
    shown
}

/// A list.
pub(super) fn listed(total: i64, start: u64, resources: &[Value]) -> Value {
    json!({
        "schemas": [LIST],
        "totalResults": total,
        "startIndex": start,
        "itemsPerPage": resources.len(),
        "Resources": resources,
    })
}
