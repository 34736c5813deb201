//! What proves something, as it is shown: the files of a line, a position, and the visits of a unit on site.
//! Not here: entering them (`actions::evidence`), the list of all files (`components::files`).

use leptos::prelude::*;
use shared::ids::FileId;
use shared::text::{file::evidence, ticket};
use shared::ticket::view::SiteView;

use crate::components::ticket::When;
use crate::context::{say, use_locale};

/// Ways to the files that prove something.
#[component]
pub fn ProofLinks(files: Vec<FileId>) -> impl IntoView {
    let locale = use_locale();
    let links = files
        .into_iter()
        .enumerate()
        .map(|(index, file)| {
            let href = format!("/files/{file}");
            view! { " " <a href=href rel="external" download="">{evidence::file(index + 1, locale)}</a> }
        })
        .collect_view();
    (!links.is_empty()).then(|| view! { <span class="small">{links}</span> })
}

/// A position in degrees, where there is one.
pub fn position(lon: Option<f64>, lat: Option<f64>) -> Option<String> {
    let (lon, lat) = lon.zip(lat)?;
    Some(format!("{lon:.5}, {lat:.5}"))
}

/// The visits of a unit on site.
#[component]
pub fn Sites(sites: Vec<SiteView>) -> impl IntoView {
    let lines = sites
        .into_iter()
        .map(|site| view! { <li><Site site/></li> })
        .collect_view();
    (!lines.is_empty()).then(|| {
        view! {
            <div class="sub-block">
                <b>{say(evidence::SITES)}</b>
                <ul class="plain">{lines}</ul>
            </div>
        }
    })
}

#[component]
fn Site(site: SiteView) -> impl IntoView {
    let locale = use_locale();
    let first = evidence::officer(&site.officer, site.officer_no.as_deref(), locale);
    let second = site
        .second_officer
        .as_deref()
        .map(|name| evidence::officer(name, site.second_officer_no.as_deref(), locale));
    let people: Vec<String> = std::iter::once(first).chain(second).collect();
    let place =
        position(site.lon, site.lat).map(|at| format!("{} {at}", ticket::POSITION.get(locale)));
    let place: Vec<String> = site.address.into_iter().chain(place).collect();
    let place = (!place.is_empty()).then(|| place.join(" · "));
    view! {
        {site.kind.label(locale)} " · " <When at=site.visited_at/> " · "
        <span lang="zh-CN">{people.join("、")}</span>
        {place.map(|place| view! { <p class="small muted" lang="zh-CN">{place}</p> })}
        <p class="prose" lang="zh-CN">{site.found}</p>
        {site.measures.map(|text| view! { <p class="prose"><b>{say(evidence::MEASURES)}</b> " " <span lang="zh-CN">{text}</span></p> })}
        <ProofLinks files=site.files/>
    }
}
