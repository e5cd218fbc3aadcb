import { useQuery, useQueryClient } from '@tanstack/react-query';

import { rememberPosition } from '@/shared/api/read-your-writes';
import { patched, readChange } from '@/shared/order/changes';
import { productQuery } from '@/shared/order/product-query';
import { useChannel } from '@/shared/socket/use-channel';
import { reload } from '@/shared/reload';

/** Loads a product and keeps its price and stock up to date. */
export function useLiveProduct(sku: string) {
  const queryClient = useQueryClient();
  const query = productQuery(sku);
  const product = useQuery(query);
  useChannel({
    channel: product.data === undefined ? null : `product:${product.data.sku}`,
    since: product.data?.position ?? null,
    onChange: (change) => {
      const stock = readChange('stock.changed', change);
      const row = stock ?? readChange('product.changed', change);
      if (row === null) return void reload(queryClient, query);
      const { position, ...rest } = row;
      const news = stock === null ? rest : { available: stock.available };
      queryClient.setQueryData(query.queryKey, (old) => old && patched(old, { ...news, position }));
    },
    onResync: (position) => {
      rememberPosition(position);
      void reload(queryClient, query);
    },
  });
  return product;
}
