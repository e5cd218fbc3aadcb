import { useState } from 'react';

import { trackingLink } from '@/shared/api/guest-tokens';
import { Button } from '@/shared/components/button';
import { Sheet } from '@/shared/components/sheet';
import { TextField } from '@/shared/components/text-field';
import { toasts } from '@/shared/components/toasts';

/** Offers a guest the link that opens the order in another browser. */
export function TrackingLink({ orderId, token }: { orderId: string; token: string }) {
  const [isShown, setIsShown] = useState(false);
  const link = trackingLink(orderId, token);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      toasts.add({ title: 'Tracking link copied' });
    } catch {
      // The clipboard exists on secure origins only, and may be blocked.
      setIsShown(true);
    }
  };
  return (
    <Sheet aria-labelledby="tracking-link" className="flex flex-col items-start gap-3 p-5">
      <h2 id="tracking-link" className="font-semibold">
        Open on another device
      </h2>
      <p className="text-ink-soft">
        The tracking link works for up to 30 days. Anyone who has it can see, pay for and cancel this order.
      </p>
      {isShown && (
        <TextField
          label="Tracking link"
          hint="Select the link and copy it."
          value={link}
          readOnly
          required
          className="w-full"
          onFocus={(event) => event.currentTarget.select()}
        />
      )}
      <Button variant="secondary" onClick={() => void copy()}>
        Copy tracking link
      </Button>
    </Sheet>
  );
}
