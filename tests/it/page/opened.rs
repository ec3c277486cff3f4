//! How a page is opened: by its secret, once; without naming a program; with the system's browser.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use super::client::Page;
use super::desk;

/// The printed address works once; from then on the cookie does, also for the address.
#[test]
fn the_address_lets_somebody_in_once() {
    let (_desk, path) = desk();
    let page = Page::open(&path, &[]);
    let (host, printed) = (page.host(), format!("/?{}", page.address.split_once("/?").unwrap().1));
    let again = page.send("GET", &printed, &[("host", &host)], "");
    assert_eq!((again.status, again.header("set-cookie")), (401, None), "somebody who read the address");
    // Loaded again, and opened again by the address: the same browser gets the page.
    assert!(page.get("/", &[]).body.contains("main.js"));
    let led = page.get(&printed, &[]);
    assert_eq!(led.status, 200);
    assert!(led.body.contains("url=/\"") && !led.body.contains("main.js"), "{}", led.body);
    assert!(page.get("/", &[("sec-fetch-site", "none")]).body.contains("main.js"));
}

/// Another site can lead to the page's document and read nothing of it.
#[test]
fn other_sites_read_nothing() {
    let (_desk, path) = desk();
    let mut page = Page::open(&path, &[]);
    page.planned();
    for path in ["/main.js", "/style.css", "/out/placements.csv"] {
        assert_eq!(page.get(path, &[("sec-fetch-site", "same-origin")]).status, 200, "{path}");
        for site in ["cross-site", "same-site"] {
            let reply = page.get(path, &[("sec-fetch-site", site)]);
            assert_eq!((reply.status, reply.body.contains("r4")), (403, false), "{path}, {site}");
        }
        assert_eq!(page.get(path, &[("origin", "http://elsewhere.example")]).status, 403, "{path}");
    }
}

struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Without a name it is the folder one is in, and the browser of the system is told the address that is printed.
#[cfg(target_os = "linux")]
#[test]
fn the_folder_one_is_in_opens_in_the_browser() {
    use std::os::unix::fs::PermissionsExt;
    let (desk, path) = desk();
    let tools = desk.path().join("tools");
    let told = desk.path().join("told");
    fs::create_dir(&tools).unwrap();
    let script = tools.join("xdg-open");
    fs::write(
        &script,
        format!("#!/bin/sh\nprintf '%s' \"$*\" > '{0}.new' && mv '{0}.new' '{0}'\n", told.display()),
    )
    .unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    let found = std::env::var("PATH").unwrap_or_default();
    let mut child = Command::new(env!("CARGO_BIN_EXE_kenshu"))
        .args(["open", "--lang", "en"])
        .current_dir(&path)
        .env("PATH", format!("{}:{found}", tools.display()))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut address = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
    let _ended = Ended(child);
    let started = Instant::now();
    while !told.exists() && started.elapsed().as_secs() < 20 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(fs::read_to_string(&told).unwrap(), address.trim());
    let (host, token) = address.trim().strip_prefix("http://").unwrap().split_once("/?").unwrap();
    let page = std::net::TcpStream::connect(host).map(|mut stream| {
        use std::io::{Read, Write};
        write!(stream, "GET /?{token} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n").unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        reply
    });
    assert!(page.unwrap().contains("set-cookie"), "what the browser is told opens the page");
}
