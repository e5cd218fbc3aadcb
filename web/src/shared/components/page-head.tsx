import type { ReactNode } from 'react';

import { pageTitle } from '@/shared/format/words';

interface PageHeadProps {
  title: string;
  /** Title of the document, if it says more than the heading. */
  documentTitle?: string;
  /** Actions and status next to the title. */
  children?: ReactNode;
}

/** Heading of a screen; also sets the document title. */
export function PageHead({ title, documentTitle = title, children }: PageHeadProps) {
  return (
    <div className="mb-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <title>{pageTitle(documentTitle)}</title>
      <h1 className="text-xl font-bold tracking-tight">{title}</h1>
      {children}
    </div>
  );
}
