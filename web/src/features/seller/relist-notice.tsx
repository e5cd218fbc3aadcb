import { relistProduct } from '@/features/seller/requests';
import { useCommand } from '@/shared/command/use-command';
import { Button } from '@/shared/components/button';
import { FormProblem } from '@/shared/components/form-problem';
import { Notice } from '@/shared/components/states';

/** Says that a product is unlisted, and lists it again. */
export function RelistNotice({ sku, onDone }: { sku: string; onDone: () => Promise<void> }) {
  const relist = useCommand({ send: (_: null, key) => relistProduct(sku, key), onSuccess: onDone });
  return (
    <Notice tone="wait">
      <p>Unlisted: customers can't find or order this product.</p>
      <FormProblem error={relist.error} />
      <Button variant="secondary" className="mt-3" busy={relist.isPending} onClick={() => relist.run(null)}>
        List again
      </Button>
    </Notice>
  );
}
