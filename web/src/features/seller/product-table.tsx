import { useState } from 'react';

import type { Schema } from '@/shared/api/client';
import { Price } from '@/shared/components/price';
import { ShowMore } from '@/shared/components/show-more';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { StockNote } from '@/shared/components/stock-note';
import { humanize, titleCase } from '@/shared/format/words';
import { ProductPicture } from '@/shared/picture/product-picture';

const cell = 'px-3 py-1.5 first:pl-4 last:pr-4';
const wide = 'hidden md:table-cell';

interface ProductTableProps {
  products: Schema<'Product'>[];
  onOpen: (sku: string) => void;
}

/** Number of rows shown at first, and added by "Show more". */
const ROWS_STEP = 50;

export function ProductTable({ products, onOpen }: ProductTableProps) {
  const [limit, setLimit] = useState(ROWS_STEP);
  const shown = products.slice(0, limit);
  return (
    <>
      <Rows products={shown} onOpen={onOpen} />
      <ShowMore
        shown={shown.length}
        noun="product"
        hasMore={shown.length < products.length}
        onMore={() => setLimit(limit + ROWS_STEP)}
      />
    </>
  );
}

export function ProductTableSkeleton() {
  return (
    <div className="rounded-lg border border-line bg-sheet p-4">
      <Loading label="Loading your products" />
      {Array.from({ length: 8 }, (_, index) => (
        <Skeleton key={index} className="my-4 h-6" />
      ))}
    </div>
  );
}

function Rows({ products, onOpen }: ProductTableProps) {
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-sheet">
      <table className="w-full text-left text-sm">
        <caption className="sr-only">My products</caption>
        <thead className="border-b border-ink text-ink-soft">
          <tr>
            <th scope="col" className={`${cell} font-medium`}>
              Product
            </th>
            <th scope="col" className={`${cell} ${wide} font-medium`}>
              SKU
            </th>
            <th scope="col" className={`${cell} ${wide} font-medium`}>
              Category
            </th>
            <th scope="col" className={`${cell} ${wide} font-medium`}>
              Stock
            </th>
            <th scope="col" className={`${cell} text-right font-medium`}>
              Price
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {products.map((product) => (
            <tr key={product.sku} className="relative hover:bg-well">
              <th scope="row" className={`${cell} font-normal`}>
                <span className="flex items-center gap-3">
                  <ProductPicture
                    sku={product.sku}
                    name={product.name}
                    category={product.category}
                    className="size-9 shrink-0 rounded-sm border border-line"
                  />
                  <span>
                    <button
                      type="button"
                      onClick={() => onOpen(product.sku)}
                      className="min-h-6 text-left font-medium after:absolute after:inset-0"
                      aria-haspopup="dialog"
                    >
                      {titleCase(product.name)}
                    </button>
                    <StockNote product={product} className="md:hidden" />
                  </span>
                </span>
              </th>
              <td className={`${cell} ${wide} figures`}>{product.sku}</td>
              <td className={`${cell} ${wide}`}>{humanize(product.category)}</td>
              <td className={`${cell} ${wide}`}>
                <StockNote product={product} />
              </td>
              <td className={`${cell} text-right`}>
                <Price money={product.price} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
