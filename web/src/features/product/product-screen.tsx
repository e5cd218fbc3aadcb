import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';

import type { Schema } from '@/shared/api/client';
import { ApiError } from '@/shared/api/problem';
import { addToCart, cartStore, quantityLimit } from '@/shared/cart/cart';
import { Button } from '@/shared/components/button';
import { buttonClass } from '@/shared/components/button-class';
import { Glow } from '@/shared/components/glow';
import { Price } from '@/shared/components/price';
import { QuantityField } from '@/shared/components/quantity-field';
import { Label } from '@/shared/components/sheet';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { LiveDot } from '@/shared/components/stale-banner';
import { EmptyState, ErrorState, Notice } from '@/shared/components/states';
import { StockNote } from '@/shared/components/stock-note';
import { toasts } from '@/shared/components/toasts';
import { counted, humanize, pageTitle, titleCase } from '@/shared/format/words';
import { useLiveProduct } from '@/shared/order/use-live-product';
import { ProductPicture } from '@/shared/picture/product-picture';
import { useSocketStatus } from '@/shared/socket/use-channel';
import { useStore } from '@/shared/store';

const route = getRouteApi('/products/$sku');
const columns = 'grid gap-6 md:grid-cols-2 md:gap-10';

export function ProductScreen() {
  const { sku } = route.useParams();
  const product = useLiveProduct(sku);
  if (product.isPending) {
    return (
      <div className={columns}>
        <Loading label="Loading product" />
        <Skeleton className="aspect-square rounded-lg" />
        <div className="flex flex-col gap-4">
          <Skeleton className="h-8 w-3/4" />
          <Skeleton className="h-24" />
          <Skeleton className="h-40" />
        </div>
      </div>
    );
  }
  if (product.data === undefined) {
    if (product.error instanceof ApiError && product.error.status === 404) {
      return (
        <EmptyState
          isPage
          icon="box"
          title="Product not found"
          action={
            <Link to="/" className={buttonClass('secondary')}>
              Go to shop
            </Link>
          }
        />
      );
    }
    return (
      <ErrorState
        isPage
        error={product.error}
        onRetry={() => void product.refetch()}
        title="Couldn't load this product"
      />
    );
  }
  return <ProductDetails product={product.data} />;
}

function ProductDetails({ product }: { product: Schema<'Product'> }) {
  const { sku, name, category, description } = product;
  return (
    <article className={columns}>
      <title>{pageTitle(titleCase(name))}</title>
      <ProductPicture
        sku={sku}
        name={name}
        category={category}
        className="w-full rounded-lg border border-line"
      />
      <div className="flex flex-col gap-5">
        <div>
          <Link
            to="/"
            search={{ category }}
            className="text-sm font-medium text-signal underline-offset-2 hover:underline"
          >
            {humanize(category)}
          </Link>
          <h1 className="mt-1 text-2xl font-bold tracking-tight">{titleCase(name)}</h1>
        </div>
        {description !== '' && <p className="max-w-prose whitespace-pre-line text-ink-soft">{description}</p>}
        <BuyBox product={product} />
        <p className="text-sm text-ink-soft figures">SKU {sku}</p>
      </div>
    </article>
  );
}

function BuyBox({ product }: { product: Schema<'Product'> }) {
  const [wanted, setWanted] = useState(1);
  const cart = useStore(cartStore);
  const status = useSocketStatus();
  const inCart = cart.lines.find((line) => line.sku === product.sku)?.quantity ?? 0;
  const limit = quantityLimit(product.available) - inCart;
  const quantity = Math.min(wanted, Math.max(1, limit));
  const isListed = product.status === 'listed';
  const add = () => {
    const added = addToCart(product, quantity);
    setWanted(1);
    if (added > 0)
      toasts.add({ title: 'Added to cart', description: `${added} × ${titleCase(product.name)}` });
  };
  return (
    <Label>
      <Glow
        when={`${product.available} ${product.price.minor}`}
        className="flex items-center justify-between gap-4 p-4"
      >
        <Price money={product.price} className="text-2xl font-bold tracking-tight" />
        <span className="flex flex-col items-end" aria-live="polite">
          <StockNote product={product} />
          <LiveDot status={status} />
        </span>
      </Glow>
      <div className="flex flex-wrap items-center gap-3 border-t-2 perforation p-4">
        {isListed && limit > 0 && (
          <>
            <QuantityField label="Quantity" value={quantity} max={limit} onChange={setWanted} />
            <Button size="large" className="grow" onClick={add}>
              Add to cart
            </Button>
          </>
        )}
        {!isListed && <Notice tone="wait">This product is no longer available.</Notice>}
        {isListed && product.available === 0 && (
          <Notice tone="wait">This page updates when it's back in stock.</Notice>
        )}
        {isListed && product.available > 0 && limit <= 0 && (
          <Notice tone="wait">Your cart already has the maximum quantity.</Notice>
        )}
      </div>
      {inCart > 0 && (
        <Link
          to="/cart"
          className="flex min-h-11 items-center justify-between border-t border-line px-4 font-medium text-signal hover:bg-well"
        >
          {counted(inCart, 'item')} in your cart
          <span>Go to cart</span>
        </Link>
      )}
    </Label>
  );
}
