//! The web front end, as built by `npm run build`: files, and one page for every address of the application.

use std::path::PathBuf;

use actix_files::{Files, NamedFile};
use actix_web::dev::{ServiceRequest, ServiceResponse, fn_service};
use actix_web::{HttpResponse, web};

/// The default folder of the built pages, relative to the working directory; `WAYBILL_WEB_DIR` overrides it.
const DIR_DEFAULT: &str = "web/dist";

/// The folder of the built pages.
pub fn dir() -> PathBuf {
    std::env::var_os("WAYBILL_WEB_DIR").map_or_else(|| PathBuf::from(DIR_DEFAULT), PathBuf::from)
}

/// Registers the pages, after all other routes. A path that names no file is answered with the application, which
/// handles it in the browser; one below `/api` or with a file extension is answered as not found.
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
    // A dot marks a file extension, unless it is in the SKU of a product page.
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
}
