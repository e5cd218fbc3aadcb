import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import * as v from 'valibot';

import { leaveIfLoggedIn, requireRole, takeTrackingLink } from '@/app/guards';
import { NotFound, RouteError } from '@/app/shell/fallbacks';
import { Shell } from '@/app/shell/shell';
import { analyticsSearch } from '@/features/analytics/search';
import { loginSearch } from '@/features/auth/search';
import { boardSearch } from '@/features/board/search';
import { deadLetterSearch } from '@/features/dead-letter/search';
import { eventSearch } from '@/features/event/search';
import { orderSearch } from '@/features/order/search';
import { CatalogueScreen } from '@/features/product/catalogue-screen';
import { catalogueSearch } from '@/features/product/search';
import { sellerSearch } from '@/features/seller/search';
import { sessionStore } from '@/shared/api/session';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: RouteError });

const catalogue = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: (search) => v.parse(catalogueSearch, search),
  component: CatalogueScreen,
});

const product = createRoute({
  getParentRoute: () => root,
  path: '/products/$sku',
  component: lazyRouteComponent(() => import('@/features/product/product-screen'), 'ProductScreen'),
});

const cart = createRoute({
  getParentRoute: () => root,
  path: '/cart',
  component: lazyRouteComponent(() => import('@/features/cart/cart-screen'), 'CartScreen'),
});

const checkout = createRoute({
  getParentRoute: () => root,
  path: '/checkout',
  component: lazyRouteComponent(() => import('@/features/checkout/checkout-screen'), 'CheckoutScreen'),
});

const order = createRoute({
  getParentRoute: () => root,
  path: '/orders/$id',
  validateSearch: (search) => v.parse(orderSearch, search),
  beforeLoad: takeTrackingLink,
  component: lazyRouteComponent(() => import('@/features/order/order-screen'), 'OrderScreen'),
});

const findOrder = createRoute({
  getParentRoute: () => root,
  path: '/find-order',
  component: lazyRouteComponent(() => import('@/features/auth/find-order-screen'), 'FindOrderScreen'),
});

const orders = createRoute({
  getParentRoute: () => root,
  path: '/orders',
  beforeLoad: requireRole(),
  component: lazyRouteComponent(() => import('@/features/order/my-orders-screen'), 'MyOrdersScreen'),
});

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search) => v.parse(loginSearch, search),
  beforeLoad: leaveIfLoggedIn,
  component: lazyRouteComponent(() => import('@/features/auth/login-screen'), 'LoginScreen'),
});

const register = createRoute({
  getParentRoute: () => root,
  path: '/register',
  validateSearch: (search) => v.parse(loginSearch, search),
  beforeLoad: leaveIfLoggedIn,
  component: lazyRouteComponent(() => import('@/features/auth/register-screen'), 'RegisterScreen'),
});

const account = createRoute({
  getParentRoute: () => root,
  path: '/account',
  beforeLoad: requireRole(),
  component: lazyRouteComponent(() => import('@/features/privacy/account-screen'), 'AccountScreen'),
});

const courier = createRoute({
  getParentRoute: () => root,
  path: '/courier',
  beforeLoad: requireRole('courier'),
  component: lazyRouteComponent(() => import('@/features/courier/courier-screen'), 'CourierScreen'),
});

const board = createRoute({
  getParentRoute: () => root,
  path: '/admin',
  beforeLoad: requireRole('admin'),
  validateSearch: (search) => v.parse(boardSearch, search),
  component: lazyRouteComponent(() => import('@/features/board/board-screen'), 'BoardScreen'),
});

const events = createRoute({
  getParentRoute: () => root,
  path: '/events',
  beforeLoad: requireRole('admin'),
  validateSearch: (search) => v.parse(eventSearch, search),
  component: lazyRouteComponent(() => import('@/features/event/events-screen'), 'EventsScreen'),
});

const deadLetters = createRoute({
  getParentRoute: () => root,
  path: '/dead-letters',
  beforeLoad: requireRole('admin'),
  validateSearch: (search) => v.parse(deadLetterSearch, search),
  component: lazyRouteComponent(() => import('@/features/dead-letter/screen'), 'DeadLettersScreen'),
});

const replays = createRoute({
  getParentRoute: () => root,
  path: '/replays',
  beforeLoad: requireRole('admin'),
  component: lazyRouteComponent(() => import('@/features/replay/replays-screen'), 'ReplaysScreen'),
});

const system = createRoute({
  getParentRoute: () => root,
  path: '/system',
  beforeLoad: requireRole('admin'),
  component: lazyRouteComponent(() => import('@/features/system/system-screen'), 'SystemScreen'),
});

const privacy = createRoute({
  getParentRoute: () => root,
  path: '/privacy',
  beforeLoad: requireRole('admin'),
  component: lazyRouteComponent(() => import('@/features/privacy/privacy-screen'), 'PrivacyScreen'),
});

const seller = createRoute({
  getParentRoute: () => root,
  path: '/seller',
  beforeLoad: requireRole('seller', 'admin'),
  validateSearch: (search) => v.parse(sellerSearch, search),
  component: lazyRouteComponent(() => import('@/features/seller/seller-screen'), 'SellerScreen'),
});

const analytics = createRoute({
  getParentRoute: () => root,
  path: '/analytics',
  beforeLoad: requireRole('analyst', 'admin'),
  validateSearch: (search) => v.parse(analyticsSearch, search),
  component: lazyRouteComponent(() => import('@/features/analytics/analytics-screen'), 'AnalyticsScreen'),
});

const design = createRoute({
  getParentRoute: () => root,
  path: '/design',
  component: lazyRouteComponent(() => import('@/app/design/design-screen'), 'DesignScreen'),
});

const routeTree = root.addChildren([
  catalogue,
  product,
  cart,
  checkout,
  order,
  findOrder,
  orders,
  login,
  register,
  account,
  courier,
  board,
  events,
  deadLetters,
  replays,
  system,
  privacy,
  seller,
  analytics,
  design,
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: RouteError,
});

// Re-runs the guards of the routes when someone logs in or out.
let accountId: string | undefined;
sessionStore.subscribe(() => {
  const next = sessionStore.get()?.account.id;
  if (next === accountId) return;
  accountId = next;
  void router.invalidate();
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
