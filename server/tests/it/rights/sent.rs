//! What is sent to entrances that are no verbs on cases: lists of an office, accounts, roles and posts, teams, processes.
//! Not here: the call itself and everything else that is sent (`calls`).
//! About nobody, or in a stale version, so that nothing changes.

use serde_json::{Value, json};

pub(super) fn of_list(path: &str) -> Option<Value> {
    if !path.contains("registers") && !path.contains("office/lists") {
        return None;
    }
    Some(match path.rsplit('/').next().unwrap_or_default() {
        "rows" => json!({"version": 99, "cells": {}}),
        "remove" | "undo" => json!({"version": 99, "key": "none"}),
        "table" => json!({"version": 99, "text": "from,to"}),
        "discard" | "hand-on" | "publish" | "replay" => json!({"version": 99}),
        "take-back" | "restore" => json!({"revision": 99}),
        "ask-reading" => json!({"revision": 99, "note": "请阅知"}),
        _ => json!({}),
    })
}

/// What is sent about accounts: about nobody, or in a stale version.
pub(super) fn of_life(path: &str) -> Option<Value> {
    Some(match path.rsplit('/').next().unwrap_or_default() {
        "account-requests" | "new" if path.contains("account-requests") => {
            json!({"kind": "freeze", "username": "nobody", "reason": "长期病假"})
        }
        "decide" if path.contains("account-requests") => json!({"version": 99, "agrees": true}),
        "withdraw" if path.contains("account-requests") => json!({"version": 99}),
        "decide" if path.contains("mandates") => json!({"version": 99, "agrees": true}),
        "decide" if path.contains("/wishes/") => json!({"version": 99, "agrees": true}),
        "correction" | "correct" if path.contains("/citizen/") || path.starts_with("/me/") => {
            json!({"name": "王建国", "reason": "姓名写错了"})
        }
        "erasure" | "erase" if path.contains("/citizen/") || path.starts_with("/me/") => {
            json!({"reason": "不再需要"})
        }
        "end" if path.contains("/mandates/") => {
            json!({"version": 99, "reason": "委托已撤销"})
        }
        "freeze" => json!({"version": 99, "reason": "手机遗失"}),
        "import" => json!({"text": "from,to"}),
        "stand-ins" => json!({"username": "nobody", "from": "2026-03-02", "until": "2026-03-04"}),
        "answer" if path.contains("reviews") => json!({"answers": []}),
        _ => return None,
    })
}

/// Roles and posts: shipped roles are not changed, and what is not there is given to nobody.
pub(super) fn of_rights(path: &str) -> Option<Value> {
    let is_form = path.starts_with("/office/roles") || path.starts_with("/office/people");
    if !is_form && !path.contains("/roles") && !path.contains("/posts") {
        return None;
    }
    let role = json!({"code": "trial_role", "name": "试用", "grants": "ticket.view:own"});
    Some(match path.rsplit('/').next().unwrap_or_default() {
        "copy" => json!({"code": "trial_copy", "name": "试用"}),
        "stop" => json!({"stopped": true, "version": 99}),
        "give" | "posts" => json!({"role": "nobody_knows"}),
        "end" | "resume" => json!({}),
        _ if is_form => {
            json!({"code": "trial_role", "name": "试用", "may.ticket.view": "own", "version": 99})
        }
        "roles" => role,
        _ => json!({"role": role, "version": 99}),
    })
}

/// Teams: of a unit that is none, and of nobody.
pub(super) fn of_team(path: &str) -> Option<Value> {
    if !path.contains("/teams") {
        return None;
    }
    Some(match path.rsplit('/').next().unwrap_or_default() {
        "rename" => json!({"name": "夜班", "version": 99}),
        "end" if path.contains("members") => json!({}),
        "end" => json!({"version": 99}),
        "join" | "members" => json!({"username": "nobody"}),
        _ => json!({"unit": "nowhere", "name": "夜班"}),
    })
}

/// SCIM: a person of no unit, and a patch of nobody.
pub(super) fn of_scim(path: &str) -> Option<Value> {
    if path.contains("/platforms/") {
        return Some(json!({}));
    }
    if !path.starts_with("/scim/") {
        return None;
    }
    let patch = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
    Some(json!({
        "schemas": [patch],
        "userName": "zhao.xin",
        "Operations": [{"op": "replace", "path": "active", "value": true}],
    }))
}

pub(super) fn of_process(path: &str) -> Option<Value> {
    if !path.contains("processes") {
        return None;
    }
    Some(match path.rsplit('/').next().unwrap_or_default() {
        "events" => json!({"kind": "signal", "name": "none"}),
        "activate" | "withdraw" | "retrace" => json!({}),
        "activate-part" => json!({"area": "320106"}),
        "withdraw-part" => json!({"activation": "01900000-0000-7000-8000-000000000000"}),
        "migrate" => json!({"from": 98, "to": 99}),
        "undo" => json!({"migration": "01900000-0000-7000-8000-000000000000"}),
        _ => json!({"xml": "<definitions/>"}),
    })
}
