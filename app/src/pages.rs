//! The web front end, as built by `npm run build`: files, and one page for every address of the application.

use std::io::ErrorKind;
use std::path::PathBuf;

use actix_files::{Files, NamedFile};
use actix_web::dev::{ServiceRequest, ServiceResponse, fn_service};
use actix_web::http::header::{self, AcceptEncoding, ContentEncoding, Encoding, Header as _, HeaderValue};
use actix_web::middleware::DefaultHeaders;
use actix_web::{HttpRequest, HttpResponse, ResponseError as _, guard, web};
use platform::problem::{Problem, kind};

pub mod crawlers;

/// For files whose address changes with their content.
const IMMUTABLE: (&str, &str) = ("cache-control", "public, max-age=31536000, immutable");
/// For all other files: the browser asks whether its copy is current.
const REVALIDATED: (&str, &str) = ("cache-control", "no-cache");

/// The default folder of the built pages, relative to the working directory; `WAYBILL_WEB_DIR` overrides it.
const DIR_DEFAULT: &str = "web/dist";

/// The folder of the built pages.
pub fn dir() -> PathBuf {
    std::env::var_os("WAYBILL_WEB_DIR").map_or_else(|| PathBuf::from(DIR_DEFAULT), PathBuf::from)
}

/// Registers the pages, after all other routes. A path that names no file is answered with the application, which
/// handles it in the browser; one below `/api` or with a file extension is answered as not found.
pub fn configure(config: &mut web::ServiceConfig, dir: PathBuf) {
    let pages = web::Data::new(Pages { dir: dir.clone() });
    let files = Files::new("/", dir)
        .prefer_utf8(true)
        .use_hidden_files()
        .default_handler(fn_service(|request: ServiceRequest| async move {
            let (request, _) = request.into_parts();
            let response = if is_application_address(request.path()) {
                application(&request).await
            } else {
                platform::route::fallback(request.clone()).await
            };
            Ok(ServiceResponse::new(request, response))
        }));
    let start = web::resource("/").guard(is_read());
    config
        .app_data(pages)
        .service(start.to(|request: HttpRequest| async move { application(&request).await }))
        .service(web::resource("/assets/{name}").guard(is_read()).to(asset))
        .service(
            web::scope("")
                .guard(is_read())
                .wrap(DefaultHeaders::new().add(REVALIDATED))
                .service(files),
        )
        .default_service(web::to(fallback));
}

/// Accepts requests that read.
fn is_read() -> impl guard::Guard {
    guard::Any(guard::Get()).or(guard::Head())
}

/// The folder of the built pages.
#[derive(Debug)]
struct Pages {
    dir: PathBuf,
}

impl Pages {
    /// Opens the file of this name, or the compressed copy beside it that the client prefers.
    async fn open(&self, request: &HttpRequest, name: &str) -> std::io::Result<NamedFile> {
        let path = self.dir.join(name);
        let plain = NamedFile::open_async(&path).await?;
        let Some((extension, encoding)) = preferred(request) else {
            return Ok(plain);
        };
        // Files that do not become smaller have no copy.
        match NamedFile::open_async(self.dir.join(format!("{name}.{extension}"))).await {
            Ok(copy) => Ok(copy
                .set_content_type(plain.content_type().clone())
                .set_content_disposition(plain.content_disposition().clone())
                .set_content_encoding(encoding)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(plain),
            Err(error) => Err(error),
        }
    }
}

/// The encoding of compressed copies that the client prefers, with the extension of their names.
fn preferred(request: &HttpRequest) -> Option<(&'static str, ContentEncoding)> {
    let supported = [Encoding::brotli(), Encoding::gzip(), Encoding::identity()];
    let accepted = AcceptEncoding::parse(request).ok()?;
    match accepted.negotiate(supported.iter())? {
        Encoding::Known(ContentEncoding::Brotli) => Some(("br", ContentEncoding::Brotli)),
        Encoding::Known(ContentEncoding::Gzip) => Some(("gz", ContentEncoding::Gzip)),
        _ => None,
    }
}

/// A file whose name contains a hash of its content, so that it never changes.
async fn asset(request: HttpRequest, name: web::Path<String>, pages: web::Data<Pages>) -> HttpResponse {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if name.starts_with('.') || !name.chars().all(is_name) {
        return platform::route::fallback(request).await;
    }
    match pages.open(&request, &format!("assets/{name}")).await {
        Ok(file) => answered(file, &request, IMMUTABLE),
        Err(_missing) => platform::route::fallback(request).await,
    }
}

async fn application(request: &HttpRequest) -> HttpResponse {
    let Some(pages) = request.app_data::<web::Data<Pages>>() else {
        return HttpResponse::InternalServerError().finish();
    };
    match pages.open(request, "index.html").await {
        Ok(page) => answered(page, request, REVALIDATED),
        Err(error) => {
            tracing::warn!(%error, path = %pages.dir.display(), "The pages are not built.");
            HttpResponse::NotFound()
                .content_type("text/plain; charset=utf-8")
                .body(
                    "The pages are not built: run npm ci and npm run build in web/. The API is at /api/v1.\n",
                )
        }
    }
}

/// Answers a method that nothing else does: services have a table of theirs, and pages are only read.
async fn fallback(request: HttpRequest) -> HttpResponse {
    if is_service_address(request.path()) {
        return platform::route::fallback(request).await;
    }
    Problem::new(&kind::METHOD_NOT_ALLOWED, "This address answers GET, HEAD.")
        .with_header(header::ALLOW, HeaderValue::from_static("GET, HEAD"))
        .error_response()
}

fn answered(file: NamedFile, request: &HttpRequest, caching: (&'static str, &'static str)) -> HttpResponse {
    let mut response = file.into_response(request);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching.1));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    response
}

fn is_application_address(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    // A dot marks a file extension, unless it is in the SKU of a product page.
    !is_service_address(path) && (!last.contains('.') || path.starts_with("/products/"))
}

fn is_service_address(path: &str) -> bool {
    ["/api", "/ws", "/health", "/.well-known"].iter().any(|prefix| {
        path.strip_prefix(prefix)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

#[cfg(test)]
mod tests {
    use actix_web::{App, test as client};

    use super::*;

    /// Status, encoding, caching and body.
    async fn get(dir: PathBuf, path: &str, encodings: &str) -> (u16, String, String, String) {
        let app = client::init_service(App::new().configure(|config| configure(config, dir))).await;
        let request = client::TestRequest::get()
            .uri(path)
            .insert_header(("accept-encoding", encodings));
        let response = client::call_service(&app, request.to_request()).await;
        let of = |name: header::HeaderName| {
            let value = response.headers().get(name);
            value.map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
        };
        let (encoding, caching) = (of(header::CONTENT_ENCODING), of(header::CACHE_CONTROL));
        let status = response.status().as_u16();
        let body = client::read_body(response).await;
        (
            status,
            encoding,
            caching,
            String::from_utf8(body.to_vec()).unwrap(),
        )
    }

    /// A folder in which each file contains its own name.
    fn built() -> PathBuf {
        let dir = std::env::temp_dir().join(format!("waybill-pages-{}", uuid::Uuid::new_v4().simple()));
        std::fs::create_dir_all(dir.join("assets")).unwrap();
        for name in [
            "index.html",
            "index.html.br",
            "robots.txt",
            "assets/app-1.js",
            "assets/app-1.js.br",
            "assets/app-1.js.gz",
            "assets/small-2.js",
        ] {
            std::fs::write(dir.join(name), name).unwrap();
        }
        dir
    }

    #[actix_web::test]
    async fn files_are_sent_in_the_encoding_that_the_client_prefers() {
        let dir = built();
        let (immutable, revalidated) = (IMMUTABLE.1, REVALIDATED.1);
        let table = [
            ("/", "gzip, br", 200, "br", revalidated, "index.html.br"),
            ("/orders/7", "", 200, "", revalidated, "index.html"),
            (
                "/assets/app-1.js",
                "gzip, deflate, br",
                200,
                "br",
                immutable,
                "assets/app-1.js.br",
            ),
            (
                "/assets/app-1.js",
                "gzip",
                200,
                "gzip",
                immutable,
                "assets/app-1.js.gz",
            ),
            (
                "/assets/app-1.js",
                "br;q=0, gzip;q=0",
                200,
                "",
                immutable,
                "assets/app-1.js",
            ),
            (
                "/assets/small-2.js",
                "br",
                200,
                "",
                immutable,
                "assets/small-2.js",
            ),
            ("/robots.txt", "br", 200, "", revalidated, "robots.txt"),
        ];
        for (path, encodings, status, encoding, caching, body) in table {
            let answer = get(dir.clone(), path, encodings).await;
            let expected = (status, encoding.to_owned(), caching.to_owned(), body.to_owned());
            assert_eq!(answer, expected, "{path} {encodings}");
        }
        for path in [
            "/assets/none.js",
            "/assets/..%2findex.html",
            "/assets/.hidden",
            "/none.png",
        ] {
            assert_eq!(get(dir.clone(), path, "br").await.0, 404, "{path}");
        }
        std::fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn only_the_applications_own_addresses_are_answered_with_it() {
        for path in [
            "/",
            "/products/85123A",
            "/products/23.5",
            "/orders/7",
            "/admin",
            "/apiary",
        ] {
            assert!(is_application_address(path), "{path}");
        }
        for path in [
            "/api",
            "/api/v1/nothing",
            "/ws",
            "/health/x",
            "/assets/app.js",
            "/favicon.ico",
        ] {
            assert!(!is_application_address(path), "{path}");
        }
    }

    #[actix_web::test]
    async fn a_wrong_method_is_answered_with_the_right_ones() {
        let dir = built();
        let table = platform::route::RouteTable::new(crate::health::routes());
        let app = App::new().app_data(web::Data::new(table));
        let app = app.configure(|config| configure(config, dir.clone()));
        let app = client::init_service(app).await;
        for (method, path, status, allow) in [
            ("POST", "/", 405, "GET, HEAD"),
            ("DELETE", "/products/MUG-1.5", 405, "GET, HEAD"),
            ("PUT", "/robots.txt", 405, "GET, HEAD"),
            ("DELETE", "/health/live", 405, "GET, HEAD"),
            ("POST", "/api/v1/nothing", 404, ""),
        ] {
            let method = actix_web::http::Method::from_bytes(method.as_bytes()).unwrap();
            let request = client::TestRequest::default().method(method).uri(path);
            let response = client::call_service(&app, request.to_request()).await;
            let allowed = response.headers().get(header::ALLOW);
            let allowed = allowed.map_or("", |value| value.to_str().unwrap());
            assert_eq!((response.status().as_u16(), allowed), (status, allow), "{path}");
        }
        std::fs::remove_dir_all(dir).unwrap();
    }
}
