import { useState } from 'react';

import { Chapter, Specimen } from '@/app/design/specimen';
import type { Schema } from '@/shared/api/client';
import { Badge } from '@/shared/components/badge';
import { Button } from '@/shared/components/button';
import { Countdown } from '@/shared/components/countdown';
import { Glow } from '@/shared/components/glow';
import { OrderNumber } from '@/shared/components/order-number';
import { CostRow, Price } from '@/shared/components/price';
import { Cell, Label, Sheet } from '@/shared/components/sheet';
import { StockNote } from '@/shared/components/stock-note';
import { orderStage } from '@/shared/order/status';
import { stepsOf } from '@/shared/order/steps';
import { Timeline } from '@/shared/order/timeline';

const PLACED = '2026-01-05T12:03:11Z';

type Tracked = Pick<Schema<'OrderRow'>, 'status' | 'delivery_status' | 'placed_at' | 'timeline'>;

const order = (status: Tracked['status'], delivery: Tracked['delivery_status'] = null): Tracked => ({
  status,
  delivery_status: delivery,
  placed_at: PLACED,
  timeline: [{ status: 'placed', at: PLACED }],
});

const STATES = [
  order('pending'),
  order('confirmed', 'pending'),
  order('confirmed', 'assigned'),
  order('confirmed', 'picked_up'),
  order('confirmed', 'on_the_way'),
  order('confirmed', 'attempt_failed'),
  order('completed', 'delivered'),
  order('expired'),
  order('cancelled'),
];

export function Orders() {
  const [changes, setChanges] = useState(0);
  const [urgent] = useState(() => new Date(Date.now() + 95_000).toISOString());
  const [calm] = useState(() => new Date(Date.now() + 14 * 60_000).toISOString());
  return (
    <Chapter title="Orders">
      <Specimen name="Order number">
        <OrderNumber number="WB-7K2M-Q9XD" />
        <OrderNumber number="WB-7K2M-Q9XD" size="label" className="w-56" />
      </Specimen>
      <Specimen name="States">
        {STATES.map((each) => {
          const stage = orderStage(each);
          return (
            <Badge key={`${each.status} ${each.delivery_status ?? ''}`} tone={stage.tone} icon={stage.icon}>
              {stage.label}
            </Badge>
          );
        })}
      </Specimen>
      <Specimen name="Timeline">
        {[order('pending'), order('confirmed', 'on_the_way'), order('cancelled')].map((each) => (
          <Sheet key={each.status} className="w-full max-w-xs px-4 pt-4">
            <Timeline steps={stepsOf(each)} />
          </Sheet>
        ))}
      </Specimen>
      <Specimen name="Stock">
        {[120, 4, 1, 0].map((available) => (
          <StockNote key={available} product={{ status: 'listed', available }} />
        ))}
        <StockNote product={{ status: 'withdrawn', available: 37 }} />
      </Specimen>
      <Specimen name="Countdown">
        <Countdown until={calm} label="Reserved for" />
        <Countdown until={urgent} label="Reserved for" />
        <Countdown until={PLACED} label="Reserved for" />
      </Specimen>
      <Specimen name="Label and costs">
        <Label className="w-full max-w-md" aria-label="A label">
          <div className="grid grid-cols-2 divide-x divide-ink border-b border-ink">
            <Cell caption="Placed">5 Jan 2026</Cell>
            <Cell caption="Total">
              <Price money={{ minor: 3049, currency: 'GBP' }} />
            </Cell>
          </div>
          <dl className="p-4">
            <CostRow label="Subtotal" money={{ minor: 2550, currency: 'GBP' }} />
            <CostRow label="Delivery" money={{ minor: 499, currency: 'GBP' }} />
            <CostRow label="Total" money={{ minor: 3049, currency: 'GBP' }} isTotal />
          </dl>
        </Label>
      </Specimen>
      <Specimen name="Glow">
        <Button variant="secondary" onClick={() => setChanges(changes + 1)}>
          Change
        </Button>
        <Glow when={changes} className="rounded-md border border-line px-4 py-2">
          Changed {changes} times
        </Glow>
      </Specimen>
    </Chapter>
  );
}
