import { Link } from '@tanstack/react-router';

import type { Schema } from '@/shared/api/client';
import { Price } from '@/shared/components/price';
import { Skeleton } from '@/shared/components/skeleton';
import { StockNote } from '@/shared/components/stock-note';
import { titleCase } from '@/shared/format/words';
import { ProductPicture } from '@/shared/picture/product-picture';

export function ProductCard({ product }: { product: Schema<'Product'> }) {
  const { sku, name, category, price } = product;
  return (
    <li className="group relative flex flex-col overflow-hidden rounded-lg border border-line bg-sheet transition-colors focus-within:border-ink hover:border-ink">
      <div className="aspect-square overflow-hidden border-b border-line">
        <ProductPicture
          sku={sku}
          name={name}
          category={category}
          className="size-full transition-transform duration-300 group-hover:scale-104"
        />
      </div>
      <div className="flex grow flex-col gap-1 p-3 sm:p-4">
        <h2 className="font-medium text-pretty">
          <Link
            to="/products/$sku"
            params={{ sku }}
            className="after:absolute after:inset-0 focus-visible:outline-none"
          >
            {titleCase(name)}
          </Link>
        </h2>
        <div className="mt-auto flex flex-wrap items-center justify-between gap-x-3 pt-1">
          <Price money={price} className="font-semibold" />
          <StockNote product={product} className="text-sm" />
        </div>
      </div>
    </li>
  );
}

export function ProductCardSkeleton() {
  return (
    <li className="overflow-hidden rounded-lg border border-line bg-sheet">
      <Skeleton className="aspect-square rounded-none" />
      <div className="flex flex-col gap-2 p-4">
        <Skeleton className="h-5 w-4/5" />
        <Skeleton className="h-5 w-1/3" />
      </div>
    </li>
  );
}
