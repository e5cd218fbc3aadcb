import type { ReactNode } from 'react';

interface PageHeadProps {
  title: string;
  /** Actions and status next to the title. */
  children?: ReactNode;
}

/** Heading of a screen; also sets the document title. */
export function PageHead({ title, children }: PageHeadProps) {
  return (
    <div className="mb-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <title>{`${title} · Waybill`}</title>
      <h1 className="text-xl font-bold tracking-tight">{title}</h1>
      {children}
    </div>
  );
}
