import { Link, Outlet } from '@tanstack/react-router';

import { Header } from '@/app/shell/header';
import { PageFocus } from '@/app/shell/page-focus';

/** Page frame: header, main content and footer. */
export function Shell() {
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only z-60 rounded-md bg-ink px-4 py-2 font-semibold text-sheet focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <PageFocus />
      <Header />
      {/* At least as high as the window, so that content that arrives does not push the footer out of sight. */}
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto min-h-[calc(100dvh-3.5rem)] w-full max-w-7xl grow px-4 py-6 outline-none sm:px-6 sm:py-8"
      >
        <Outlet />
      </main>
      <footer className="border-t-2 perforation">
        <div className="mx-auto flex max-w-7xl flex-wrap gap-x-6 gap-y-2 px-4 py-6 text-sm text-ink-soft sm:px-6">
          <p className="grow">Waybill. Every order, from the shelf to the door and back.</p>
          <Link to="/find-order" className="underline underline-offset-2 hover:text-ink">
            Find my order
          </Link>
        </div>
      </footer>
    </div>
  );
}
