import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';

import { filterProducts } from '@/features/seller/filter';
import { NewProduct } from '@/features/seller/new-product';
import { ProductEditor } from '@/features/seller/product-editor';
import { ProductFilters } from '@/features/seller/product-filters';
import { ProductTable, ProductTableSkeleton } from '@/features/seller/product-table';
import { myProducts, PRODUCTS_MAX } from '@/features/seller/requests';
import type { SellerSearch } from '@/features/seller/search';
import type { Schema } from '@/shared/api/client';
import { Button } from '@/shared/components/button';
import { Icon } from '@/shared/components/icon';
import { Modal } from '@/shared/components/modal';
import { PageHead } from '@/shared/components/page-head';
import { EmptyState, ErrorState, Notice } from '@/shared/components/states';
import { titleCase } from '@/shared/format/words';

const route = getRouteApi('/seller');

/** The seller's products with price and stock. */
export function SellerScreen() {
  const list = useQuery(myProducts);
  const [openSku, setOpenSku] = useState<string | null>(null);
  const [isAdding, setIsAdding] = useState(false);
  const open = list.data?.products.find((product) => product.sku === openSku);
  return (
    <>
      <PageHead title="My products">
        <Button onClick={() => setIsAdding(true)}>
          <Icon name="plus" />
          New product
        </Button>
      </PageHead>
      {list.isPending && <ProductTableSkeleton />}
      {list.isError && list.data === undefined && (
        <ErrorState
          error={list.error}
          onRetry={() => void list.refetch()}
          title="Couldn't load your products"
        />
      )}
      {list.data?.products.length === 0 && (
        <EmptyState
          icon="box"
          title="No products yet"
          action={<Button onClick={() => setIsAdding(true)}>Add your first product</Button>}
        />
      )}
      {list.data !== undefined && list.data.products.length > 0 && (
        <Products products={list.data.products} isComplete={list.data.isComplete} onOpen={setOpenSku} />
      )}
      <Modal
        kind="side"
        title={open === undefined ? 'Product' : titleCase(open.name)}
        isOpen={open !== undefined}
        onClose={() => setOpenSku(null)}
      >
        {open !== undefined && <ProductEditor key={open.sku} product={open} />}
      </Modal>
      <Modal title="New product" isOpen={isAdding} onClose={() => setIsAdding(false)}>
        <NewProduct onDone={() => setIsAdding(false)} />
      </Modal>
    </>
  );
}

interface ProductsProps {
  products: Schema<'Product'>[];
  isComplete: boolean;
  onOpen: (sku: string) => void;
}

/** The products that match search and filter. */
function Products({ products, isComplete, onOpen }: ProductsProps) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [clearCount, setClearCount] = useState(0);
  const change = (next: Partial<SellerSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: true, resetScroll: false });
  const found = filterProducts(products, search);
  const clear = () => {
    change({ q: undefined, status: undefined });
    setClearCount(clearCount + 1);
  };
  return (
    <>
      <ProductFilters key={clearCount} search={search} onChange={change} />
      {!isComplete && (
        <div className="mb-4">
          <Notice tone="wait">
            Only your first {PRODUCTS_MAX.toLocaleString('en-GB')} products, by SKU, are shown and searched.
          </Notice>
        </div>
      )}
      {found.length > 0 ? (
        <ProductTable key={`${search.q} ${search.status}`} products={found} onOpen={onOpen} />
      ) : (
        <EmptyState
          icon="search"
          title={search.q === undefined ? 'No products here' : `No results for "${search.q}"`}
          action={
            <Button variant="secondary" onClick={clear}>
              Clear search and filters
            </Button>
          }
        >
          Try other words or a different state.
        </EmptyState>
      )}
    </>
  );
}
