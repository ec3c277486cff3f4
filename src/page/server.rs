//! The server: 127.0.0.1 and nothing else, one small runtime, and an end that is clean.
//!
//! Every request passes the guard, then a match of paths ([`routes`](super::routes)); nothing is routed before.
//! What counts or judges runs on a few threads for that, so the server always answers.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, SET_COOKIE};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::Response;
use tokio::net::TcpListener;
use tokio::sync::Notify;

use super::assets;
use super::desk::Desk;
use super::guard::{Guard, HEADERS, Passed};
use super::routes::{App, Reply};
use crate::language::Language;

/// No call is larger; a workbook that is dropped on the page is the largest.
const BODY_BYTES_MAX: usize = 16 << 20;
/// Threads that accept and parse, and threads that count and judge.
const WORKERS: usize = 2;
const BLOCKING_MAX: usize = 4;
/// Connections that do not end by themselves are cut after this.
const PATIENCE: Duration = Duration::from_secs(2);

/// How a page is served.
pub struct Settings {
    /// 0: any free one.
    pub port: u16,
    pub language: Language,
    /// The server ends when nobody has had the page open for so long.
    pub idle_limit: Duration,
}

struct Served {
    guard: Guard,
    app: Arc<App>,
    seen: Mutex<Instant>,
}

/// Serves a page until it is told to end or nobody uses it; `opened` is told the address, `end` is given what
/// ends it, for a signal.
///
/// # Errors
/// The port is taken, or the system has no randomness or no threads.
pub fn serve(
    desk: Desk,
    settings: &Settings,
    opened: impl FnOnce(&str),
    end: impl FnOnce(Box<dyn Fn() + Send>),
) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .max_blocking_threads(BLOCKING_MAX)
        .enable_io()
        .enable_time()
        .build()?;
    let ended = Arc::new(Notify::new());
    let notify = Arc::clone(&ended);
    end(Box::new(move || notify.notify_one()));
    let served = runtime.block_on(async {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, settings.port))).await?;
        let guard = Guard::new(listener.local_addr()?.port()).map_err(io::Error::other)?;
        let address = guard.address();
        let app = App::new(desk, settings.language);
        let served = Arc::new(Served { guard, app, seen: Mutex::new(Instant::now()) });
        opened(&address);
        let over = Arc::new(Notify::new());
        let ending = {
            let (served, over, limit) = (Arc::clone(&served), Arc::clone(&over), settings.idle_limit);
            async move {
                first(ended.notified(), idle(&served, limit)).await;
                served.app.stop();
                over.notify_one();
            }
        };
        let router = Router::new().fallback(answer).with_state(Arc::clone(&served));
        let serving = axum::serve(listener, router).with_graceful_shutdown(ending);
        let late = async {
            over.notified().await;
            tokio::time::sleep(PATIENCE).await;
        };
        first(async { _ = serving.await }, late).await;
        Ok(())
    });
    runtime.shutdown_timeout(PATIENCE);
    served
}

/// Ends when either of two ends.
async fn first(one: impl Future<Output = ()>, other: impl Future<Output = ()>) {
    let (mut one, mut other) = (std::pin::pin!(one), std::pin::pin!(other));
    std::future::poll_fn(|context| match one.as_mut().poll(context) {
        Poll::Ready(()) => Poll::Ready(()),
        Poll::Pending => other.as_mut().poll(context),
    })
    .await;
}

/// Ends once nobody has asked for anything for so long; a page that is open asks every few seconds.
async fn idle(served: &Served, limit: Duration) {
    loop {
        let since = served.seen.lock().unwrap_or_else(PoisonError::into_inner).elapsed();
        match limit.checked_sub(since) {
            None | Some(Duration::ZERO) => return,
            Some(left) => tokio::time::sleep(left).await,
        }
    }
}

async fn answer(State(served): State<Arc<Served>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    match served.guard.judge(&parts.method, &parts.uri, &parts.headers) {
        Passed::No(status) => {
            return response(status, "text/html; charset=utf-8", assets::refusal(status).into());
        }
        Passed::WithToken => {
            // The document that leads on is the page's own, so that the strict cookie comes along.
            let mut response = response(StatusCode::OK, "text/html; charset=utf-8", assets::ENTRY.into());
            if let Ok(cookie) = HeaderValue::from_str(&served.guard.set_cookie()) {
                response.headers_mut().insert(SET_COOKIE, cookie);
            }
            return response;
        }
        Passed::Yes => {}
    }
    *served.seen.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    let app = Arc::clone(&served.app);
    let path = parts.uri.path().to_string();
    let reply = if parts.method == Method::GET {
        let query = parts.uri.query().unwrap_or_default().to_string();
        tokio::task::spawn_blocking(move || app.get(&path, &query)).await
    } else {
        let Ok(body) = to_bytes(body, BODY_BYTES_MAX).await else {
            return response(StatusCode::PAYLOAD_TOO_LARGE, "application/json", "{}".into());
        };
        tokio::task::spawn_blocking(move || app.post(&path, &body)).await
    };
    match reply {
        Ok(Reply::Json(status, value)) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            response(status, "application/json", value.to_string().into())
        }
        Ok(Reply::Bytes { kind, bytes, name }) => {
            let mut response = response(StatusCode::OK, kind, bytes.into());
            let disposition =
                name.map(|name| HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")));
            if let Some(Ok(disposition)) = disposition {
                response.headers_mut().insert(CONTENT_DISPOSITION, disposition);
            }
            response
        }
        Ok(Reply::NotFound) => response(StatusCode::NOT_FOUND, "application/json", "{}".into()),
        // A fault inside is told as one; the desk and its journal stay.
        Err(_) => response(StatusCode::INTERNAL_SERVER_ERROR, "application/json", "{}".into()),
    }
}

fn response(status: StatusCode, kind: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.extend(HEADERS);
    response
}
