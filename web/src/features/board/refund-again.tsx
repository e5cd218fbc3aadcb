import { refundAgain } from '@/features/board/requests';
import type { Schema } from '@/shared/api/client';
import { useCommand } from '@/shared/command/use-command';
import { Button } from '@/shared/components/button';
import { FormProblem } from '@/shared/components/form-problem';
import { Sheet } from '@/shared/components/sheet';
import { toasts } from '@/shared/components/toasts';

/** The refund of a cancelled order that is not paid back yet: it is under way, or the payment provider refused it. */
export function RefundAgain({ order }: { order: Schema<'Order'> }) {
  const requesting = useCommand({
    send: (orderId: string, key) => refundAgain(orderId, key),
    onSuccess: () => toasts.add({ title: 'Refund requested', description: order.number }),
  });
  return (
    <Sheet aria-label="Refund" className="flex flex-col items-start gap-3 p-4">
      <p>The refund is in progress. If the payment provider has refused it, request it again.</p>
      <Button variant="secondary" busy={requesting.isPending} onClick={() => requesting.run(order.id)}>
        Request refund again
      </Button>
      <FormProblem error={requesting.error} />
    </Sheet>
  );
}
