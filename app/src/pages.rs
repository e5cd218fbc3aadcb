//! The web front end, as `npm run build` left it: files, and the one page for every address of the application.

use std::path::PathBuf;

use actix_files::{Files, NamedFile};
use actix_web::dev::{ServiceRequest, ServiceResponse, fn_service};
use actix_web::{HttpResponse, web};

/// Where the built pages are, seen from where the binary is started, unless `WAYBILL_WEB_DIR` says otherwise.
const DIR_DEFAULT: &str = "web/dist";

/// The folder of the built pages.
pub fn dir() -> PathBuf {
    std::env::var_os("WAYBILL_WEB_DIR").map_or_else(|| PathBuf::from(DIR_DEFAULT), PathBuf::from)
}

/// Registers the pages, after everything else. An address that names no file gets the application, which
/// knows what to show there; one below `/api` or with a file's ending gets the answer for unknown ones.
pub fn configure(config: &mut web::ServiceConfig, dir: PathBuf) {
    let index = dir.join("index.html");
    let files = Files::new("/", dir)
        .index_file("index.html")
        .prefer_utf8(true)
        .use_hidden_files()
        .default_handler(fn_service(move |request: ServiceRequest| {
            let index = index.clone();
            async move {
                let (request, _) = request.into_parts();
                let response = if is_application_address(request.path()) {
                    application(&request, &index).await
                } else {
                    platform::route::fallback(request.clone()).await
                };
                Ok(ServiceResponse::new(request, response))
            }
        }));
    config.service(files);
}

fn is_application_address(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    let is_service = ["/api", "/ws", "/health", "/.well-known"].iter().any(|prefix| {
        path.strip_prefix(prefix)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    // A dot is a file's, unless it is in the SKU of a product's address.
    !is_service && (!last.contains('.') || path.starts_with("/products/"))
}

async fn application(request: &actix_web::HttpRequest, index: &PathBuf) -> HttpResponse {
    match NamedFile::open_async(index).await {
        Ok(page) => page.into_response(request),
        Err(error) => {
            tracing::warn!(%error, path = %index.display(), "The pages are not built.");
            HttpResponse::NotFound()
                .content_type("text/plain; charset=utf-8")
                .body(
                    "The pages are not built: run npm ci and npm run build in web/. The API is at /api/v1.\n",
                )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_application_address;

    #[test]
    fn the_application_answers_for_its_own_addresses_only() {
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
}
