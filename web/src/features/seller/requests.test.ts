import { expect, it, vi } from 'vitest';

import { adjustStock } from '@/features/seller/requests';
import { FieldError } from '@/shared/form';

it('explains at the field how many units can be removed', async () => {
  const problem = {
    type: 'https://waybill.dev/problems/insufficient-stock',
    title: 'Not enough in stock',
    status: 409,
    detail: 'Only 40 of 85123A available; 50 requested.',
    lines: [{ sku: '85123A', requested: 50, available: 40 }],
  };
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(JSON.stringify(problem), { status: 409 }));
  const adjusting = adjustStock('85123A', { delta: -50, cause: 'damaged', reason: 'Broken' }, 'key');
  await expect(adjusting).rejects.toEqual(new FieldError('delta', "Only 40 available; you can't remove 50"));
});
