//! The page's own files, compiled in: one document, its style, plain modules.

use axum::http::StatusCode;

use crate::language::Language;

/// What leads from the printed address to the page, so that the secret does not stay in the address.
pub const ENTRY: &str = "<!doctype html><meta charset=\"utf-8\"><link rel=\"icon\" href=\"data:,\"><meta http-equiv=\"refresh\" content=\"0;url=/\"><title>kenshu</title>\n";

pub struct Asset {
    pub kind: &'static str,
    pub content: Vec<u8>,
}

const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

macro_rules! modules {
    ($($name:literal),* $(,)?) => {
        /// Path and text of every module.
        pub const MODULES: &[(&str, &str)] = &[$((concat!("/", $name), include_str!(concat!("assets/", $name)))),*];
    };
}

modules!(
    "main.js",
    "server.js",
    "grid.js",
    "drag.js",
    "keys.js",
    "menu.js",
    "side.js",
    "start.js",
    "dom.js",
    "planning.js",
    "dialogs.js",
    "tables.js",
    "whatif.js",
    "completion.js",
);

/// A file of the page.
pub fn asset(path: &str, language: Language) -> Option<Asset> {
    let asset = |kind, content: &str| Some(Asset { kind, content: content.as_bytes().to_vec() });
    match path {
        "/" => {
            let document = include_str!("assets/index.html")
                .replace("lang=\"\"", &format!("lang=\"{}\"", language.tag()));
            asset("text/html; charset=utf-8", &document)
        }
        "/style.css" => asset("text/css; charset=utf-8", include_str!("assets/style.css")),
        "/icon.svg" => asset("image/svg+xml", include_str!("assets/icon.svg")),
        _ => MODULES.iter().find(|(name, _)| *name == path).and_then(|(_, text)| asset(JAVASCRIPT, text)),
    }
}

/// What somebody sees who may not have the page: the number alone, since words would be somebody else's to read.
pub fn refusal(status: StatusCode) -> String {
    format!("<!doctype html><meta charset=\"utf-8\"><title>kenshu</title><p>{}</p>\n", status.as_u16())
}
