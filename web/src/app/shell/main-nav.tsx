import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useId, useRef, useState } from 'react';

import { hasRole, hintStore, type Role } from '@/shared/api/session';
import { cn } from '@/shared/cn';
import { Icon } from '@/shared/components/icon';
import { useStore } from '@/shared/store';

/** A page in the navigation. */
interface NavLink {
  to:
    | '/'
    | '/orders'
    | '/courier'
    | '/admin'
    | '/seller'
    | '/analytics'
    | '/events'
    | '/dead-letters'
    | '/replays'
    | '/system'
    | '/privacy';
  label: string;
  /** Roles that have the page; without any, everybody has it. */
  roles: readonly Role[];
  /** The menu that holds it, for pages that are not used all day. */
  group?: 'Admin';
}

/** Every page of the navigation, in its order. The menu stands last. */
const LINKS: readonly NavLink[] = [
  { to: '/', label: 'Shop', roles: [] },
  { to: '/orders', label: 'My orders', roles: ['customer'] },
  { to: '/courier', label: 'Deliveries', roles: ['courier'] },
  { to: '/admin', label: 'Live board', roles: ['admin'] },
  { to: '/seller', label: 'My products', roles: ['seller'] },
  { to: '/analytics', label: 'Analytics', roles: ['analyst', 'admin'] },
  { to: '/system', label: 'System', roles: ['admin'], group: 'Admin' },
  { to: '/replays', label: 'Replays', roles: ['admin'], group: 'Admin' },
  { to: '/dead-letters', label: 'Dead letters', roles: ['admin'], group: 'Admin' },
  { to: '/events', label: 'Events', roles: ['admin'], group: 'Admin' },
  { to: '/privacy', label: 'Personal data', roles: ['admin'], group: 'Admin' },
];

const linkClass =
  'flex min-h-11 items-center border-b-[3px] border-transparent px-1 font-medium whitespace-nowrap text-ink-soft hover:text-ink data-[status=active]:border-signal data-[status=active]:text-ink focus-visible:-outline-offset-2';

/** The navigation of the header: the pages of the visitor's roles. */
export function MainNav() {
  // The roles are known before the session is restored, so that the links do not jump.
  const session = { account: { roles: useStore(hintStore)?.roles ?? [] } };
  const links = LINKS.filter(({ roles }) => roles.length === 0 || hasRole(session, ...roles));
  const grouped = links.filter(({ group }) => group === 'Admin');
  return (
    <nav
      aria-label="Main"
      className={cn(
        '-mb-0.5 flex w-full flex-wrap gap-x-5 sm:order-2 sm:w-auto',
        links.length === 1 && 'hidden sm:flex',
      )}
    >
      {links
        .filter(({ group }) => group === undefined)
        .map((link) => (
          <Link
            key={link.to}
            to={link.to}
            activeOptions={{ exact: link.to === '/', includeSearch: false }}
            className={linkClass}
          >
            {link.label}
          </Link>
        ))}
      {grouped.length > 0 && <NavMenu label="Admin" links={grouped} />}
    </nav>
  );
}

/** Button that shows more links below itself, until one is chosen, Escape is pressed or the focus goes elsewhere. */
function NavMenu({ label, links }: { label: string; links: readonly NavLink[] }) {
  const [isOpen, setIsOpen] = useState(false);
  const listId = useId();
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const path = useLocation({ select: ({ pathname }) => pathname });
  useEffect(() => {
    if (!isOpen) return;
    const leave = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setIsOpen(false);
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setIsOpen(false);
      button.current?.focus();
    };
    document.addEventListener('pointerdown', leave);
    document.addEventListener('focusin', leave);
    document.addEventListener('keydown', escape);
    return () => {
      document.removeEventListener('pointerdown', leave);
      document.removeEventListener('focusin', leave);
      document.removeEventListener('keydown', escape);
    };
  }, [isOpen]);
  return (
    <div ref={root} className="relative">
      <button
        ref={button}
        type="button"
        aria-expanded={isOpen}
        aria-controls={listId}
        data-status={links.some(({ to }) => path === to) ? 'active' : undefined}
        className={cn(linkClass, 'cursor-pointer gap-1')}
        onClick={() => setIsOpen(!isOpen)}
      >
        {label}
        <Icon name="chevronDown" className={cn('size-4', isOpen && 'rotate-180')} />
      </button>
      <ul
        id={listId}
        hidden={!isOpen}
        className="absolute top-full right-0 z-40 min-w-48 rounded-md border border-line-strong bg-sheet py-1 shadow-float"
      >
        {links.map(({ to, label: name }) => (
          <li key={to}>
            <Link
              to={to}
              activeOptions={{ includeSearch: false }}
              className="flex min-h-11 items-center px-4 hover:bg-well focus-visible:-outline-offset-2 data-[status=active]:font-semibold"
              onClick={() => setIsOpen(false)}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
