import { Link } from '@tanstack/react-router';

import type { Schema } from '@/shared/api/client';

/** The order, product or erasure that the event belongs to. */
export function SubjectLink({ event }: { event: Schema<'EventDetail'> }) {
  const className = 'font-medium underline underline-offset-2';
  if (/^(?:product|stock)-/.test(event.stream_id)) {
    return (
      <Link to="/products/$sku" params={{ sku: event.partition_key }} className={className}>
        Product {event.partition_key}
      </Link>
    );
  }
  if (event.stream_id.startsWith('person-')) {
    return (
      <Link to="/privacy" className={className}>
        Personal data
      </Link>
    );
  }
  return (
    <>
      <Link to="/admin" search={{ order: event.partition_key }} className={className}>
        Order on the live board
      </Link>
      ,{' '}
      <Link
        to="/orders/$id"
        params={{ id: event.partition_key }}
        search={{ position: event.position }}
        className={className}
      >
        as of this event
      </Link>
    </>
  );
}
