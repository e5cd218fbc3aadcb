//! `robots.txt` and `sitemap.xml`, for search engines (<https://www.sitemaps.org/protocol.html>).

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::header;
use actix_web::{HttpResponse, ResponseError as _, web};
use moka::future::Cache;
use platform::problem::Problem;
use query_api::QueryApi;

use super::{Pages, is_read};

/// The most addresses of a sitemap; the protocol allows 50,000.
const ADDRESSES_MAX: i64 = 50_000;
/// How long a sitemap is kept: search engines read it once a day, and it is not worth more.
const KEPT: Duration = Duration::from_mins(10);

/// What search engines may know.
#[derive(Debug, Clone)]
pub struct Crawlers {
    public_url: String,
    products: QueryApi,
    sitemap: Cache<(), Arc<str>>,
}

impl Crawlers {
    /// `public_url` has no slash at its end.
    pub fn new(public_url: String, products: QueryApi) -> Self {
        Self {
            public_url,
            products,
            sitemap: Cache::builder().max_capacity(1).time_to_live(KEPT).build(),
        }
    }
}

/// Registers both addresses, before the other pages.
pub fn configure(config: &mut web::ServiceConfig, crawlers: Crawlers) {
    config
        .app_data(web::Data::new(crawlers))
        .service(web::resource("/robots.txt").guard(is_read()).to(robots))
        .service(web::resource("/sitemap.xml").guard(is_read()).to(sitemap));
}

/// The file of the built pages, with the address of the sitemap, which must be absolute.
async fn robots(pages: web::Data<Pages>, crawlers: web::Data<Crawlers>) -> HttpResponse {
    match tokio::fs::read_to_string(pages.dir.join("robots.txt")).await {
        Ok(rules) => HttpResponse::Ok()
            .content_type("text/plain; charset=utf-8")
            .body(format!("{rules}\nSitemap: {}/sitemap.xml\n", crawlers.public_url)),
        Err(error) => Problem::not_found().with_source(error).error_response(),
    }
}

async fn sitemap(crawlers: web::Data<Crawlers>) -> HttpResponse {
    let write = async {
        let skus = crawlers.products.listed_skus(ADDRESSES_MAX - 1).await?;
        Ok::<_, Problem>(Arc::from(sitemap_of(&crawlers.public_url, &skus)))
    };
    match crawlers.sitemap.try_get_with((), write).await {
        Ok(sitemap) => HttpResponse::Ok()
            .insert_header((header::CACHE_CONTROL, "public, max-age=600"))
            .content_type("application/xml; charset=utf-8")
            .body(sitemap.to_string()),
        Err(error) => error.error_response(),
    }
}

/// The start page and each product. An SKU has no character that XML escapes.
fn sitemap_of(public_url: &str, skus: &[String]) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let products = skus
        .iter()
        .map(|sku| format!("/products/{}", sku.replace(' ', "%20")));
    for path in std::iter::once("/".to_owned()).chain(products) {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "<url><loc>{public_url}{path}</loc></url>");
    }
    text.push_str("</urlset>\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sitemap_has_the_start_page_and_each_product() {
        let skus = ["22418".to_owned(), "TEA POT.2".to_owned()];
        let text = sitemap_of("https://shop.example", &skus);
        let addresses: Vec<_> = text
            .lines()
            .filter_map(|line| line.strip_prefix("<url><loc>"))
            .collect();
        assert_eq!(
            addresses,
            [
                "https://shop.example/</loc></url>",
                "https://shop.example/products/22418</loc></url>",
                "https://shop.example/products/TEA%20POT.2</loc></url>",
            ]
        );
        assert!(text.starts_with("<?xml") && text.ends_with("</urlset>\n"));
    }
}
