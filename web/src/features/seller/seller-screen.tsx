import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { NewProduct } from '@/features/seller/new-product';
import { ProductEditor } from '@/features/seller/product-editor';
import { ProductTable } from '@/features/seller/product-table';
import { myProductPages } from '@/features/seller/requests';
import { Button } from '@/shared/components/button';
import { Icon } from '@/shared/components/icon';
import { Modal } from '@/shared/components/modal';
import { PageHead } from '@/shared/components/page-head';
import { Loading, Skeleton } from '@/shared/components/skeleton';
import { EmptyState, ErrorState } from '@/shared/components/states';
import { titleCase } from '@/shared/format/words';
import { itemsOf } from '@/shared/paging';

/** The seller's products with price and stock. */
export function SellerScreen() {
  const pages = useInfiniteQuery(myProductPages);
  const [openSku, setOpenSku] = useState<string | null>(null);
  const [isAdding, setIsAdding] = useState(false);
  const products = itemsOf(pages.data);
  const open = products.find((product) => product.sku === openSku);
  return (
    <>
      <PageHead title="My products">
        <Button onClick={() => setIsAdding(true)}>
          <Icon name="plus" />
          New product
        </Button>
      </PageHead>
      {pages.isPending && (
        <div className="rounded-lg border border-line bg-sheet p-4">
          <Loading label="Loading your products" />
          {Array.from({ length: 8 }, (_, index) => (
            <Skeleton key={index} className="my-4 h-6" />
          ))}
        </div>
      )}
      {pages.isError && pages.data === undefined && (
        <ErrorState
          error={pages.error}
          onRetry={() => void pages.refetch()}
          title="Couldn't load your products"
        />
      )}
      {pages.isSuccess && products.length === 0 && (
        <EmptyState
          icon="box"
          title="No products yet"
          action={<Button onClick={() => setIsAdding(true)}>Add your first product</Button>}
        />
      )}
      {products.length > 0 && <ProductTable products={products} onOpen={setOpenSku} />}
      {pages.hasNextPage && (
        <Button
          variant="secondary"
          className="mx-auto mt-4 flex"
          busy={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          Show more
        </Button>
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
