import { Link } from '@tanstack/react-router';

import { homeOf } from '@/shared/api/home';
import { sessionStore } from '@/shared/api/session';
import { buttonClass } from '@/shared/components/button-class';
import { PageHead } from '@/shared/components/page-head';
import { EmptyState } from '@/shared/components/states';
import { useStore } from '@/shared/store';

/** Thrown by a route whose page the roles of the account don't include. */
export class NoAccess extends Error {
  constructor() {
    super("Your account can't open this page");
    this.name = 'NoAccess';
  }
}

/** Says that the account can't open the page, and leads to one that it can. */
export function NoAccessScreen() {
  const account = useStore(sessionStore)?.account;
  const home = homeOf(account?.roles ?? []);
  return (
    <>
      <PageHead title="Your account can't open this page" />
      <EmptyState
        icon="lock"
        title="This page is for other roles"
        action={
          <Link to={home} className={buttonClass('secondary')}>
            {home === '/' ? 'Go to shop' : 'Go to your start page'}
          </Link>
        }
      >
        {account !== undefined && `You are logged in as ${account.email}. `}
        If you need this page, log out and use another account.
      </EmptyState>
    </>
  );
}
