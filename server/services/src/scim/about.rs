//! What this provider of SCIM can do, for programs that ask before they begin (RFC 7643, sections 5 to 7).
//! Not here: doing it.
//! Attributes that are not named here are passed over in bodies.

use serde_json::{Value, json};
use shared::access::needs;
use shared::fault::Fault;

use super::{COUNT, ENTERPRISE, GROUP, USER, shape};
use crate::context::Ctx;

/// What is supported.
///
/// # Errors
/// `access.denied`.
pub fn service(ctx: &Ctx) -> Result<Value, Fault> {
    ctx.ask(needs::PROVISIONING)?;
    Ok(json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
        "patch": {"supported": true},
        "bulk": {"supported": false, "maxOperations": 0, "maxPayloadSize": 0},
        "filter": {"supported": true, "maxResults": COUNT.1},
        "changePassword": {"supported": false},
        "sort": {"supported": false},
        "etag": {"supported": true},
        "authenticationSchemes": [{
            "type": "oauthbearertoken",
            "name": "Bearer token",
            "description": "The token of a partner's program, RFC 6750",
            "primary": true,
        }],
        "meta": {"resourceType": "ServiceProviderConfig", "location": place(ctx, "ServiceProviderConfig")},
    }))
}

fn place(ctx: &Ctx, name: &str) -> String {
    format!(
        "{}{}/{name}",
        ctx.services.config().public_url,
        super::PREFIX
    )
}

/// The kinds of resources.
///
/// # Errors
/// `access.denied`.
pub fn resource_types(ctx: &Ctx) -> Result<Value, Fault> {
    ctx.ask(needs::PROVISIONING)?;
    let kind = |name: &str, endpoint: &str, schema: &str| {
        json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
            "id": name,
            "name": name,
            "endpoint": endpoint,
            "schema": schema,
            "meta": {"resourceType": "ResourceType", "location": shape::place(ctx, "ResourceTypes", name)},
        })
    };
    let mut user = kind("User", "/Users", USER);
    user["schemaExtensions"] = json!([{"schema": ENTERPRISE, "required": false}]);
    let kinds = [user, kind("Group", "/Groups", GROUP)];
    Ok(shape::listed(2, 1, &kinds))
}

fn attribute(name: &str, kind: &str, mutability: &str, more: Value) -> Value {
    let mut shown = json!({
        "name": name,
        "type": kind,
        "multiValued": false,
        "required": false,
        "caseExact": false,
        "mutability": mutability,
        "returned": "default",
        "uniqueness": "none",
    });
    if let (Value::Object(shown), Value::Object(more)) = (&mut shown, more) {
        shown.extend(more);
    }
    shown
}

fn schema(ctx: &Ctx, id: &str, name: &str, attributes: &[Value]) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
        "id": id,
        "name": name,
        "attributes": attributes,
        "meta": {"resourceType": "Schema", "location": shape::place(ctx, "Schemas", id)},
    })
}

/// The attributes of each kind.
///
/// # Errors
/// `access.denied`.
pub fn schemas(ctx: &Ctx) -> Result<Value, Fault> {
    ctx.ask(needs::PROVISIONING)?;
    let text = |name: &str| attribute(name, "string", "readWrite", json!({}));
    let many = |name: &str| {
        let parts = json!({"multiValued": true, "subAttributes": [text("value"), text("type")]});
        attribute(name, "complex", "readWrite", parts)
    };
    let held = |name: &str| {
        let parts = [
            attribute("value", "string", "readOnly", json!({})),
            attribute("display", "string", "readOnly", json!({})),
        ];
        let more = json!({"multiValued": true, "subAttributes": parts});
        attribute(name, "complex", "readOnly", more)
    };
    let name_parts =
        json!({"subAttributes": [text("formatted"), text("familyName"), text("givenName")]});
    let only_once = json!({"required": true, "uniqueness": "server"});
    let user = [
        attribute("userName", "string", "immutable", only_once),
        text("displayName"),
        attribute("name", "complex", "readWrite", name_parts),
        attribute("active", "boolean", "readWrite", json!({})),
        many("emails"),
        many("phoneNumbers"),
        held("groups"),
    ];
    let group = [
        attribute("displayName", "string", "readOnly", json!({})),
        held("members"),
    ];
    let all = [
        schema(ctx, USER, "User", &user),
        schema(ctx, ENTERPRISE, "EnterpriseUser", &[text("department")]),
        schema(ctx, GROUP, "Group", &group),
    ];
    Ok(shape::listed(3, 1, &all))
}
