import { queryOptions } from '@tanstack/react-query';

import { answer, api } from '@/shared/api/client';

/** Health of the system: projections, policies, log, database, sockets and disk. */
export const systemStatus = queryOptions({
  queryKey: ['system'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/admin/system', { signal })),
});
