// Generated from schemas/openapi/waybill.yaml by `npm run generate`. Do not edit.

export interface paths {
    "/api/v1/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a customer's account */
        post: operations["registerAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange e-mail and password for an access token */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange the refresh token for an access token
         * @description The refresh token is in the cookie that `login` and this operation set. It counts once, and for a minute more, in which it gives the same cookie again; whoever uses it later ends the session.
         */
        post: operations["refreshSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End this session */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is logged in */
        get: operations["getProfile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/demo-accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The accounts of the demo, in development only
         * @description Answers 404 wherever the demo accounts do not exist.
         */
        get: operations["listDemoAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The public keys that access tokens are signed with */
        get: operations["getJwks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search the catalogue */
        get: operations["searchProducts"];
        put?: never;
        /** Put a product on sale */
        post: operations["listProduct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The categories that have listed products */
        get: operations["listCategories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/my-products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The seller's own products, withdrawn ones too */
        get: operations["listMyProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{sku}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sku: components["parameters"]["Sku"];
            };
            cookie?: never;
        };
        /** One product */
        get: operations["getProduct"];
        put?: never;
        post?: never;
        /** Take a product off sale */
        delete: operations["withdrawProduct"];
        options?: never;
        head?: never;
        /** Change a product's details or price */
        patch: operations["changeProduct"];
        trace?: never;
    };
    "/api/v1/stock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stock of the seller's own products; of all products for an admin */
        get: operations["listStock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/{sku}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sku: components["parameters"]["Sku"];
            };
            cookie?: never;
        };
        /** How many units of a product there are */
        get: operations["getStock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/{sku}/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sku: components["parameters"]["Sku"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Units arrived */
        post: operations["receiveStock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/{sku}/adjustments": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sku: components["parameters"]["Sku"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Correct the count */
        post: operations["adjustStock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every order, newest first */
        get: operations["listOrders"];
        put?: never;
        /**
         * Place an order and hold its stock
         * @description By a customer, or without a token by a guest; then `email` is required and the answer carries a `guest_token`
         *     that reads, pays for and watches that one order.
         */
        post: operations["placeOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/my-orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's own orders, newest first */
        get: operations["listMyOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/seller-orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Orders with a line of the caller's products, newest first; total and line_count are of those lines */
        get: operations["listSellerOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /**
         * One order
         * @description For its customer or guest, an admin, the seller of a line, and the courier it is assigned to.
         */
        get: operations["getOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** The order's events as recorded, and its state at a version or a time */
        get: operations["getOrderHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an order while nothing has been picked up
         * @description For its customer or guest, and an admin.
         */
        post: operations["cancelOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/intent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the intent to collect an order's total */
        post: operations["createPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Choose how to pay and ask the provider */
        post: operations["confirmPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/{id}/action": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Report how the provider's challenge ended */
        post: operations["completePaymentAction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's own payments, newest first */
        get: operations["listMyPayments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every delivery, newest first */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/my-queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The courier's own open deliveries, oldest first */
        get: operations["listMyQueue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /**
         * One delivery
         * @description For the order's customer or guest, an admin, and the assigned courier.
         */
        get: operations["getDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{id}/assignment": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a delivery to a courier */
        post: operations["assignDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Say how far a delivery has come
         * @description For the assigned courier, and an admin.
         */
        put: operations["setDeliveryStatus"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/returns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask to give delivered units back */
        post: operations["requestReturn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/returns/{id}/approval": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Agree to take the units back */
        post: operations["approveReturn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/returns/{id}/rejection": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decline to take the units back */
        post: operations["rejectReturn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/returns/{id}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The units are back; they go to stock and the refund follows */
        post: operations["receiveReturn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/couriers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who can be given a delivery */
        get: operations["listCouriers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/dashboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many orders and deliveries are in which state, and what the projections do */
        get: operations["getDashboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sales of some days */
        get: operations["getSalesSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/top-products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What sold best, by value */
        get: operations["listTopProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/sales-by-hour": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sales of each hour
         * @description At most 400 days at a time.
         */
        get: operations["listSalesByHour"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process runs */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The process can take requests
         * @description `degraded` is answered with 200, because commands and the reads of the other projections are served: the projections named are stopped, or their tables do not follow the log until they are rebuilt.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Identifies a product. Lower case is folded to upper. */
        Sku: string;
        /** @enum {string} */
        Currency: "GBP" | "EUR" | "USD";
        Money: {
            /**
             * Format: int64
             * @description Minor units (pence, cents).
             */
            minor: number;
            currency: components["schemas"]["Currency"];
        };
        Price: {
            /**
             * Format: int64
             * @description Minor units (pence, cents).
             */
            minor: number;
            currency: components["schemas"]["Currency"];
        };
        /** @enum {string} */
        Role: "customer" | "seller" | "courier" | "admin" | "analyst" | "superadmin";
        /** @enum {string} */
        OrderStatus: "pending" | "confirmed" | "completed" | "expired" | "cancelled";
        /**
         * @description Roll-up of the order's payment.
         * @enum {string}
         */
        OrderPaymentStatus: "none" | "authorised" | "part_paid" | "paid" | "part_refunded" | "refunded";
        /** @enum {string} */
        FulfilmentStatus: "unfulfilled" | "partial" | "fulfilled" | "delivered";
        /** @enum {string} */
        OrderReturnStatus: "none" | "partial" | "returned";
        /** @enum {string} */
        DeliveryStatus: "pending" | "offered" | "assigned" | "picked_up" | "on_the_way" | "attempt_failed" | "returning" | "returned" | "delivered" | "cancelled";
        /** @enum {string} */
        PaymentStatus: "requires_payment_method" | "requires_confirmation" | "requires_action" | "processing" | "requires_capture" | "succeeded" | "cancelled";
        /**
         * @description A method of the sandbox provider; the name says how it answers.
         * @enum {string}
         */
        PaymentMethod: "sandbox_ok" | "sandbox_declined" | "sandbox_action_required";
        /** @enum {string} */
        SalesChannel: "web" | "import";
        /** @enum {string} */
        ProductStatus: "listed" | "withdrawn";
        /** @enum {string} */
        ProductSort: "name" | "price" | "-price" | "newest";
        /** @description RFC 9457. A kind of problem may have further members. */
        Problem: {
            /**
             * Format: uri
             * @description Stable: https://waybill.dev/problems/<slug>.
             */
            type: string;
            title: string;
            status: number;
            detail: string;
            trace_id: string;
            errors?: components["schemas"]["ProblemError"][];
        } & {
            [key: string]: unknown;
        };
        ProblemError: {
            /** @description JSON pointer (RFC 6901) into the body. */
            pointer: string;
            detail: string;
        };
        RegisterAccount: {
            /** Format: email */
            email: string;
            password: string;
            name: string;
        };
        AccountCreated: {
            /** Format: uuid */
            id: string;
        };
        Login: {
            email: string;
            password: string;
        };
        LoggedIn: {
            access_token: string;
            /** @constant */
            token_type: "Bearer";
            /** @description Seconds. */
            expires_in: number;
            account: components["schemas"]["Account"];
        };
        Account: {
            /** Format: uuid */
            id: string;
            email: string;
            name: string;
            roles: components["schemas"]["Role"][];
        };
        DemoAccountList: {
            items: components["schemas"]["DemoAccount"][];
        };
        DemoAccount: {
            role: components["schemas"]["Role"];
            name: string;
            email: string;
            password: string;
        };
        JsonWebKeySet: {
            keys: components["schemas"]["JsonWebKey"][];
        };
        JsonWebKey: {
            /** @constant */
            kty: "OKP";
            /** @constant */
            crv: "Ed25519";
            /** @constant */
            use?: "sig";
            /** @constant */
            alg?: "EdDSA";
            kid: string;
            x: string;
        };
        CommandAnswer: {
            /** @description What was changed (a UUID; for products and stock the SKU). */
            id: string;
            /**
             * Format: int64
             * @description Version of its stream now.
             */
            version: number;
            /**
             * Format: int64
             * @description Of the last event; give it to reads as `min_position`.
             */
            position: number;
        };
        PaymentAnswer: {
            /** Format: uuid */
            id: string;
            /** Format: int64 */
            version: number;
            /** Format: int64 */
            position: number;
            status: components["schemas"]["PaymentStatus"];
        };
        Reason: {
            reason: string;
        };
        OptionalReason: {
            reason?: string;
        };
        ListProduct: {
            sku: components["schemas"]["Sku"];
            name: string;
            description: string;
            category: string;
            price: components["schemas"]["Price"];
        };
        ChangeProduct: {
            name?: string;
            description?: string;
            category?: string;
            price?: components["schemas"]["Price"];
        };
        ReceiveStock: {
            /** Format: int64 */
            quantity: number;
            reference: string;
        };
        AdjustStock: {
            /** Format: int64 */
            delta: number;
            reason: string;
        };
        PlaceOrder: {
            lines: components["schemas"]["OrderLineWanted"][];
            shipping_address: components["schemas"]["ShippingAddress"];
            /**
             * Format: email
             * @description Required of a guest.
             */
            email?: string;
        };
        OrderLineWanted: {
            sku: components["schemas"]["Sku"];
            /** Format: int64 */
            quantity: number;
        };
        ShippingAddress: {
            name: string;
            line1: string;
            line2?: string;
            city: string;
            postal_code: string;
            country: string;
            phone?: string;
        };
        OrderPlaced: {
            /** Format: uuid */
            id: string;
            /** Format: int64 */
            version: number;
            /** Format: int64 */
            position: number;
            number: components["schemas"]["OrderNumber"];
            /** Format: uuid */
            payment_id: string;
            /** Format: uuid */
            delivery_id: string;
            total: components["schemas"]["Money"];
            /** Format: date-time */
            reservation_expires_at: string;
            /** @description For a guest only. */
            guest_token?: string | null;
        };
        CreatePayment: {
            /** Format: uuid */
            order_id: string;
        };
        ConfirmPayment: {
            /** Format: uuid */
            payment_id: string;
            method: components["schemas"]["PaymentMethod"];
        };
        CompletePaymentAction: {
            /** @enum {string} */
            outcome: "passed" | "failed";
        };
        AssignDelivery: {
            /** Format: uuid */
            courier_id: string;
        };
        SetDeliveryStatus: {
            /** @enum {string} */
            status: "picked_up" | "on_the_way" | "delivered" | "attempt_failed" | "returning" | "returned";
            /** @description Required with `attempt_failed`. */
            reason?: string;
        };
        RequestReturn: {
            /** Format: uuid */
            order_id: string;
            lines: components["schemas"]["ReturnLine"][];
            reason: string;
        };
        ReturnLine: {
            line_number: number;
            /** Format: int64 */
            quantity: number;
        };
        Product: {
            sku: components["schemas"]["Sku"];
            name: string;
            description: string;
            category: string;
            price: components["schemas"]["Money"];
            /** Format: uuid */
            seller_id: string;
            status: components["schemas"]["ProductStatus"];
            /** Format: int64 */
            available: number;
            /**
             * Format: int64
             * @description Subscribe to `product:{sku}` since here.
             */
            position: number;
        };
        ProductList: {
            items: components["schemas"]["Product"][];
            next_cursor: components["schemas"]["NextCursor"];
        };
        CategoryList: {
            items: components["schemas"]["Category"][];
        };
        Category: {
            name: string;
            /** Format: int64 */
            product_count: number;
        };
        Stock: {
            sku: components["schemas"]["Sku"];
            /** Format: int64 */
            on_hand: number;
            /** Format: int64 */
            reserved: number;
            /** Format: int64 */
            committed: number;
            /** Format: int64 */
            available: number;
            /** Format: int64 */
            position: number;
        };
        StockList: {
            items: components["schemas"]["Stock"][];
            next_cursor: components["schemas"]["NextCursor"];
        };
        /** @description Give it as `cursor` for the next page; null on the last one. */
        NextCursor: string | null;
        /** @description What people call the order, derived from its id. */
        OrderNumber: string;
        TimelineEntry: {
            /**
             * @description What happened. Of an order: placed, confirmed, paid, assigned, picked_up, on_the_way, attempt_failed, returning,
             *     returned_to_sender, delivered, completed, cancelled, expired, return_requested, return_approved,
             *     return_rejected, return_received, refunded. Of a delivery: one of its states.
             */
            status: string;
            /** Format: date-time */
            at: string;
        };
        Order: {
            /** Format: uuid */
            id: string;
            number: components["schemas"]["OrderNumber"];
            status: components["schemas"]["OrderStatus"];
            payment_status: components["schemas"]["OrderPaymentStatus"];
            fulfilment_status: components["schemas"]["FulfilmentStatus"];
            /** @description Null until the order is confirmed. */
            delivery_status?: components["schemas"]["DeliveryStatus"] | null;
            return_status: components["schemas"]["OrderReturnStatus"];
            /**
             * Format: uuid
             * @description Null for a guest.
             */
            customer_id?: string | null;
            channel: components["schemas"]["SalesChannel"];
            lines: components["schemas"]["OrderLine"][];
            totals: components["schemas"]["Totals"];
            country: string;
            /** @description Null when there is none, or the reader may not see it, or it was erased. */
            contact?: components["schemas"]["Contact"] | null;
            /** Format: uuid */
            payment_id: string;
            /** Format: uuid */
            delivery_id: string;
            /** Format: uuid */
            courier_id?: string | null;
            /** Format: date-time */
            reservation_expires_at?: string | null;
            /** Format: date-time */
            placed_at: string;
            /** @description Oldest first. */
            timeline: components["schemas"]["TimelineEntry"][];
            /** Format: int64 */
            version: number;
            /**
             * Format: int64
             * @description Subscribe to `order:{id}` since here.
             */
            position: number;
        };
        OrderLine: {
            line_number: number;
            sku: components["schemas"]["Sku"];
            name: string;
            /** Format: int64 */
            quantity: number;
            unit_price: components["schemas"]["Money"];
            line_total: components["schemas"]["Money"];
            /** Format: int64 */
            returned_quantity: number;
        };
        Totals: {
            subtotal: components["schemas"]["Money"];
            discount: components["schemas"]["Money"];
            tax: components["schemas"]["Money"];
            shipping: components["schemas"]["Money"];
            total: components["schemas"]["Money"];
        };
        Contact: {
            name: string;
            email?: string | null;
            line1: string;
            line2?: string | null;
            city: string;
            postal_code: string;
            country: string;
            phone?: string | null;
        };
        /** @description An order in a list, and the data of the socket's `order.changed`. */
        OrderRow: {
            /** Format: uuid */
            id: string;
            number: components["schemas"]["OrderNumber"];
            status: components["schemas"]["OrderStatus"];
            payment_status: components["schemas"]["OrderPaymentStatus"];
            fulfilment_status: components["schemas"]["FulfilmentStatus"];
            delivery_status?: components["schemas"]["DeliveryStatus"] | null;
            /** Format: uuid */
            courier_id?: string | null;
            total: components["schemas"]["Money"];
            line_count: number;
            country: string;
            /** Format: date-time */
            placed_at: string;
            timeline: components["schemas"]["TimelineEntry"][];
            /** Format: int64 */
            version: number;
            /** Format: int64 */
            position: number;
        };
        OrderRowList: {
            items: components["schemas"]["OrderRow"][];
            next_cursor: components["schemas"]["NextCursor"];
        };
        History: {
            items: components["schemas"]["HistoryEvent"][];
            /** @description The order folded from these events; its shape is the domain's. */
            state: {
                [key: string]: unknown;
            } | null;
        };
        HistoryEvent: {
            /** Format: int64 */
            position: number;
            /** Format: int64 */
            version: number;
            /** Format: uuid */
            event_id: string;
            event_type: string;
            schema_version: number;
            /** Format: date-time */
            occurred_at: string;
            /** Format: date-time */
            recorded_at: string;
            payload: {
                [key: string]: unknown;
            };
            metadata: {
                [key: string]: unknown;
            };
        };
        Payment: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            order_id: string;
            order_number: components["schemas"]["OrderNumber"];
            status: components["schemas"]["PaymentStatus"];
            amount: components["schemas"]["Money"];
            captured: components["schemas"]["Money"];
            refunded: components["schemas"]["Money"];
            /** Format: date-time */
            created_at: string;
            /** Format: int64 */
            position: number;
        };
        PaymentList: {
            items: components["schemas"]["Payment"][];
            next_cursor: components["schemas"]["NextCursor"];
        };
        /** @description A delivery; without `contact` also the data of the socket's `delivery.changed`. */
        Delivery: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            order_id: string;
            order_number: components["schemas"]["OrderNumber"];
            status: components["schemas"]["DeliveryStatus"];
            /** Format: uuid */
            courier_id?: string | null;
            country: string;
            /** @description Null when there is none, or the reader may not see it, or it was erased. */
            contact?: components["schemas"]["Contact"] | null;
            line_count: number;
            timeline: components["schemas"]["TimelineEntry"][];
            /** Format: int64 */
            position: number;
        };
        DeliveryList: {
            items: components["schemas"]["Delivery"][];
            next_cursor: components["schemas"]["NextCursor"];
        };
        CourierList: {
            items: components["schemas"]["Courier"][];
        };
        Courier: {
            /** Format: uuid */
            id: string;
            name: string;
            email: string;
        };
        Dashboard: {
            orders: {
                [key: string]: number;
            };
            deliveries: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description Listed products.
             */
            products: number;
            /** Format: int64 */
            position: number;
            projections: components["schemas"]["ConsumerStatus"][];
        };
        /** @description How far a consumer of the event log is, and what it does. */
        ConsumerStatus: {
            name: string;
            state: components["schemas"]["ConsumerState"];
            /**
             * Format: int64
             * @description Everything up to here is done.
             */
            position: number;
            /**
             * Format: int64
             * @description Events of the log that are not done yet.
             */
            lag: number;
            /**
             * Format: int64
             * @description Events that are parked.
             */
            parked: number;
            /** @description Why it is stopped. */
            error: string | null;
        };
        /** @enum {string} */
        ConsumerState: "running" | "rebuilding" | "parked" | "stopped";
        SalesSummary: {
            /** Format: int64 */
            orders: number;
            /** Format: int64 */
            units: number;
            /** Format: int64 */
            gross_minor: number;
            /** Format: int64 */
            refunded_minor: number;
            /** Format: int64 */
            customers: number;
        };
        TopProductList: {
            items: components["schemas"]["TopProduct"][];
        };
        TopProduct: {
            sku: components["schemas"]["Sku"];
            name: string;
            /** Format: int64 */
            units: number;
            /** Format: int64 */
            gross_minor: number;
        };
        SalesHourList: {
            items: components["schemas"]["SalesHour"][];
        };
        SalesHour: {
            /** Format: date-time */
            hour: string;
            /** Format: int64 */
            orders: number;
            /** Format: int64 */
            units: number;
            /** Format: int64 */
            gross_minor: number;
            /** Format: int64 */
            refunded_minor: number;
        };
        Health: {
            /** @constant */
            status: "live";
        };
        Readiness: {
            /** @enum {string} */
            status: "ready" | "degraded" | "not_ready";
            /** @enum {string} */
            event_store: "ready" | "unreachable";
            /** @enum {string} */
            sockets: "ready" | "filling";
            /** @description The projections that do not do what they should. */
            projections: {
                name: string;
                state: components["schemas"]["ConsumerState"];
                /** Format: int64 */
                lag: number;
                error: string | null;
            }[];
        };
    };
    responses: {
        /** @description The product has changed since; `version` says where it is now. */
        PreconditionFailed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://waybill.dev/problems/precondition-failed",
                 *       "title": "Precondition failed",
                 *       "status": 412,
                 *       "detail": "You have seen version 2; it is 3 now.",
                 *       "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no If-Match header. */
        PreconditionRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://waybill.dev/problems/precondition-required",
                 *       "title": "Precondition required",
                 *       "status": 428,
                 *       "detail": "This needs an If-Match header with the version you have seen.",
                 *       "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The command was carried out. */
        Accepted: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "id": "0199a1c0-7c1e-7000-8000-00000000000a",
                 *       "version": 4,
                 *       "position": 1217
                 *     }
                 */
                "application/json": components["schemas"]["CommandAnswer"];
            };
        };
        /** @description The command was carried out; `status` says where the payment stands now. */
        PaymentAccepted: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "id": "0199a1c0-7c1e-7000-8000-00000000000b",
                 *       "version": 4,
                 *       "position": 1209,
                 *       "status": "requires_capture"
                 *     }
                 */
                "application/json": components["schemas"]["PaymentAnswer"];
            };
        };
        /** @description The request is malformed, or lacks its Idempotency-Key. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://waybill.dev/problems/malformed-json",
                 *       "title": "Malformed JSON",
                 *       "status": 400,
                 *       "detail": "The body ends in the middle of an object.",
                 *       "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no token, or it is not accepted. */
        Unauthorized: {
            headers: {
                /** @example Bearer */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://waybill.dev/problems/unauthorized",
                 *       "title": "Not authenticated",
                 *       "status": 401,
                 *       "detail": "The access token has expired.",
                 *       "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The role does not allow it. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://waybill.dev/problems/forbidden",
                 *       "title": "Not allowed",
                 *       "status": 403,
                 *       "detail": "Your role does not allow this.",
                 *       "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such thing, or it belongs to somebody else. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://waybill.dev/problems/not-found",
                 *       "title": "Not found",
                 *       "status": 404,
                 *       "detail": "There is no such thing.",
                 *       "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The state of things does not allow it. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://waybill.dev/problems/insufficient-stock",
                 *       "title": "Not enough in stock",
                 *       "status": 409,
                 *       "detail": "1 of 2 wanted is available.",
                 *       "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736",
                 *       "errors": [
                 *         {
                 *           "pointer": "/lines/0",
                 *           "detail": "1 available"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is too large. */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://waybill.dev/problems/payload-too-large",
                 *       "title": "Body too large",
                 *       "status": 413,
                 *       "detail": "The body is larger than allowed.",
                 *       "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is not JSON. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://waybill.dev/problems/unsupported-media-type",
                 *       "title": "Unsupported media type",
                 *       "status": 415,
                 *       "detail": "Send application/json.",
                 *       "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A value is missing, unknown or out of range. */
        Unprocessable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://waybill.dev/problems/validation",
                 *       "title": "Not valid",
                 *       "status": 422,
                 *       "detail": "1 value is not valid.",
                 *       "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736",
                 *       "errors": [
                 *         {
                 *           "pointer": "/lines/0/quantity",
                 *           "detail": "must be at least 1"
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many requests; try again later. */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://waybill.dev/problems/rate-limited",
                 *       "title": "Too many requests",
                 *       "status": 429,
                 *       "detail": "Try again in 2 seconds.",
                 *       "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Overloaded, not caught up, or a part of the service is down; try again. */
        Unavailable: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://waybill.dev/problems/not-caught-up",
                 *       "title": "Not caught up",
                 *       "status": 503,
                 *       "detail": "The read model has not reached position 1205 yet.",
                 *       "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        Id: string;
        Sku: components["schemas"]["Sku"];
        /** @description How many items at most. */
        Limit: number;
        /** @description The `next_cursor` of the page before. */
        Cursor: string;
        /** @description Wait until the read model has reached this position. */
        MinPosition: number;
        /** @description First day, by UTC. */
        From: string;
        /** @description The day after the last one, by UTC. */
        To: string;
        /** @description Names this command, so that sending it again changes nothing. */
        IdempotencyKey: string;
        /**
         * @description The version that was seen, quoted, as the ETag gave it; or * for any.
         * @example "2"
         */
        IfMatch: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description Seconds to wait.
         * @example 1
         */
        RetryAfter: number;
        /**
         * @description The next refresh token, `HttpOnly`, `SameSite=Strict`, for `/api/v1/auth` alone.
         * @example waybill_refresh=eyJhbGciOiJFZERTQSJ9.e30.c2ln; HttpOnly; SameSite=Strict; Path=/api/v1/auth; Max-Age=2592000
         */
        RefreshCookie: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    registerAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "password": "correct horse battery",
                 *       "name": "Ada Lovelace"
                 *     }
                 */
                "application/json": components["schemas"]["RegisterAccount"];
            };
        };
        responses: {
            /** @description The account exists now. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a1c0-7c1e-7000-8000-000000000001"
                     *     }
                     */
                    "application/json": components["schemas"]["AccountCreated"];
                };
            };
            400: components["responses"]["BadRequest"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "customer@demo.waybill.dev",
                 *       "password": "correct horse battery"
                 *     }
                 */
                "application/json": components["schemas"]["Login"];
            };
        };
        responses: {
            /** @description A token that is valid for `expires_in` seconds, and a cookie for the next one. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["RefreshCookie"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access_token": "eyJhbGciOiJFZERTQSJ9.e30.c2ln",
                     *       "token_type": "Bearer",
                     *       "expires_in": 900,
                     *       "account": {
                     *         "id": "0199a1c0-7c1e-7000-8000-000000000001",
                     *         "email": "customer@demo.waybill.dev",
                     *         "name": "Casey Customer",
                     *         "roles": [
                     *           "customer"
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["LoggedIn"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    refreshSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A token that is valid for `expires_in` seconds, and a cookie for the next one. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["RefreshCookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoggedIn"];
                };
            };
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The token is no longer accepted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            503: components["responses"]["Unavailable"];
        };
    };
    getProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account of the token. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a1c0-7c1e-7000-8000-000000000001",
                     *       "email": "customer@demo.waybill.dev",
                     *       "name": "Casey Customer",
                     *       "roles": [
                     *         "customer"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Account"];
                };
            };
            401: components["responses"]["Unauthorized"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDemoAccounts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One account for each role. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "role": "customer",
                     *           "name": "Casey Customer",
                     *           "email": "customer@demo.waybill.dev",
                     *           "password": "correct horse battery"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["DemoAccountList"];
                };
            };
            404: components["responses"]["NotFound"];
        };
    };
    getJwks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A JSON Web Key Set (RFC 7517). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "keys": [
                     *         {
                     *           "kty": "OKP",
                     *           "crv": "Ed25519",
                     *           "use": "sig",
                     *           "alg": "EdDSA",
                     *           "kid": "k1",
                     *           "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["JsonWebKeySet"];
                };
            };
            503: components["responses"]["Unavailable"];
        };
    };
    searchProducts: {
        parameters: {
            query?: {
                /** @description Words of the name, description or category. */
                q?: string;
                category?: string;
                /** @description Only products of which something is available. */
                in_stock?: boolean;
                /** @description Lowest price, in minor units. */
                min_price?: number;
                /** @description Highest price, in minor units. */
                max_price?: number;
                /** @description Without it, best match first when `q` is given, else by name. */
                sort?: components["schemas"]["ProductSort"];
                /** @description How many items at most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
                /** @description Wait until the read model has reached this position. */
                min_position?: components["parameters"]["MinPosition"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of listed products. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "sku": "22423",
                     *           "name": "REGENCY CAKESTAND 3 TIER",
                     *           "description": "A gift for tea time.",
                     *           "category": "kitchen",
                     *           "price": {
                     *             "minor": 1275,
                     *             "currency": "GBP"
                     *           },
                     *           "seller_id": "0199a1c0-7c1e-7000-8000-000000000002",
                     *           "status": "listed",
                     *           "available": 41,
                     *           "position": 1204
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["ProductList"];
                };
            };
            400: components["responses"]["BadRequest"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
        };
    };
    listProduct: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "sku": "22423",
                 *       "name": "REGENCY CAKESTAND 3 TIER",
                 *       "description": "A gift for tea time.",
                 *       "category": "kitchen",
                 *       "price": {
                 *         "minor": 1275,
                 *         "currency": "GBP"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ListProduct"];
            };
        };
        responses: {
            201: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listCategories: {
        parameters: {
            query?: {
                /** @description Wait until the read model has reached this position. */
                min_position?: components["parameters"]["MinPosition"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every category, by name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "name": "kitchen",
                     *           "product_count": 84
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CategoryList"];
                };
            };
            503: components["responses"]["Unavailable"];
        };
    };
    listMyProducts: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
                /** @description Wait until the read model has reached this position. */
                min_position?: components["parameters"]["MinPosition"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, by SKU. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["ProductList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
        };
    };
    getProduct: {
        parameters: {
            query?: {
                /** @description Wait until the read model has reached this position. */
                min_position?: components["parameters"]["MinPosition"];
            };
            header?: never;
            path: {
                sku: components["parameters"]["Sku"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The product; it may be withdrawn. */
            200: {
                headers: {
                    /**
                     * @description The version of the product's stream, quoted; for If-Match.
                     * @example "2"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "sku": "22423",
                     *       "name": "REGENCY CAKESTAND 3 TIER",
                     *       "description": "A gift for tea time.",
                     *       "category": "kitchen",
                     *       "price": {
                     *         "minor": 1275,
                     *         "currency": "GBP"
                     *       },
                     *       "seller_id": "0199a1c0-7c1e-7000-8000-000000000002",
                     *       "status": "listed",
                     *       "available": 41,
                     *       "position": 1204
                     *     }
                     */
                    "application/json": components["schemas"]["Product"];
                };
            };
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
        };
    };
    withdrawProduct: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                sku: components["parameters"]["Sku"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "No longer made"
                 *     }
                 */
                "application/json": components["schemas"]["OptionalReason"];
            };
        };
        responses: {
            200: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    changeProduct: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
                /**
                 * @description The version that was seen, quoted, as the ETag gave it; or * for any.
                 * @example "2"
                 */
                "If-Match": components["parameters"]["IfMatch"];
            };
            path: {
                sku: components["parameters"]["Sku"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "price": {
                 *         "minor": 1195,
                 *         "currency": "GBP"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ChangeProduct"];
            };
        };
        responses: {
            200: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listStock: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
                /** @description Wait until the read model has reached this position. */
                min_position?: components["parameters"]["MinPosition"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page, by SKU. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["StockList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
        };
    };
    getStock: {
        parameters: {
            query?: {
                /** @description Wait until the read model has reached this position. */
                min_position?: components["parameters"]["MinPosition"];
            };
            header?: never;
            path: {
                sku: components["parameters"]["Sku"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The counts. on_hand = available + reserved + committed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "sku": "22423",
                     *       "on_hand": 50,
                     *       "reserved": 4,
                     *       "committed": 5,
                     *       "available": 41,
                     *       "position": 1204
                     *     }
                     */
                    "application/json": components["schemas"]["Stock"];
                };
            };
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
        };
    };
    receiveStock: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                sku: components["parameters"]["Sku"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "quantity": 48,
                 *       "reference": "Delivery note 4711"
                 *     }
                 */
                "application/json": components["schemas"]["ReceiveStock"];
            };
        };
        responses: {
            201: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    adjustStock: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                sku: components["parameters"]["Sku"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "delta": -2,
                 *       "reason": "Broken in the warehouse"
                 *     }
                 */
                "application/json": components["schemas"]["AdjustStock"];
            };
        };
        responses: {
            201: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listOrders: {
        parameters: {
            query?: {
                status?: components["schemas"]["OrderStatus"];
                /** @description How many items at most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
                /** @description Wait until the read model has reached this position. */
                min_position?: components["parameters"]["MinPosition"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of orders. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["OrderRowList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
        };
    };
    placeOrder: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "lines": [
                 *         {
                 *           "sku": "22423",
                 *           "quantity": 2
                 *         }
                 *       ],
                 *       "shipping_address": {
                 *         "name": "Ada Lovelace",
                 *         "line1": "12 St James's Square",
                 *         "city": "London",
                 *         "postal_code": "SW1Y 4JH",
                 *         "country": "United Kingdom"
                 *       },
                 *       "email": "ada@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["PlaceOrder"];
            };
        };
        responses: {
            /** @description The order is placed; its stock is held until `reservation_expires_at`. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a1c0-7c1e-7000-8000-00000000000a",
                     *       "version": 1,
                     *       "position": 1205,
                     *       "number": "WB-0000-000A",
                     *       "payment_id": "0199a1c0-7c1e-7000-8000-00000000000b",
                     *       "delivery_id": "0199a1c0-7c1e-7000-8000-00000000000c",
                     *       "total": {
                     *         "minor": 3049,
                     *         "currency": "GBP"
                     *       },
                     *       "reservation_expires_at": "2026-01-05T12:18:11Z"
                     *     }
                     */
                    "application/json": components["schemas"]["OrderPlaced"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listMyOrders: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
                /** @description Wait until the read model has reached this position. */
                min_position?: components["parameters"]["MinPosition"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of orders. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["OrderRowList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSellerOrders: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
                /** @description Wait until the read model has reached this position. */
                min_position?: components["parameters"]["MinPosition"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of orders. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["OrderRowList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
        };
    };
    getOrder: {
        parameters: {
            query?: {
                /** @description Wait until the read model has reached this position. */
                min_position?: components["parameters"]["MinPosition"];
            };
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The order. */
            200: {
                headers: {
                    /**
                     * @description The version of the order's stream, quoted.
                     * @example "3"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a1c0-7c1e-7000-8000-00000000000a",
                     *       "number": "WB-0000-000A",
                     *       "status": "pending",
                     *       "payment_status": "none",
                     *       "fulfilment_status": "unfulfilled",
                     *       "delivery_status": null,
                     *       "return_status": "none",
                     *       "customer_id": null,
                     *       "channel": "web",
                     *       "lines": [
                     *         {
                     *           "line_number": 1,
                     *           "sku": "22423",
                     *           "name": "REGENCY CAKESTAND 3 TIER",
                     *           "quantity": 2,
                     *           "unit_price": {
                     *             "minor": 1275,
                     *             "currency": "GBP"
                     *           },
                     *           "line_total": {
                     *             "minor": 2550,
                     *             "currency": "GBP"
                     *           },
                     *           "returned_quantity": 0
                     *         }
                     *       ],
                     *       "totals": {
                     *         "subtotal": {
                     *           "minor": 2550,
                     *           "currency": "GBP"
                     *         },
                     *         "discount": {
                     *           "minor": 0,
                     *           "currency": "GBP"
                     *         },
                     *         "tax": {
                     *           "minor": 0,
                     *           "currency": "GBP"
                     *         },
                     *         "shipping": {
                     *           "minor": 499,
                     *           "currency": "GBP"
                     *         },
                     *         "total": {
                     *           "minor": 3049,
                     *           "currency": "GBP"
                     *         }
                     *       },
                     *       "country": "United Kingdom",
                     *       "payment_id": "0199a1c0-7c1e-7000-8000-00000000000b",
                     *       "delivery_id": "0199a1c0-7c1e-7000-8000-00000000000c",
                     *       "courier_id": null,
                     *       "reservation_expires_at": "2026-01-05T12:18:11Z",
                     *       "placed_at": "2026-01-05T12:03:11Z",
                     *       "timeline": [
                     *         {
                     *           "status": "placed",
                     *           "at": "2026-01-05T12:03:11Z"
                     *         }
                     *       ],
                     *       "version": 1,
                     *       "position": 1205
                     *     }
                     */
                    "application/json": components["schemas"]["Order"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
        };
    };
    getOrderHistory: {
        parameters: {
            query?: {
                /** @description Up to this version of the stream, included. Not together with `at`. */
                version?: number;
                /** @description Up to this time, included. Not together with `version`. */
                at?: string;
                /** @description Wait until the read model has reached this position. */
                min_position?: components["parameters"]["MinPosition"];
            };
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events, oldest first, and the state they lead to. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [],
                     *       "state": null
                     *     }
                     */
                    "application/json": components["schemas"]["History"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelOrder: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "Ordered twice"
                 *     }
                 */
                "application/json": components["schemas"]["OptionalReason"];
            };
        };
        responses: {
            200: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    createPayment: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "order_id": "0199a1c0-7c1e-7000-8000-00000000000a"
                 *     }
                 */
                "application/json": components["schemas"]["CreatePayment"];
            };
        };
        responses: {
            201: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    confirmPayment: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "payment_id": "0199a1c0-7c1e-7000-8000-00000000000b",
                 *       "method": "sandbox_ok"
                 *     }
                 */
                "application/json": components["schemas"]["ConfirmPayment"];
            };
        };
        responses: {
            200: components["responses"]["PaymentAccepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    completePaymentAction: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "outcome": "passed"
                 *     }
                 */
                "application/json": components["schemas"]["CompletePaymentAction"];
            };
        };
        responses: {
            200: components["responses"]["PaymentAccepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listMyPayments: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
                /** @description Wait until the read model has reached this position. */
                min_position?: components["parameters"]["MinPosition"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of payments. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["PaymentList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                status?: components["schemas"]["DeliveryStatus"];
                /** @description How many items at most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
                /** @description Wait until the read model has reached this position. */
                min_position?: components["parameters"]["MinPosition"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of deliveries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["DeliveryList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
        };
    };
    listMyQueue: {
        parameters: {
            query?: {
                /** @description How many items at most. */
                limit?: components["parameters"]["Limit"];
                /** @description The `next_cursor` of the page before. */
                cursor?: components["parameters"]["Cursor"];
                /** @description Wait until the read model has reached this position. */
                min_position?: components["parameters"]["MinPosition"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of deliveries, with where they go. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "0199a1c0-7c1e-7000-8000-00000000000c",
                     *           "order_id": "0199a1c0-7c1e-7000-8000-00000000000a",
                     *           "order_number": "WB-0000-000A",
                     *           "status": "assigned",
                     *           "courier_id": "0199a1c0-7c1e-7000-8000-000000000003",
                     *           "country": "United Kingdom",
                     *           "line_count": 1,
                     *           "timeline": [
                     *             {
                     *               "status": "assigned",
                     *               "at": "2026-01-05T12:09:40Z"
                     *             }
                     *           ],
                     *           "position": 1214
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["DeliveryList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDelivery: {
        parameters: {
            query?: {
                /** @description Wait until the read model has reached this position. */
                min_position?: components["parameters"]["MinPosition"];
            };
            header?: never;
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199a1c0-7c1e-7000-8000-00000000000c",
                     *       "order_id": "0199a1c0-7c1e-7000-8000-00000000000a",
                     *       "order_number": "WB-0000-000A",
                     *       "status": "pending",
                     *       "courier_id": null,
                     *       "country": "United Kingdom",
                     *       "line_count": 1,
                     *       "timeline": [
                     *         {
                     *           "status": "pending",
                     *           "at": "2026-01-05T12:05:02Z"
                     *         }
                     *       ],
                     *       "position": 1209
                     *     }
                     */
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            503: components["responses"]["Unavailable"];
        };
    };
    assignDelivery: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "courier_id": "0199a1c0-7c1e-7000-8000-000000000003"
                 *     }
                 */
                "application/json": components["schemas"]["AssignDelivery"];
            };
        };
        responses: {
            200: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    setDeliveryStatus: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "status": "picked_up"
                 *     }
                 */
                "application/json": components["schemas"]["SetDeliveryStatus"];
            };
        };
        responses: {
            200: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    requestReturn: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "order_id": "0199a1c0-7c1e-7000-8000-00000000000a",
                 *       "lines": [
                 *         {
                 *           "line_number": 1,
                 *           "quantity": 1
                 *         }
                 *       ],
                 *       "reason": "Arrived chipped"
                 *     }
                 */
                "application/json": components["schemas"]["RequestReturn"];
            };
        };
        responses: {
            201: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    approveReturn: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    rejectReturn: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "Used"
                 *     }
                 */
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            200: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    receiveReturn: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["Unavailable"];
        };
    };
    listCouriers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every courier, by name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "0199a1c0-7c1e-7000-8000-000000000003",
                     *           "name": "Cory Courier",
                     *           "email": "courier@demo.waybill.dev"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CourierList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDashboard: {
        parameters: {
            query?: {
                /** @description Wait until the read model has reached this position. */
                min_position?: components["parameters"]["MinPosition"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts by status; a status without any may be absent. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "orders": {
                     *         "pending": 3,
                     *         "confirmed": 12,
                     *         "completed": 480
                     *       },
                     *       "deliveries": {
                     *         "pending": 4,
                     *         "assigned": 5,
                     *         "on_the_way": 3,
                     *         "delivered": 480
                     *       },
                     *       "products": 312,
                     *       "position": 9120,
                     *       "projections": [
                     *         {
                     *           "name": "orders",
                     *           "state": "running",
                     *           "position": 9120,
                     *           "lag": 0,
                     *           "parked": 0,
                     *           "error": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Dashboard"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            503: components["responses"]["Unavailable"];
        };
    };
    getSalesSummary: {
        parameters: {
            query: {
                /** @description First day, by UTC. */
                from: components["parameters"]["From"];
                /** @description The day after the last one, by UTC. */
                to: components["parameters"]["To"];
                /** @description Wait until the read model has reached this position. */
                min_position?: components["parameters"]["MinPosition"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sums over the days `from` to `to` (excluded), by UTC. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "orders": 1559,
                     *       "units": 342228,
                     *       "gross_minor": 82374654,
                     *       "refunded_minor": 1253300,
                     *       "customers": 885
                     *     }
                     */
                    "application/json": components["schemas"]["SalesSummary"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
        };
    };
    listTopProducts: {
        parameters: {
            query: {
                /** @description First day, by UTC. */
                from: components["parameters"]["From"];
                /** @description The day after the last one, by UTC. */
                to: components["parameters"]["To"];
                /** @description How many items at most. */
                limit?: components["parameters"]["Limit"];
                /** @description Wait until the read model has reached this position. */
                min_position?: components["parameters"]["MinPosition"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The best first; equal ones by SKU. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "sku": "22423",
                     *           "name": "REGENCY CAKESTAND 3 TIER",
                     *           "units": 10518,
                     *           "gross_minor": 13177752
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TopProductList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
        };
    };
    listSalesByHour: {
        parameters: {
            query: {
                /** @description First day, by UTC. */
                from: components["parameters"]["From"];
                /** @description The day after the last one, by UTC. */
                to: components["parameters"]["To"];
                /** @description Wait until the read model has reached this position. */
                min_position?: components["parameters"]["MinPosition"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The hours in which something was sold or refunded, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "hour": "2010-12-01T08:00:00Z",
                     *           "orders": 6,
                     *           "units": 447,
                     *           "gross_minor": 138300,
                     *           "refunded_minor": 0
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SalesHourList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Unprocessable"];
            503: components["responses"]["Unavailable"];
        };
    };
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It runs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "live"
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
            503: components["responses"]["Unavailable"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It can. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ready",
                     *       "event_store": "ready",
                     *       "sockets": "ready",
                     *       "projections": []
                     *     }
                     */
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description It cannot. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "not_ready",
                     *       "event_store": "unreachable",
                     *       "sockets": "ready",
                     *       "projections": []
                     *     }
                     */
                    "application/json": components["schemas"]["Readiness"];
                };
            };
        };
    };
}
