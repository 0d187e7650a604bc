//! A static host as Footing would meet one: a folder below a sub-path, gzip, ten minutes of cache.
//!
//! It keeps a log, can be stopped (every open connection falls too), started again on the same
//! port, and can change the folder it serves between two requests.

use std::collections::VecDeque;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread::JoinHandle;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use tokio::sync::oneshot;
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;

/// What the host says about a file.
#[derive(Clone, Debug, Default)]
pub struct Manners {
    /// `Cache-Control` of every answer.
    pub cache_control: &'static str,
    /// Sent with the page as `Content-Security-Policy-Report-Only`.
    pub report_only: Option<String>,
}

/// What one request asked for, and when it came matters less than in which order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// GET, POST, …
    pub method: String,
    /// The path below the served prefix, or the whole path when it lies elsewhere.
    pub path: String,
    /// The body of a POST (the browser's report of a policy violation).
    pub body: String,
}

struct Shared {
    prefix: String,
    folder: RwLock<PathBuf>,
    manners: RwLock<Manners>,
    log: Mutex<VecDeque<Asked>>,
}

/// A host that serves until it is dropped.
pub struct Host {
    address: SocketAddr,
    shared: Arc<Shared>,
    running: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

impl Host {
    /// Serves `folder` below `prefix` (which begins and ends with a slash) on a listener of the caller's.
    pub fn start(listener: TcpListener, prefix: &str, folder: &Path, manners: Manners) -> Self {
        let address = listener
            .local_addr()
            .expect("a bound listener has an address");
        let shared = Arc::new(Shared {
            prefix: prefix.to_owned(),
            folder: RwLock::new(folder.to_owned()),
            manners: RwLock::new(manners),
            log: Mutex::default(),
        });
        let mut host = Self {
            address,
            shared,
            running: None,
        };
        host.run(listener);
        host
    }

    /// The host without a path.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where the folder is served.
    pub fn url(&self) -> String {
        format!("{}{}", self.origin(), self.shared.prefix)
    }

    /// Serves another folder from now on: a deployment.
    pub fn deploy(&self, folder: &Path, manners: Manners) {
        folder.clone_into(
            &mut self
                .shared
                .folder
                .write()
                .unwrap_or_else(PoisonError::into_inner),
        );
        *self
            .shared
            .manners
            .write()
            .unwrap_or_else(PoisonError::into_inner) = manners;
    }

    /// Takes the log so far.
    pub fn take_log(&self) -> Vec<Asked> {
        let mut log = self
            .shared
            .log
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        log.drain(..).collect()
    }

    /// Stops listening and cuts every connection.
    pub fn stop(&mut self) {
        if let Some((stop, thread)) = self.running.take() {
            let _ = stop.send(());
            thread.join().expect("the host's thread ends well");
        }
    }

    /// Listens again on the same port.
    pub fn start_again(&mut self) {
        if self.running.is_none() {
            let listener =
                TcpListener::bind(self.address).expect("the host's own port is still free");
            self.run(listener);
        }
    }

    fn run(&mut self, listener: TcpListener) {
        let (stop, stopped) = oneshot::channel();
        let shared = Arc::clone(&self.shared);
        // A runtime of its own: when it ends, every task and so every connection ends with it.
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime.expect("a runtime for the host").block_on(async {
                listener
                    .set_nonblocking(true)
                    .expect("a listener can be polled");
                let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
                let app = Router::new()
                    .fallback(answer)
                    .layer(CompressionLayer::new().gzip(true));
                tokio::select! {
                    served = axum::serve(listener, app.with_state(shared)).into_future() =>
                        served.expect("the host serves"),
                    _ = stopped => (),
                }
            });
        });
        self.running = Some((stop, thread));
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The first free port at or above `from`, bound on loopback.
pub fn listen_from(from: u16) -> std::io::Result<TcpListener> {
    let mut refusal = None;
    for port in from..=u16::MAX {
        match TcpListener::bind(SocketAddrV4::new(Ipv4Addr::LOCALHOST, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) => refusal = Some(error),
        }
    }
    Err(refusal.unwrap_or_else(|| std::io::ErrorKind::AddrInUse.into()))
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let whole = request.uri().path().to_owned();
    let below = whole.strip_prefix(&shared.prefix).map(str::to_owned);
    let (head, body) = request.into_parts();
    let body = match axum::body::to_bytes(body, 1 << 16).await {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(_) => String::new(),
    };
    shared
        .log
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push_back(Asked {
            method: head.method.to_string(),
            path: below.clone().unwrap_or_else(|| whole.clone()),
            body,
        });
    let Some(below) = below else {
        if format!("{whole}/") == shared.prefix {
            return Redirect::permanent(&shared.prefix).into_response();
        }
        return StatusCode::NOT_FOUND.into_response();
    };
    if head.method == Method::POST {
        return StatusCode::NO_CONTENT.into_response();
    }

    let mut request = Request::from_parts(head, Body::empty());
    *request.uri_mut() = Uri::try_from(format!("/{below}")).unwrap_or_default();
    let folder = shared
        .folder
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    let manners = shared
        .manners
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    let mut response = match ServeDir::new(folder).try_call(request).await {
        Ok(found) => found.into_response(),
        Err(error) => {
            return (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response();
        }
    };
    let headers = response.headers_mut();
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static(manners.cache_control),
    );
    if let (true, Some(policy)) = (
        below.is_empty() || below == "index.html",
        manners.report_only,
    ) && let Ok(policy) = HeaderValue::from_str(&policy)
    {
        headers.insert(header::CONTENT_SECURITY_POLICY_REPORT_ONLY, policy);
    }
    response
}
