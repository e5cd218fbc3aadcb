import type { SellerSearch } from '@/features/seller/search';
import type { Schema } from '@/shared/api/client';

type Product = Schema<'Product'>;

const MATCHES: Record<NonNullable<SellerSearch['status']>, (product: Product) => boolean> = {
  listed: ({ status }) => status === 'listed',
  unlisted: ({ status }) => status !== 'listed',
  'sold-out': ({ status, available }) => status === 'listed' && available === 0,
};

/** Products that contain each word in name, SKU or category; listed ones first, otherwise in their order. */
export function filterProducts(products: Product[], { q = '', status }: SellerSearch): Product[] {
  const words = q.toLowerCase().split(/\s+/);
  const found = products.filter((product) => {
    const text = `${product.name} ${product.sku} ${product.category}`.toLowerCase();
    return words.every((word) => text.includes(word)) && (status === undefined || MATCHES[status](product));
  });
  const isListed = MATCHES.listed;
  return [...found.filter(isListed), ...found.filter((product) => !isListed(product))];
}
