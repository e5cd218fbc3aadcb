// Generated from schemas/openapi/waybill.json by `npm run generate`. Do not edit.

export interface paths {
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the public keys that verify access tokens */
        get: operations["getJwks"];
        put?: never;
        post?: never;
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
        /** List the couriers that deliveries can be assigned to */
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
        /** Get the counts of orders and deliveries by status, and the state of each projection */
        get: operations["getDashboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List dead letters
         * @description Events that a projection or policy could not process, and later events of the same key, which wait behind them; by position. `count` is the number of all that meet the conditions.
         */
        get: operations["listDeadLetters"];
        put?: never;
        /**
         * Retry all parked keys that meet conditions, or count them
         * @description A key is retried if its first dead letter is parked and one of its dead letters meets the conditions. Resolved and skipped ones never come back. Ask with `dry_run` first.
         */
        post: operations["retryDeadLetters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/dead-letters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a dead letter with its payload and what waits behind it */
        get: operations["getDeadLetter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/dead-letters/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry the key of a dead letter
         * @description A projection applies the events of the key at once, in order; a policy begins within a second, with all its attempts.
         */
        post: operations["retryDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/dead-letters/{id}/skip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Skip the first dead letter of a key, for a reason
         * @description Needs `event_id` and `attempts` as they were read; 409 if the dead letter has changed since. The next event of the key is tried.
         */
        post: operations["skipDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search the log of events
         * @description Without payloads. A search by stream or correlation uses an index; any other covers up to 50,000 positions a page.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events/{position}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an event with its payload, its cause and its effects */
        get: operations["getEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/log/anchors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the newest anchors of the log
         * @description Those in the folder of the process that answers.
         */
        get: operations["listLogAnchors"];
        put?: never;
        /**
         * Anchor the log now
         * @description Answers with the newest anchor; that is an earlier one if nothing was recorded since.
         */
        post: operations["anchorLog"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/log/verifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the last verifications of the log, newest first
         * @description A verification reads every event, checks positions, versions and hash chains, and compares the log with its anchors. Poll while one runs: `position` of `head` is its progress.
         */
        get: operations["listLogVerifications"];
        put?: never;
        /**
         * Verify the log, in the background
         * @description One runs at a time; a second is refused. It is the same as `waybill events verify`, and is read at low priority.
         */
        post: operations["verifyLog"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/operator-actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what operators did with dead letters, replays, policies and projections, newest first */
        get: operations["listOperatorActions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/privacy/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the erasures, newest first
         * @description Those that customers and guests requested themselves, too. It names nobody but the admin.
         */
        get: operations["listErasures"];
        put?: never;
        /**
         * Erase a person on their behalf
         * @description As `eraseOwnData`, for the account of any role. Erasing an admin needs the right to manage accounts. A person who was erased before stays erased.
         */
        post: operations["erasePerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/privacy/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get everything that is stored about a person
         * @description As `exportOwnData`, for the person of an account or a guest's order. It changes nothing.
         */
        post: operations["exportPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/privacy/persons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find a person, and see what an erasure would delete
         * @description It changes nothing. The person is in the body, so that the address of the request names nobody.
         */
        post: operations["findPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/replays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the last replay of each projection
         * @description A replay builds a projection anew, beside the tables that serve.
         */
        get: operations["listReplays"];
        put?: never;
        /**
         * Start a replay, or do something with one
         * @description `verify`, `switch` and `roll_back` are done soon after the answer: poll the list until `wanted` is null. If `refused` is not null then, it says why it was not done. A `switch` compares first, unless `reason` says why differences are accepted. A repeated request is refused with 409 and changes nothing.
         */
        post: operations["requestReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/replays/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Say what the start of a replay would do, and start nothing
         * @description Events to read, the time that this takes, disk that it needs, and why it would be refused. Without a projection, of each.
         */
        get: operations["dryRunReplay"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/replays/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rebuild the rows of one order or SKU
         * @description The rows of the key are made again from its events, in the live tables, in one transaction, and compared with those before. Refused where a row depends on events of many keys.
         */
        post: operations["replayKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the health of the system
         * @description Projections, policies, log, database, sockets and disk, as the process that answers sees them. Channel `metrics` sends the same every two seconds.
         */
        get: operations["getSystem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/currencies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the currencies with sales, and the days of their first and latest sale
         * @description Most orders first.
         */
        get: operations["listSalesCurrencies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/sales": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the sales of a period by hour, day, week or month, in one currency
         * @description The granularity limits the length of the period: 31 days by hour, 400 by day, 2,800 by week, 36,600 by month. Days are UTC days, weeks start on Monday (ISO 8601). Units of time without sales are omitted.
         */
        get: operations["listSales"];
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
        /**
         * Get the sales of a period in each currency
         * @description Amounts of different currencies are never added.
         */
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
        /** List the products with the highest net sales in a period, in one currency */
        get: operations["listTopProducts"];
        put?: never;
        post?: never;
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
        /** Log in with e-mail address and password */
        post: operations["login"];
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
        /** Log out */
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
        /** Get the caller's account */
        get: operations["getProfile"];
        put?: never;
        post?: never;
        /**
         * Delete the caller's account and erase the caller's data
         * @description For a customer, with the password again, and for a guest, with the e-mail address of the order. Ends all sessions at once; names, addresses, notes and other texts are unreadable within seconds, also for admins. Orders, amounts and times stay. Refused while an order is open; `orders` lists those that are.
         */
        delete: operations["eraseOwnData"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/profile/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get everything that is stored about the caller
         * @description The account, and everything recorded about the orders, with addresses and texts in the clear; for a guest, the order of the token.
         */
        get: operations["exportOwnData"];
        put?: never;
        post?: never;
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
         * Get a new access token
         * @description Uses the refresh token in the cookie that `login` and this operation set. Each refresh token is valid once. Within a minute, using it again returns the newest token; after that, it ends the session.
         */
        post: operations["refreshSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a customer account
         * @description The answer is the same whether or not the address had an account, which stays as it is. To learn whether the account was created, log in.
         */
        post: operations["registerAccount"];
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
        /** List all deliveries, newest first */
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
        /** List the courier's own open deliveries, oldest first */
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
            path?: never;
            cookie?: never;
        };
        /**
         * Get a delivery
         * @description For the order's customer or guest, its courier, and admins. The courier sees the address while the delivery is under way.
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
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Assign a delivery to a courier */
        post: operations["assignDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{id}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare a delivery at two moments, field by field
         * @description Each field that differs has the event that changed it last, with who and why.
         */
        get: operations["diffDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events of a delivery, and what each changed, oldest first
         * @description As far as the caller sees the object: events that changed nothing of it are omitted, except for admins.
         */
        get: operations["getDeliveryHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{id}/reopening": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deliver a returned parcel again
         * @description For a parcel that was returned to the sender. Its stock is taken back, and it waits for a courier as before the first pick-up. To end the order instead, cancel it.
         */
        post: operations["reopenDelivery"];
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
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Update the status of a delivery
         * @description For the assigned courier, and an admin. `from` is the status that was seen: if the delivery has another one, the answer is 409 with its present status in `delivery_status`.
         */
        put: operations["setDeliveryStatus"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{id}/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Transfer a picked-up parcel to another courier
         * @description From pick-up until it is delivered or returned; the status stays the same. The former courier can no longer read or move the delivery.
         */
        post: operations["transferDelivery"];
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
         * List the demo accounts
         * @description In development only; answers 404 if there are no demo accounts.
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
    "/api/v1/guest-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find a guest order by its number and e-mail address
         * @description The answer holds a `guest_token` that gives access to this order. An unknown number and a wrong address get the same answer, after the same time. Orders of accounts are not found.
         */
        post: operations["findGuestOrder"];
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
        /** List all orders, newest first */
        get: operations["listOrders"];
        put?: never;
        /**
         * Place an order and reserve its stock
         * @description Without a token, or with a guest's token, this places a guest order: `email` is required, and the answer holds a `guest_token` that gives access to this order.
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
        /** List the caller's own orders, newest first */
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
        /**
         * List the orders that contain the caller's products, newest first
         * @description `total` and `line_count` cover the caller's lines only.
         */
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
            path?: never;
            cookie?: never;
        };
        /**
         * Get an order
         * @description For its customer or guest, its courier, the sellers of its lines, and admins. Sellers see their own lines and no personal data; the courier sees the address while the delivery is under way.
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
    "/api/v1/orders/{id}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an order
         * @description For its customer or guest, and an admin; before pick-up, or after the parcel was returned to the sender. Releases the stock, and voids or refunds the payment.
         */
        post: operations["cancelOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/causation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the commands about an order and their events, as a tree of causes and effects */
        get: operations["getOrderCausation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare an order at two moments, field by field
         * @description Each field that differs has the event that changed it last, with who and why.
         */
        get: operations["diffOrder"];
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
            path?: never;
            cookie?: never;
        };
        /**
         * List the events of an order, and what each changed, oldest first
         * @description As far as the caller sees the object: events that changed nothing of it are omitted, except for admins.
         */
        get: operations["getOrderHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the notes on an order, newest first
         * @description For everyone who may read the order. Internal notes are visible to their author and admins only.
         */
        get: operations["listOrderNotes"];
        put?: never;
        /**
         * Add a note to an order
         * @description For its customer or guest, the seller of a line, and an admin. A `shared` note is visible to everyone who may read the order, an `internal` note to its author and admins only. Customers and guests can only write shared notes.
         */
        post: operations["addOrderNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/refund": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Request the refund of a cancelled order again
         * @description After the payment provider refused the refund that followed the cancellation. Refunds what was captured and is neither refunded nor about to be.
         */
        post: operations["refundOrder"];
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
        /** Confirm a payment with a payment method */
        post: operations["confirmPayment"];
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
        /** List the caller's own payments, newest first */
        get: operations["listMyPayments"];
        put?: never;
        post?: never;
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
        /** Create the payment intent of an order */
        post: operations["createPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a payment
         * @description For the order's customer or guest, and admins.
         */
        get: operations["getPayment"];
        put?: never;
        post?: never;
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
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Complete the action that a payment requires */
        post: operations["completePaymentAction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/{id}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare a payment at two moments, field by field
         * @description Each field that differs has the event that changed it last, with who and why.
         */
        get: operations["diffPayment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events of a payment, and what each changed, oldest first
         * @description As far as the caller sees the object: events that changed nothing of it are omitted, except for admins.
         */
        get: operations["getPaymentHistory"];
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
        /**
         * Search the catalogue
         * @description Sorted by relevance if `q` is given, otherwise by name, unless `sort` is given.
         */
        get: operations["searchProducts"];
        put?: never;
        /** List a product for sale */
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
        /** List the categories of listed products, with the number of products that match */
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
        /** List the caller's own products, including unlisted ones */
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
            path?: never;
            cookie?: never;
        };
        /**
         * Get a product
         * @description Also returns unlisted products. The past is for the seller and admins.
         */
        get: operations["getProduct"];
        put?: never;
        post?: never;
        /** Unlist a product */
        delete: operations["withdrawProduct"];
        options?: never;
        head?: never;
        /** Change a product's details or price */
        patch: operations["changeProduct"];
        trace?: never;
    };
    "/api/v1/products/{sku}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare a product at two moments, field by field
         * @description Each field that differs has the event that changed it last, with who and why.
         */
        get: operations["diffProduct"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{sku}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events of a product, and what each changed, oldest first
         * @description As far as the caller sees the object: events that changed nothing of it are omitted, except for admins.
         */
        get: operations["getProductHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{sku}/relisting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** List an unlisted product again */
        post: operations["relistProduct"];
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
        /** Request a return of delivered units */
        post: operations["requestReturn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/returns/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a return
         * @description For the order's customer or guest, the seller of all its lines, and admins.
         */
        get: operations["getReturn"];
        put?: never;
        post?: never;
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
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve a return */
        post: operations["approveReturn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/returns/{id}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare a return at two moments, field by field
         * @description Each field that differs has the event that changed it last, with who and why.
         */
        get: operations["diffReturn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/returns/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events of a return, and what each changed, oldest first
         * @description As far as the caller sees the object: events that changed nothing of it are omitted, except for admins.
         */
        get: operations["getReturnHistory"];
        put?: never;
        post?: never;
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
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive the units of a return
         * @description Adds the units to stock and starts the refund.
         */
        post: operations["receiveReturn"];
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
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reject a return */
        post: operations["rejectReturn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List stock levels
         * @description Those of the caller's own products; of all products for an admin.
         */
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
            path?: never;
            cookie?: never;
        };
        /**
         * Get the stock level of a product
         * @description The past is for the seller and admins: it tells what was sold when.
         */
        get: operations["getStock"];
        put?: never;
        post?: never;
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
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adjust stock after a count */
        post: operations["adjustStock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/{sku}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare the stock level of a product at two moments, field by field
         * @description Each field that differs has the event that changed it last, with who and why.
         */
        get: operations["diffStock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/{sku}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events of the stock level of a product, and what each changed, oldest first
         * @description As far as the caller sees the object: events that changed nothing of it are omitted, except for admins.
         */
        get: operations["getStockHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stock/{sku}/levels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the stock level of a product over time
         * @description For the seller and admins. At most 500 points: a long life by hour, day, week or month.
         */
        get: operations["getStockLevels"];
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
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Receive stock */
        post: operations["receiveStock"];
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
        /** Check that the process is running */
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
        /** Check that the process can handle requests */
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
        /** @description An account. */
        Account: {
            email: string;
            /** Format: uuid */
            id: string;
            name: string;
            /** @description A set of roles. In JSON it is a list of names. */
            roles: components["schemas"]["Role"][];
        };
        /**
         * Format: uuid
         * @description An account that can log in: customer, seller, courier, admin, analyst.
         */
        AccountId: string;
        /** @description The account of a person. */
        AccountOverview: {
            email: string;
            /** Format: uuid */
            id: string;
            name: string;
            /** @description A set of roles. In JSON it is a list of names. */
            roles: components["schemas"]["Role"][];
        };
        /** @description The address has an account now. Whether it had one before is not told. */
        AccountRegistered: {
            message: string;
        };
        /** @description The part that the submitter of an event's command has in the object. */
        ActorRole: "customer" | "guest" | "seller" | "courier" | "staff" | "policy" | "tool";
        /** @description The note to add. */
        AddOrderNote: {
            /** @description Plain text. White space around it is removed. */
            text: string;
            /**
             * @description Who may read it.
             * @default shared
             */
            visibility: components["schemas"]["NoteVisibility"];
        };
        /** @description A correction of the count. */
        AdjustStock: {
            /**
             * @description Why; `other` if it is absent.
             * @default other
             * @example damaged
             */
            cause: components["schemas"]["AdjustmentCause"];
            /**
             * Format: int64
             * @description Units to add, or to remove if negative; not zero.
             * @example -2
             */
            delta: number;
            /**
             * @description The reason in words. Required if the cause is `other`.
             * @default
             * @example Two were broken
             */
            reason: string;
        };
        /** @description Why the count was adjusted. */
        AdjustmentCause: "counted" | "damaged" | "lost" | "found" | "other";
        /** @description The moment that an answer shows: right after this event. */
        AsOf: {
            event_type: string;
            /**
             * Format: date-time
             * @description When it happened.
             */
            occurred_at: string;
            /**
             * Format: int64
             * @description The position of the event.
             */
            position: number;
            /**
             * Format: date-time
             * @description When it was stored; later than it happened if it was recorded without a connection, or imported.
             */
            recorded_at: string;
            /**
             * Format: int64
             * @description The version of the object's own stream.
             */
            version: number;
        };
        /** @description The courier to assign. */
        AssignDelivery: {
            courier_id: components["schemas"]["AccountId"];
        };
        /** @description The result of a retry of many keys, or what it would be done to. */
        BulkRetry: {
            /**
             * Format: uint64
             * @description How many events were applied by projections.
             */
            applied: number;
            /** @description Whether nothing was done. */
            dry_run: boolean;
            /**
             * Format: uint64
             * @description The keys whose first event failed again.
             */
            failed: number;
            /** @description Whether there are more keys than one request retries. */
            has_more: boolean;
            /**
             * Format: uint64
             * @description The parked keys that are retried, at most 1,000.
             */
            keys: number;
            /**
             * Format: int64
             * @description All dead letters of these keys.
             */
            letters: number;
            /**
             * Format: uint64
             * @description The keys that were resolved meanwhile.
             */
            resolved: number;
            /**
             * Format: uint64
             * @description The keys that policies try within seconds.
             */
            scheduled: number;
        };
        /** @description Why an order is cancelled. */
        CancelOrder: {
            reason?: string | null;
            /**
             * @description Whether the units of a parcel that was returned to the sender can be sold again; true if absent. Only an admin can
             *     set it.
             */
            restock?: boolean | null;
        };
        /** @description A category, and the number of listed products in it. */
        Category: {
            name: string;
            /** Format: int64 */
            product_count: number;
        };
        /** @description All categories. */
        CategoryList: {
            items: components["schemas"]["Category"][];
        };
        /** @description The commands about an order and their events, as a tree. */
        Causation: {
            /** @description Whether these are all. The tree has the first 2,000 events. */
            is_complete: boolean;
            /**
             * @description The commands: each is followed by those that its events led to, with a larger depth. Rejected commands have no
             *     events and are not recorded.
             */
            items: components["schemas"]["CausedCommand"][];
        };
        /** @description The event to which the platform reacted. */
        Cause: {
            event_type: string;
            /** Format: int64 */
            position: number;
        };
        /** @description A command that was accepted, and its events. */
        CausedCommand: {
            /** @description Who submitted it, as `GET /admin/events` names them. */
            actor: string;
            /** @description The event to which a policy reacted with it; null for a request from outside. */
            cause: components["schemas"]["Cause"] | null;
            /** Format: uuid */
            command_id: string;
            /**
             * Format: uint32
             * @description The number of commands that led to it; 0 for a request from outside.
             */
            depth: number;
            events: components["schemas"]["CausedEvent"][];
            /** @description The policy that submitted it. */
            policy: string | null;
        };
        /** @description An event of a command. */
        CausedEvent: {
            /** Format: uuid */
            event_id: string;
            event_type: string;
            /** Format: date-time */
            occurred_at: string;
            /** Format: int64 */
            position: number;
            /** Format: date-time */
            recorded_at: string;
            stream_id: string;
            /** Format: int64 */
            version: number;
        };
        /** @description How a challenge ended. */
        ChallengeOutcome: "passed" | "failed";
        /** @description The fields to change; others stay as they are. */
        ChangeProduct: {
            category?: string | null;
            description?: string | null;
            name?: string | null;
            /** @description Above zero. */
            price?: components["schemas"]["Money"] | null;
        };
        /** @description The answer to a command that was accepted. */
        CommandAnswer: {
            /** @description The id of what was changed: a UUID, or the SKU of a product or stock item. */
            id: string;
            /**
             * Format: int64
             * @description The position of the command's last event. Reads that pass it as `min_position` include the change.
             */
            position: number;
            /**
             * Format: int64
             * @description The version of its stream after the command.
             */
            version: number;
        };
        /** @description The outcome of the provider's challenge. */
        CompletePaymentAction: {
            outcome: components["schemas"]["ChallengeOutcome"];
        };
        /** @description A projection or policy that does not do what it should. */
        Concern: {
            error: string | null;
            /** Format: int64 */
            lag: number;
            name: string;
            state: components["schemas"]["ConsumerState"];
        };
        /** @description The payment to confirm, and the method to pay with. */
        ConfirmPayment: {
            method: components["schemas"]["PaymentMethod"];
            payment_id: components["schemas"]["PaymentId"];
        };
        /** @description A consumer of the log, with its delay. */
        ConsumerHealth: {
            /** @description Why it has stopped; for a policy with parked events, why the first of them failed. */
            error: string | null;
            /**
             * Format: int64
             * @description The number of events that it has not processed yet.
             */
            lag: number;
            /**
             * Format: double
             * @description Age of the oldest event that it has not processed yet, in seconds.
             */
            lag_s: number;
            /** @description Its name. */
            name: string;
            /**
             * Format: int64
             * @description The number of parked events, with those that wait behind them: the rows in the list of its dead letters.
             */
            parked: number;
            /**
             * Format: int64
             * @description The position up to which it has processed events.
             */
            position: number;
            /** @description Its state. */
            state: components["schemas"]["ConsumerState"];
        };
        /** @description What kind of consumer a dead letter belongs to. */
        ConsumerKind: "projection" | "policy";
        /** @description The state of a consumer of the log. */
        ConsumerState: "running" | "rebuilding" | "parked" | "stopped";
        /** @description The state and position of a consumer of the log. */
        ConsumerStatus: {
            /** @description Why it has stopped; for a policy with parked events, why the first of them failed. */
            error: string | null;
            /**
             * Format: int64
             * @description The number of events that it has not processed yet.
             */
            lag: number;
            /** @description Its name. */
            name: string;
            /**
             * Format: int64
             * @description The number of parked events, with those that wait behind them: the rows in the list of its dead letters.
             */
            parked: number;
            /**
             * Format: int64
             * @description The position up to which it has processed events.
             */
            position: number;
            /** @description Its state. */
            state: components["schemas"]["ConsumerState"];
        };
        /** @description The recipient of a parcel, and the address. */
        Contact: {
            /** @description The city. */
            city: string;
            /** @description The country. */
            country: string;
            /** @description The e-mail address of a guest. */
            email?: string | null;
            /** @description The first line of the address. */
            line1: string;
            /** @description The second line of the address. */
            line2?: string | null;
            /** @description The name. */
            name: string;
            /** @description The phone number. */
            phone?: string | null;
            /** @description The postal code. */
            postal_code: string;
        };
        /** @description A courier, as admins see them. */
        Courier: {
            email: string;
            /** Format: uuid */
            id: string;
            name: string;
        };
        /** @description All couriers. */
        CourierList: {
            items: components["schemas"]["Courier"][];
        };
        /** @description The order to create a payment intent for. */
        CreatePayment: {
            order_id: components["schemas"]["OrderId"];
        };
        /** @description The supported currencies (ISO 4217), all with two decimals. */
        Currency: "GBP" | "EUR" | "USD";
        /** @description The sales to one kind of customers. */
        CustomerSales: {
            amounts: components["schemas"]["SalesAmounts"];
            /**
             * Format: int64
             * @description The customers of the orders that were confirmed.
             */
            customers: number;
            /**
             * Format: int64
             * @description The orders that were confirmed.
             */
            orders: number;
        };
        /** @description The counts and projections on the live board. */
        Dashboard: {
            deliveries: {
                [key: string]: number;
            };
            orders: {
                [key: string]: number;
            };
            /** Format: int64 */
            position: number;
            /** Format: int64 */
            products: number;
            projections: components["schemas"]["ConsumerStatus"][];
        };
        /** @description A dead letter, without the payload of its event. */
        DeadLetter: {
            /**
             * Format: int32
             * @description Failed attempts. A retry of a policy's letter begins at 0 again.
             */
            attempts: number;
            /**
             * Format: int64
             * @description How many later events of its key wait behind it.
             */
            behind: number;
            /** @description The name of the projection or policy. */
            consumer: string;
            /**
             * Format: date-time
             * @description When it became a dead letter: the first attempt, or the beginning of its wait.
             */
            created_at: string;
            /** @description Why the last attempt failed; null while it only waits. */
            error: string | null;
            /**
             * Format: uuid
             * @description The id of the event.
             */
            event_id: string | null;
            /** @description The type of the event. */
            event_type: string;
            /** @description Its id: consumer and position, as in `orders:17`. */
            id: string;
            /** @description The key within which events stay in order: an order's id, or a SKU. */
            key: string;
            /** @description Whether a projection or a policy could not process it. */
            kind: components["schemas"]["ConsumerKind"];
            /**
             * Format: date-time
             * @description The last attempt.
             */
            last_attempt_at: string | null;
            /**
             * Format: date-time
             * @description The next automatic attempt.
             */
            next_attempt_at: string | null;
            /**
             * Format: int64
             * @description The position of the event in the log.
             */
            position: number;
            /** @description What happens next to it. */
            state: components["schemas"]["DeadLetterState"];
        };
        /** @description A dead letter with everything that helps to decide about it. */
        DeadLetterDetail: {
            /**
             * Format: int32
             * @description Failed attempts. A retry of a policy's letter begins at 0 again.
             */
            attempts: number;
            /**
             * Format: int64
             * @description How many later events of its key wait behind it.
             */
            behind: number;
            /** @description The name of the projection or policy. */
            consumer: string;
            /**
             * Format: uuid
             * @description Shared by all events of an order, or of one command.
             */
            correlation_id: string | null;
            /**
             * Format: date-time
             * @description When it became a dead letter: the first attempt, or the beginning of its wait.
             */
            created_at: string;
            /** @description Why the last attempt failed; null while it only waits. */
            error: string | null;
            /**
             * Format: uuid
             * @description The id of the event.
             */
            event_id: string | null;
            /** @description The type of the event. */
            event_type: string;
            /** @description Its id: consumer and position, as in `orders:17`. */
            id: string;
            /** @description The key within which events stay in order: an order's id, or a SKU. */
            key: string;
            /** @description Whether a projection or a policy could not process it. */
            kind: components["schemas"]["ConsumerKind"];
            /**
             * Format: date-time
             * @description The last attempt.
             */
            last_attempt_at: string | null;
            /**
             * Format: date-time
             * @description The next automatic attempt.
             */
            next_attempt_at: string | null;
            /** @description As stored: sealed texts stay sealed, and texts of erased persons are withheld. */
            payload: {
                [key: string]: unknown;
            } | null;
            /**
             * Format: int64
             * @description The position of the event in the log.
             */
            position: number;
            /** @description What happens next to it. */
            state: components["schemas"]["DeadLetterState"];
            /** @description The stream of the event. */
            stream_id: string | null;
            /** @description The first 20 dead letters that wait behind it. */
            waiting: components["schemas"]["DeadLetter"][];
        };
        /** @description Some of the dead letters that meet the conditions. */
        DeadLetterList: {
            /**
             * Format: int64
             * @description How many meet the conditions, on this page and others.
             */
            count: number;
            items: components["schemas"]["DeadLetter"][];
            /** @description Where the next page begins; null on the last. */
            next_cursor: string | null;
        };
        /** @description The result of a retry or a skip. */
        DeadLetterResult: {
            /**
             * Format: uint64
             * @description How many events a projection applied.
             */
            applied: number;
            /** @description Why it fails. */
            error: string | null;
            /**
             * Format: int64
             * @description The position of the event that still fails.
             */
            failed_position: number | null;
            /** @description Whether a policy tries the next event of the key within seconds. */
            scheduled: boolean;
        };
        /** @description What happens next to a dead letter. */
        DeadLetterState: "parked" | "retrying" | "waiting";
        /** @description A delivery. */
        Delivery: {
            /** @description As of when it is; absent from the present. */
            as_of?: components["schemas"]["AsOf"] | null;
            contact: components["schemas"]["Contact"] | null;
            country: string;
            /** Format: uuid */
            courier_id: string | null;
            /** Format: uuid */
            id: string;
            /** Format: int32 */
            line_count: number;
            /** Format: uuid */
            order_id: string;
            order_number: string;
            /** Format: int64 */
            position: number;
            status: components["schemas"]["DeliveryStatus"];
            timeline: components["schemas"]["ReachedDeliveryStatus"][];
        };
        /**
         * Format: uuid
         * @description A delivery: the transport of one parcel to the customer.
         */
        DeliveryId: string;
        /** @description One page of a list. */
        DeliveryList: {
            /** @description The items, at most the limit. */
            items: components["schemas"]["Delivery"][];
            /** @description Where the next page begins; none on the last. */
            next_cursor: string | null;
        };
        /** @description The status of a delivery. */
        DeliveryStatus: "pending" | "offered" | "assigned" | "picked_up" | "on_the_way" | "attempt_failed" | "returning" | "returned" | "delivered" | "cancelled";
        /** @enum {string} */
        DeliveryStep: "picked_up" | "on_the_way" | "delivered" | "attempt_failed" | "returning" | "returned";
        /** @description A demo account, as `GET /demo-accounts` returns it. */
        DemoAccount: {
            email: string;
            name: string;
            password: string;
            role: components["schemas"]["Role"];
        };
        /** @description One account for each role. */
        DemoAccountList: {
            items: components["schemas"]["DemoAccount"][];
        };
        /** @description A field that differs between two moments, and the event that changed it last. */
        Difference: {
            event: components["schemas"]["Occurrence"];
            /** @description A JSON pointer (RFC 6901) into the object. */
            field: string;
            /** @description Its value before; null if there was none. */
            from: unknown;
            /** @description Its value after; null if there is none. */
            to: unknown;
        };
        /** @description The differences between two moments, by field. */
        Differences: {
            from: components["schemas"]["AsOf"];
            items: components["schemas"]["Difference"][];
            to: components["schemas"]["AsOf"];
        };
        /** @description A disk. */
        DiskStatus: {
            /**
             * Format: uint64
             * @description Free space, in bytes.
             */
            free_bytes: number;
            /**
             * Format: uint64
             * @description Below this much free space commands are refused, in bytes.
             */
            free_bytes_min: number;
            /**
             * Format: uint64
             * @description Its size, in bytes.
             */
            total_bytes: number;
        };
        /** @description What starts would do. */
        DryRunList: {
            /** @description One for each projection that was asked for. */
            items: components["schemas"]["ReplayDryRun"][];
        };
        /** @description The proof that the caller is the person. */
        EraseOwnData: {
            /** @description For a guest: the e-mail address that the order was placed with. */
            email?: string | null;
            /** @description The password of the account. */
            password?: string | null;
        };
        /** @description The person to erase. */
        ErasePerson: {
            /**
             * @description The e-mail address or id of an account, or the number or id of a guest's order.
             * @example ada@example.com
             */
            person: string;
            /** @description The reason, which is kept. Do not name the person in it. */
            reason: string;
        };
        /** @description The admin who requested an erasure. */
        ErasingAdmin: {
            /** @description None if the admin has left. */
            email: string | null;
            /** Format: uuid */
            id: string;
        };
        /** @description An erasure. */
        Erasure: {
            /** @description The admin who requested it. */
            admin: components["schemas"]["ErasingAdmin"] | null;
            /**
             * Format: date-time
             * @description When key, account and sessions were deleted; none until then.
             */
            erased_at: string | null;
            /** @description The number of the order, if the person was a guest. */
            order_number: string | null;
            /** @description The random id under which the orders of the person remain. */
            person_id: components["schemas"]["PersonId"];
            /**
             * Format: int64
             * @description The position of the request in the log.
             */
            position: number;
            /** @description The reason; none if the person requested it. */
            reason: string | null;
            /** Format: date-time */
            requested_at: string;
            requested_by: components["schemas"]["ErasureRequester"];
        };
        /** @description One page of a list. */
        ErasureList: {
            /** @description The items, at most the limit. */
            items: components["schemas"]["Erasure"][];
            /** @description Where the next page begins; none on the last. */
            next_cursor: string | null;
        };
        /** @description What keeps a person from being erased. */
        ErasureObstacle: "erased" | "erasure_requested" | "orders_open" | "admin_account";
        /** @description The erasure was requested. It is carried out within seconds. */
        ErasureRequested: {
            message: string;
            person_id: components["schemas"]["PersonId"];
        };
        /** @description Who asked for an erasure. */
        ErasureRequester: "person" | "admin" | "operator";
        /** @description An event with everything that is recorded of it, its cause and its effects. */
        EventDetail: {
            /** @description As the condition `actor` names it. */
            actor: string;
            /**
             * Format: uuid
             * @description The event to which a policy reacted.
             */
            causation_id: string | null;
            cause: components["schemas"]["EventSummary"] | null;
            /** Format: uuid */
            command_id: string;
            /** Format: uuid */
            correlation_id: string;
            /** Format: int64 */
            effect_count: number;
            /** @description The first 20 events that resulted from it. */
            effects: components["schemas"]["EventSummary"][];
            /** Format: uuid */
            event_id: string;
            event_type: string;
            /** Format: date-time */
            occurred_at: string;
            partition_key: string;
            /**
             * @description As stored: sealed texts stay sealed. A text from before texts were sealed is `{"erased":true}` if its person was
             *     erased.
             */
            payload: {
                [key: string]: unknown;
            };
            /** Format: int64 */
            position: number;
            /** Format: date-time */
            recorded_at: string;
            /** Format: int16 */
            schema_version: number;
            stream_id: string;
            /** @description W3C trace context of the request. */
            traceparent: string | null;
            /** Format: int64 */
            version: number;
        };
        /** @description Some of the events that meet the conditions. */
        EventList: {
            /**
             * Format: int64
             * @description The position of the newest event of the log.
             */
            head: number;
            /** @description The events; a page may have fewer than asked for, or none, and still have a next page. */
            items: components["schemas"]["EventSummary"][];
            /** @description Where the search continues; none when it is over. */
            next_cursor: string | null;
        };
        /**
         * @description A sort order of events.
         * @enum {string}
         */
        EventSort: "newest" | "oldest";
        /** @description An event without its payload. */
        EventSummary: {
            /** @description As the condition `actor` names it. */
            actor: string;
            /**
             * Format: uuid
             * @description The event to which a policy reacted.
             */
            causation_id: string | null;
            /** Format: uuid */
            correlation_id: string;
            /** Format: uuid */
            event_id: string;
            event_type: string;
            /** Format: date-time */
            occurred_at: string;
            /** Format: int64 */
            position: number;
            /** Format: date-time */
            recorded_at: string;
            stream_id: string;
            /** Format: int64 */
            version: number;
        };
        /** @description The account of a person. */
        ExportedAccount: {
            email: string;
            /** Format: uuid */
            id: string;
            name: string;
            /** @description A set of roles. In JSON it is a list of names. */
            roles: components["schemas"]["Role"][];
        };
        /** @description What was recorded about an order. */
        ExportedEvent: {
            /** @description Addresses and texts of the person are in the clear; those of other people are left out. */
            data: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            occurred_at: string;
            type: string;
        };
        /** @description An order of a person, with its payment, delivery, returns and notes. */
        ExportedOrder: {
            /** @description What was recorded, oldest first. */
            events: components["schemas"]["ExportedEvent"][];
            id: components["schemas"]["OrderId"];
            number: string;
        };
        /** @description A field that changed. */
        FieldChange: {
            /** @description A JSON pointer (RFC 6901) into the object. */
            field: string;
            /** @description Its value before; null if there was none. */
            from: unknown;
            /** @description Its value after; null if there is none. */
            to: unknown;
        };
        /** @description The order to find. */
        FindGuestOrder: {
            /**
             * @description The e-mail address that the order was placed with.
             * @example ada@example.com
             */
            email: string;
            /**
             * @description The order's number, in any letter case, with or without `WB` and hyphens.
             * @example WB-7K2M-Q9XD
             */
            number: string;
        };
        /** @description A person, named in the body so that no log of addresses has the name. */
        FindPerson: {
            /**
             * @description The e-mail address or id of an account, or the number or id of a guest's order.
             * @example ada@example.com
             */
            person: string;
        };
        /** @description The fulfilment status of an order. */
        FulfilmentStatus: "unfulfilled" | "fulfilled" | "delivered";
        /** @description A unit of time, in UTC. */
        Granularity: "hour" | "day" | "week" | "month";
        /** @description The order, and a token that gives its guest access to it. */
        GuestOrderFound: {
            /** Format: date-time */
            expires_at: string;
            guest_token: string;
            order_id: components["schemas"]["OrderId"];
        };
        /** @description An event of an object's history, and the fields that it changed, as far as the caller sees them. */
        HistoryEvent: {
            /** @description Who submitted its command, as `GET /admin/events` names them; for admins. */
            actor?: string | null;
            /**
             * Format: uuid
             * @description The id of the event that caused it, of any object; for admins.
             */
            causation_id?: string | null;
            /** @description The event that caused it, if the platform reacted to one of the same object. */
            cause: components["schemas"]["Cause"] | null;
            changes: components["schemas"]["FieldChange"][];
            /**
             * Format: uuid
             * @description Its command; for admins.
             */
            command_id?: string | null;
            /**
             * Format: uuid
             * @description The id that all effects of the same first command share; for admins.
             */
            correlation_id?: string | null;
            /** Format: uuid */
            event_id: string;
            event_type: string;
            /** @description Whether the caller submitted its command. */
            is_own: boolean;
            /** @description The counts after the event, in the history of a stock level. */
            level?: components["schemas"]["Stock"] | null;
            /**
             * Format: date-time
             * @description When it happened.
             */
            occurred_at: string;
            /** Format: int64 */
            position: number;
            /**
             * @description The reason that was given. Absent if none was given or the caller may not read it; null if the person with whose
             *     key it was sealed was erased.
             */
            reason?: string | null;
            /**
             * Format: date-time
             * @description When it was stored.
             */
            recorded_at: string;
            role: components["schemas"]["ActorRole"];
            stream_id: string;
            /**
             * Format: int64
             * @description Its version in its stream.
             */
            version: number;
        };
        /** @description One page of a list. */
        HistoryEventList: {
            /** @description The items, at most the limit. */
            items: components["schemas"]["HistoryEvent"][];
            /** @description Where the next page begins; none on the last. */
            next_cursor: string | null;
        };
        /** @description A public key. */
        JsonWebKey: {
            alg: string;
            crv: string;
            kid: string;
            kty: string;
            use: string;
            x: string;
        };
        /** @description The public keys that access tokens are signed with (RFC 7517). */
        JsonWebKeySet: {
            keys: components["schemas"]["JsonWebKey"][];
        };
        /** @description The unit of time between two points, in UTC. */
        LevelGranularity: "event" | "hour" | "day" | "week" | "month";
        /** @description A stock level right after an event. */
        LevelPoint: {
            /** Format: int64 */
            available: number;
            /** Format: int64 */
            committed: number;
            /** Format: int64 */
            on_hand: number;
            /** Format: int64 */
            position: number;
            /**
             * Format: date-time
             * @description When the event was recorded.
             */
            recorded_at: string;
            /** Format: int64 */
            reserved: number;
        };
        /** @description A stock level over time. */
        Levels: {
            /**
             * Format: uint
             * @description The number of all events.
             */
            event_count: number;
            granularity: components["schemas"]["LevelGranularity"];
            /** @description The points, oldest first. A unit of time without an event has none: the level stayed. */
            items: components["schemas"]["LevelPoint"][];
        };
        /** @description The product to list. */
        ListProduct: {
            /** @example Lighting */
            category: string;
            description: string;
            /** @example White hanging heart T-light holder */
            name: string;
            /** @description Above zero. */
            price: components["schemas"]["Money"];
            /** @example 85123A */
            sku: components["schemas"]["Sku"];
        };
        /** @description The process runs. */
        Liveness: {
            status: string;
        };
        /** @description A signed statement of what the log was. */
        LogAnchor: {
            /**
             * Format: date-time
             * @description When it was written.
             */
            anchored_at: string;
            /** @description The digest of the log up to the position, hex. */
            digest: string;
            /**
             * Format: int64
             * @description The position of the last event.
             */
            position: number;
        };
        /** @description Anchors of the log. */
        LogAnchorList: {
            /**
             * Format: uint
             * @description The number of all anchors.
             */
            count: number;
            /** @description What is wrong with the file, a sentence; no anchor of it can be used then. */
            damage: string | null;
            /** @description The file with the anchors. */
            file: string;
            /** @description At most 50, newest first. */
            items: components["schemas"]["LogAnchor"][];
        };
        /** @description Damage found in the log. */
        LogFinding: {
            /** @description Description of the damage. */
            detail: string;
            /**
             * Format: int64
             * @description Position in the log.
             */
            position: number;
            /** @description Stream id; empty if the damage belongs to no stream. */
            stream_id: string;
            /**
             * Format: int64
             * @description Stream version; 0 if the damage belongs to no stream.
             */
            version: number;
        };
        /** @description Result of a verification. */
        LogReport: {
            /**
             * Format: uint
             * @description Number of anchors that were compared.
             */
            anchors: number;
            /**
             * Format: int64
             * @description Number of events read.
             */
            events: number;
            /**
             * Format: uint
             * @description Number of findings.
             */
            finding_count: number;
            /** @description First findings. */
            findings: components["schemas"]["LogFinding"][];
            /**
             * Format: uint
             * @description Number of streams.
             */
            streams: number;
        };
        /** @description The log of events. */
        LogStatus: {
            /**
             * Format: int64
             * @description The position of the newest event; none while the database does not answer.
             */
            head: number | null;
            /** @description `embedded` or `kafka`. */
            kind: string;
            /** @description The relay to the broker; none without a broker. */
            relay: components["schemas"]["RelayHealth"] | null;
        };
        /** @description A verification of the log. */
        LogVerification: {
            /** @description Why it could not be completed, a sentence. */
            error: string | null;
            /**
             * Format: date-time
             * @description When it finished; none while it runs.
             */
            finished_at: string | null;
            /**
             * Format: int64
             * @description The position of the newest event at the start.
             */
            head: number;
            /**
             * Format: int64
             * @description Its number.
             */
            id: number;
            /**
             * Format: int64
             * @description The position up to which the log was read.
             */
            position: number;
            /** @description What was found; none while it runs, and if it failed. */
            report: components["schemas"]["LogReport"] | null;
            /** @description Who requested it: `account` and its id. */
            requested_by: string;
            /**
             * Format: date-time
             * @description When it started.
             */
            started_at: string;
        };
        /** @description Verifications of the log. */
        LogVerificationList: {
            /** @description At most 20, newest first. */
            items: components["schemas"]["LogVerification"][];
        };
        /** @description An access token that is valid for `expires_in` seconds. The cookie holds the refresh token. */
        LoggedIn: {
            access_token: string;
            account: components["schemas"]["Account"];
            /** Format: uint32 */
            expires_in: number;
            token_type: string;
        };
        /** @description The credentials of an account. */
        Login: {
            /** @example customer@demo.waybill.dev */
            email: string;
            /** @example waybill-demo-2026 */
            password: string;
        };
        /** @description An amount of money. */
        Money: {
            /** @description Its currency. */
            currency: components["schemas"]["Currency"];
            /**
             * Format: int64
             * @description The amount in minor units (pence, cents).
             */
            minor: number;
        };
        /** @description Who wrote a note. */
        NoteRole: "customer" | "guest" | "seller" | "admin";
        /** @description Who may read a note. */
        NoteVisibility: "shared" | "internal";
        /** @description An empty body. */
        Nothing: Record<string, never>;
        /** @description An event: what, when, who, why, and because of what. */
        Occurrence: {
            /** @description Who submitted its command, as `GET /admin/events` names them; for admins. */
            actor?: string | null;
            /**
             * Format: uuid
             * @description The id of the event that caused it, of any object; for admins.
             */
            causation_id?: string | null;
            /** @description The event that caused it, if the platform reacted to one of the same object. */
            cause: components["schemas"]["Cause"] | null;
            /**
             * Format: uuid
             * @description Its command; for admins.
             */
            command_id?: string | null;
            /**
             * Format: uuid
             * @description The id that all effects of the same first command share; for admins.
             */
            correlation_id?: string | null;
            /** Format: uuid */
            event_id: string;
            event_type: string;
            /** @description Whether the caller submitted its command. */
            is_own: boolean;
            /**
             * Format: date-time
             * @description When it happened.
             */
            occurred_at: string;
            /** Format: int64 */
            position: number;
            /**
             * @description The reason that was given. Absent if none was given or the caller may not read it; null if the person with whose
             *     key it was sealed was erased.
             */
            reason?: string | null;
            /**
             * Format: date-time
             * @description When it was stored.
             */
            recorded_at: string;
            role: components["schemas"]["ActorRole"];
            stream_id: string;
            /**
             * Format: int64
             * @description Its version in its stream.
             */
            version: number;
        };
        /** @description A recorded action. */
        OperatorAction: {
            /**
             * Format: date-time
             * @description When.
             */
            at: string;
            /** @description Who: `account ID`, or the user of a terminal. */
            by: string;
            /** @description What it was done to, and the result. */
            detail: {
                [key: string]: unknown;
            };
            /**
             * Format: int64
             * @description Orders the actions.
             */
            id: number;
            /** @description The projection or policy. */
            name: string;
            /** @description Why, if that was given. */
            reason: string | null;
            /** @description What it was done to. */
            subject: components["schemas"]["Subject"];
            /** @description What was done: `retry`, `skip`, `start`, `pause`, `restart` … */
            verb: string;
        };
        /** @description One page of a list. */
        OperatorActionList: {
            /** @description The items, at most the limit. */
            items: components["schemas"]["OperatorAction"][];
            /** @description Where the next page begins; none on the last. */
            next_cursor: string | null;
        };
        /** @description A reason, which may be omitted. */
        OptionalReason: {
            reason?: string | null;
        };
        /** @description An order. */
        Order: {
            /** @description As of when it is; absent from the present. */
            as_of?: components["schemas"]["AsOf"] | null;
            channel: components["schemas"]["SalesChannel"];
            contact: components["schemas"]["Contact"] | null;
            country: string;
            /** Format: uuid */
            courier_id: string | null;
            /** Format: uuid */
            customer_id: string | null;
            /** Format: uuid */
            delivery_id: string;
            delivery_status: components["schemas"]["DeliveryStatus"] | null;
            fulfilment_status: components["schemas"]["FulfilmentStatus"];
            /** Format: uuid */
            id: string;
            lines: components["schemas"]["OrderLine"][];
            number: string;
            /** Format: uuid */
            payment_id: string;
            payment_status: components["schemas"]["OrderPaymentStatus"];
            /** Format: date-time */
            placed_at: string;
            /** Format: int64 */
            position: number;
            /** Format: date-time */
            reservation_expires_at: string;
            return_status: components["schemas"]["OrderReturnStatus"];
            status: components["schemas"]["OrderStatus"];
            timeline: components["schemas"]["ReachedOrderStage"][];
            totals: components["schemas"]["Totals"];
            /** Format: int64 */
            version: number;
        };
        /**
         * Format: uuid
         * @description An order.
         */
        OrderId: string;
        /** @description A line of an order. */
        OrderLine: {
            /** Format: uint16 */
            line_number: number;
            line_total: components["schemas"]["Money"];
            name: string;
            /** Format: int64 */
            quantity: number;
            /** Format: int64 */
            returned_quantity: number;
            sku: string;
            unit_price: components["schemas"]["Money"];
        };
        /** @description A line of the order. */
        OrderLineWanted: {
            /**
             * Format: int64
             * @description The price per unit that the customer was shown, in minor units. If the price has changed since, the order is not
             *     placed, and the problem names both prices.
             */
            expected_unit_price_minor?: number | null;
            /**
             * Format: int64
             * @example 2
             */
            quantity: number;
            /** @example 85123A */
            sku: components["schemas"]["Sku"];
        };
        /** @description A note on an order. */
        OrderNote: {
            /** Format: date-time */
            added_at: string;
            /** Format: uuid */
            id: string;
            /** @description Whether the caller wrote it. */
            is_own: boolean;
            /** Format: int64 */
            position: number;
            /** @description Who wrote it. */
            role: components["schemas"]["NoteRole"];
            /** @description The text; null if its author was erased. */
            text: string | null;
            /** @description Who may read it. */
            visibility: components["schemas"]["NoteVisibility"];
        };
        /** @description One page of a list. */
        OrderNoteList: {
            /** @description The items, at most the limit. */
            items: components["schemas"]["OrderNote"][];
            /** @description Where the next page begins; none on the last. */
            next_cursor: string | null;
        };
        /** @description An order of a person. */
        OrderOverview: {
            id: components["schemas"]["OrderId"];
            /** @description Whether it is neither delivered, cancelled nor expired. */
            is_open: boolean;
            number: string;
        };
        /** @description The payment status of an order. */
        OrderPaymentStatus: "none" | "authorised" | "part_paid" | "paid" | "part_refunded" | "refunded";
        /** @description The answer to a command that was accepted. */
        OrderPlaced: {
            /** Format: uuid */
            delivery_id: string;
            guest_token?: string | null;
            /** @description The id of what was changed: a UUID, or the SKU of a product or stock item. */
            id: string;
            number: string;
            /** Format: uuid */
            payment_id: string;
            /**
             * Format: int64
             * @description The position of the command's last event. Reads that pass it as `min_position` include the change.
             */
            position: number;
            /** Format: date-time */
            reservation_expires_at: string;
            total: components["schemas"]["Money"];
            /**
             * Format: int64
             * @description The version of its stream after the command.
             */
            version: number;
        };
        /**
         * @description The return status of an order.
         * @enum {string}
         */
        OrderReturnStatus: "none" | "partial" | "returned";
        /**
         * @description An order in a list, and the data of `order.changed`.
         *
         *     [`order_summary_columns!`](crate::order_summary_columns) names the columns: the projection, the list and the change
         *     take them from there.
         */
        OrderRow: {
            /** @description The country of delivery. */
            country: string;
            /**
             * Format: uuid
             * @description The courier; null if there is none.
             */
            courier_id: string | null;
            /** @description The status of its delivery; null until the order is confirmed. */
            delivery_status: components["schemas"]["DeliveryStatus"] | null;
            /** @description The status of its fulfilment. */
            fulfilment_status: components["schemas"]["FulfilmentStatus"];
            /**
             * Format: uuid
             * @description Its id.
             */
            id: string;
            /**
             * Format: int32
             * @description The number of its lines.
             */
            line_count: number;
            /** @description Its human-readable number. */
            number: string;
            /** @description The status of its payment. */
            payment_status: components["schemas"]["OrderPaymentStatus"];
            /**
             * Format: date-time
             * @description The time it was placed.
             */
            placed_at: string;
            /**
             * Format: int64
             * @description The position of the last event that changed it.
             */
            position: number;
            /** @description Its status. */
            status: components["schemas"]["OrderStatus"];
            /** @description The stages it has reached, oldest first. */
            timeline: components["schemas"]["ReachedOrderStage"][];
            /** @description Its total. */
            total: components["schemas"]["Money"];
            /**
             * Format: int64
             * @description The version of its stream.
             */
            version: number;
        };
        /** @description One page of a list. */
        OrderRowList: {
            /** @description The items, at most the limit. */
            items: components["schemas"]["OrderRow"][];
            /** @description Where the next page begins; none on the last. */
            next_cursor: string | null;
        };
        /** @description A stage of an order. */
        OrderStage: "placed" | "confirmed" | "cancelled" | "expired" | "completed" | "paid" | "refunded" | "assigned" | "picked_up" | "transferred" | "on_the_way" | "attempt_failed" | "returning" | "returned_to_sender" | "reopened" | "delivered" | "return_requested" | "return_approved" | "return_rejected" | "return_received";
        /** @description The status of an order. */
        OrderStatus: "pending" | "confirmed" | "completed" | "cancelled" | "expired";
        /** @description A payment. */
        Payment: {
            amount: components["schemas"]["Money"];
            /** @description As of when it is; absent from the present. */
            as_of?: components["schemas"]["AsOf"] | null;
            captured: components["schemas"]["Money"];
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            order_id: string;
            order_number: string;
            /** Format: int64 */
            position: number;
            refunded: components["schemas"]["Money"];
            status: components["schemas"]["PaymentStatus"];
        };
        /** @description The answer to a command that was accepted. */
        PaymentAnswer: {
            /** @description The id of what was changed: a UUID, or the SKU of a product or stock item. */
            id: string;
            /**
             * Format: int64
             * @description The position of the command's last event. Reads that pass it as `min_position` include the change.
             */
            position: number;
            status: components["schemas"]["PaymentStatus"];
            /**
             * Format: int64
             * @description The version of its stream after the command.
             */
            version: number;
        };
        /**
         * Format: uuid
         * @description A payment: one intent to collect the total of an order.
         */
        PaymentId: string;
        /** @description One page of a list. */
        PaymentList: {
            /** @description The items, at most the limit. */
            items: components["schemas"]["Payment"][];
            /** @description Where the next page begins; none on the last. */
            next_cursor: string | null;
        };
        /**
         * @description A payment method of the sandbox provider, which is named after its outcome.
         * @enum {string}
         */
        PaymentMethod: "sandbox_ok" | "sandbox_declined" | "sandbox_action_required";
        /**
         * @description The status of a payment.
         * @enum {string}
         */
        PaymentStatus: "requires_payment_method" | "requires_confirmation" | "requires_action" | "processing" | "requires_capture" | "succeeded" | "cancelled";
        /** @description Everything that is stored about a person, in the clear. */
        PersonExport: {
            /** @description Absent for a guest. */
            account?: components["schemas"]["ExportedAccount"] | null;
            /** Format: date-time */
            exported_at: string;
            /** @description The orders, oldest first. */
            orders: components["schemas"]["ExportedOrder"][];
            person_id: components["schemas"]["PersonId"];
        };
        /**
         * Format: uuid
         * @description A person with an encryption key of their own. For an account it equals the account's id; a guest gets one per
         *     order.
         */
        PersonId: string;
        /** @description A person, and what an erasure would delete and keep. */
        PersonOverview: {
            /** @description The account, which is deleted; none for a guest and for an erased person. */
            account: components["schemas"]["AccountOverview"] | null;
            /** @description What keeps the person from being erased. */
            obstacle: components["schemas"]["ErasureObstacle"] | null;
            /**
             * Format: uint
             * @description The number of all orders.
             */
            order_count: number;
            /** @description The newest orders, at most 50, newest first. They stay, without name, address and texts. */
            orders: components["schemas"]["OrderOverview"][];
            person_id: components["schemas"]["PersonId"];
        };
        /** @description The order to place. */
        PlaceOrder: {
            /**
             * Format: email
             * @description Required for guest orders.
             * @example ada@example.com
             */
            email?: string | null;
            lines: components["schemas"]["OrderLineWanted"][];
            shipping_address: components["schemas"]["ShippingAddress"];
        };
        /** @description A pool of connections. */
        PoolStatus: {
            /**
             * Format: uint32
             * @description Connections that wait for use.
             */
            idle: number;
            /**
             * Format: uint32
             * @description Connections in use.
             */
            in_use: number;
            /**
             * Format: uint32
             * @description The most connections.
             */
            max: number;
            /** @description The name of its connections in the database. */
            name: string;
        };
        /** @description The database. */
        PostgresStatus: {
            /**
             * Format: double
             * @description How long a short query took, in milliseconds.
             */
            answered_in_ms: number | null;
            /** @description Whether it answers in time. */
            is_reachable: boolean;
            /** @description The pools of connections. */
            pools: components["schemas"]["PoolStatus"][];
        };
        /** @description An error answer (RFC 9457). A type of problem may have further members. */
        Problem: {
            /** @description What happened, in words for the user. */
            detail: string;
            /** @description What is wrong with the request, by field. */
            errors?: components["schemas"]["ProblemError"][];
            /**
             * Format: uint16
             * @description The HTTP status.
             */
            status: number;
            /** @description A short name of the type. */
            title: string;
            /** @description Identifies the request in traces and logs. */
            trace_id: string;
            /** @description The type of problem, which never changes: `https://waybill.dev/problems/<slug>`. */
            type: string;
        } & {
            [key: string]: unknown;
        };
        /** @description An error in the body or query of a request. */
        ProblemError: {
            /** @description What is wrong, as a sentence. */
            detail: string;
            /** @description A JSON pointer into the body (RFC 6901), or `?name` for a query parameter. */
            pointer: string;
        };
        /** @description A product. */
        Product: {
            /** @description As of when it is; absent from the present. */
            as_of?: components["schemas"]["AsOf"] | null;
            /** Format: int64 */
            available: number;
            category: string;
            description: string;
            name: string;
            /** Format: int64 */
            position: number;
            price: components["schemas"]["Money"];
            /** Format: uuid */
            seller_id: string;
            sku: string;
            status: components["schemas"]["ProductStatus"];
        };
        /** @description One page of a list. */
        ProductList: {
            /** @description The items, at most the limit. */
            items: components["schemas"]["Product"][];
            /** @description Where the next page begins; none on the last. */
            next_cursor: string | null;
        };
        /** @description Sales that belong to no product of a list. */
        ProductSales: {
            amounts: components["schemas"]["SalesAmounts"];
            /**
             * Format: int64
             * @description The units of the orders that were confirmed.
             */
            units: number;
        };
        /**
         * @description A sort order of products.
         * @enum {string}
         */
        ProductSort: "name" | "price" | "-price" | "newest";
        /** @description Whether a product is listed for sale. */
        ProductStatus: "listed" | "withdrawn";
        /** @description The time at which something reached a stage. */
        ReachedDeliveryStatus: {
            /**
             * Format: date-time
             * @description The time.
             */
            at: string;
            /**
             * @description The reason of a failed attempt, a cancellation, or another delivery of a returned parcel. Absent if none was
             *     given; null if the person with whose key it was sealed was erased.
             */
            reason?: string | null;
            /** @description The stage. */
            status: components["schemas"]["DeliveryStatus"];
        };
        /** @description The time at which something reached a stage. */
        ReachedOrderStage: {
            /**
             * Format: date-time
             * @description The time.
             */
            at: string;
            /**
             * @description The reason of a failed attempt, a cancellation, or another delivery of a returned parcel. Absent if none was
             *     given; null if the person with whose key it was sealed was erased.
             */
            reason?: string | null;
            /** @description The stage. */
            status: components["schemas"]["OrderStage"];
        };
        /** @description Whether the process can take requests, and what keeps it from that. */
        Readiness: {
            /**
             * @description The background task that has ended although the process needs it, if one has: the process will stop, and its
             *     supervisor start it again.
             */
            ended_task: string | null;
            /** @description `ready` or `unreachable`. */
            event_store: string;
            /** @description The policies that do not run, or do not move while events wait. */
            policies: components["schemas"]["Concern"][];
            /** @description The projections that are stopped or not current. */
            projections: components["schemas"]["Concern"][];
            /** @description `ready` or `filling`. */
            sockets: string;
            /** @description `ready`, `degraded` or `not_ready`. */
            status: string;
            /** @description `ready`, or `full`: commands are refused until the disk has room again. */
            storage: string;
        };
        /** @description A reason. */
        Reason: {
            reason: string;
        };
        /** @description Units that arrived. */
        ReceiveStock: {
            /**
             * Format: int64
             * @example 48
             */
            quantity: number;
            /**
             * @description Identifies the arrival, such as the number of a delivery note.
             * @example Delivery note 4711
             */
            reference: string;
        };
        /** @description The account to create. */
        RegisterAccount: {
            /**
             * Format: email
             * @example ada@example.com
             */
            email: string;
            /** @example Ada Lovelace */
            name: string;
            /** @example correct horse battery */
            password: string;
        };
        /** @description The relay from the event store to the broker. */
        RelayHealth: {
            /** @description Whether the broker accepted messages when last tried; none if the relay runs in another process. */
            is_broker_up: boolean | null;
            /**
             * Format: int64
             * @description Events that are not published yet.
             */
            lag: number;
            /**
             * Format: double
             * @description Age of the oldest event that is not published yet, in seconds.
             */
            lag_s: number;
            /**
             * Format: int64
             * @description Position up to which the broker has every event.
             */
            position: number;
        };
        /** @description The last replay of a projection. */
        Replay: {
            /** @description Whether it switches by itself. */
            automatic: boolean;
            /** @description Why the tables that it replaced are not kept. */
            dropped: string | null;
            /** @description Why its last attempt failed, if it did. */
            error: string | null;
            /**
             * Format: double
             * @description Time left until it has caught up at this speed, in seconds.
             */
            eta_s: number | null;
            /**
             * Format: double
             * @description Its speed while it is built and catches up, in events per second.
             */
            events_per_s: number | null;
            /**
             * Format: date-time
             * @description Until when the tables that it replaced are kept.
             */
            kept_until: string | null;
            /** @description The process that drives it. */
            owner: string | null;
            /** @description Its phase. */
            phase: components["schemas"]["ReplayPhase"];
            /**
             * Format: int64
             * @description Position up to which its tables are complete; after the switch, the tables that it replaced.
             */
            position: number;
            /** @description The projection. */
            projection: string;
            /** @description Why it was started: `requested`, `new`, `code_version` or `position`. */
            reason: string;
            /** @description Why the last request was refused. */
            refused: string | null;
            /** @description The last comparison with the live tables. */
            report: components["schemas"]["ReplayReport"] | null;
            /**
             * Format: date-time
             * @description When it was requested.
             */
            requested_at: string;
            /** @description Who requested it. */
            requested_by: string;
            /**
             * Format: date-time
             * @description When building began; none while it waits.
             */
            started_at: string | null;
            /**
             * Format: date-time
             * @description When it switched.
             */
            switched_at: string | null;
            /**
             * Format: int64
             * @description Position that it has to reach: that of the live projections.
             */
            target: number;
            /**
             * Format: int32
             * @description The most events per second.
             */
            throttle: number | null;
            /** @description The replay that must come first, if it waits for one. */
            waiting_for: string | null;
            /** @description What its owner will do next on request. */
            wanted: components["schemas"]["ReplayVerb"] | null;
            /**
             * Format: int32
             * @description How many replays are built at once at most while this one is.
             * @default null
             */
            workers: number | null;
        };
        /** @description The two values of a column that differs. Of a long value the part around the first difference is kept. */
        ReplayColumnDifference: {
            /** @description The column. */
            column: string;
            /** @description The value of the live table, as text. */
            live: string | null;
            /** @description The value of the replay, as text. */
            replay: string | null;
        };
        /** @description What the start of a replay would do. Nothing was started. */
        ReplayDryRun: {
            /** @description Whether the tables that the last replay replaced would be dropped: it could no longer be rolled back. */
            drops_replaced: boolean;
            /**
             * Format: double
             * @description Time until it has caught up, in seconds: at the given limit, else at the speed of the last replay. None before the
             *     first one.
             */
            estimated_s: number | null;
            /**
             * Format: int64
             * @description Events to read. None of them has an effect again: no change is announced, and no letter.
             */
            events: number;
            /**
             * Format: uint64
             * @description Free bytes of the database's disk. None if that is another machine's.
             */
            free_bytes: number | null;
            /**
             * Format: uint64
             * @description Bytes that must be free, for the tables and for the log of the database.
             */
            needed_bytes: number;
            /** @description The projection. */
            projection: string;
            /** @description Why a start would be refused, each in a sentence. */
            refusals: string[];
            /** @description The replay that would have to come first. */
            waiting_for: string | null;
            /**
             * Format: uint64
             * @description Bytes to write: as many as the live tables take.
             */
            write_bytes: number;
        };
        /** @description The replays. */
        ReplayList: {
            /** @description One for each projection that had one, by name. */
            items: components["schemas"]["Replay"][];
        };
        /** @description The rebuild of one key's rows. */
        ReplayOfKey: {
            /**
             * Format: uint64
             * @description The number of events of the key.
             */
            events: number;
            /** @description The order's id, or the SKU. */
            key: string;
            /**
             * Format: int64
             * @description The position at which the rows were rebuilt.
             */
            position: number;
            /** @description The projection. */
            projection: string;
            /** @description The tables. */
            tables: components["schemas"]["ReplayOfKeyTable"][];
        };
        /** @description The rows of one key in a table. */
        ReplayOfKeyTable: {
            /**
             * Format: uint64
             * @description The number of rows that the key has now.
             */
            row_count: number;
            /** @description The rows that the rebuild changed: `live` is the value before it, `replay` the one after it. */
            rows: components["schemas"]["ReplayRowDifference"][];
            /** @description The table. */
            table: string;
        };
        /** @description The phase of a replay. */
        ReplayPhase: "building" | "catching_up" | "ready" | "verified" | "switched" | "paused" | "failed" | "cancelled";
        /** @description A comparison of a shadow with the live tables. */
        ReplayReport: {
            /** @description Whether the live rows were written by other code. Then they may differ. */
            code_changed: boolean;
            /**
             * Format: int64
             * @description Events that the replay has parked, and the live projection has not.
             */
            newly_parked: number;
            /**
             * Format: int64
             * @description The position at which both were read.
             */
            position: number;
            /** @description The tables. */
            tables: components["schemas"]["ReplayTableReport"][];
        };
        /** @description A row that differs. */
        ReplayRowDifference: {
            /** @description The names of the columns that differ, if both have the row. */
            columns: string[];
            /** @description `changed`, `missing` or `added`. */
            difference: string;
            /** @description The values of its primary key, as a JSON array. */
            key: string;
            /**
             * @description Their values. None in a comparison of an earlier release.
             * @default []
             */
            values: components["schemas"]["ReplayColumnDifference"][];
        };
        /** @description The comparison of a table. */
        ReplayTableReport: {
            /**
             * Format: int64
             * @description Rows that only the replay has.
             */
            added: number;
            /**
             * Format: int64
             * @description Rows with the same key and other values.
             */
            changed: number;
            /** @description The live table. */
            live: components["schemas"]["TableChecksum"];
            /**
             * Format: int64
             * @description Rows that only the live table has.
             */
            missing: number;
            /** @description The table of the replay. */
            replay: components["schemas"]["TableChecksum"];
            /** @description The first differing rows, by key. */
            rows: components["schemas"]["ReplayRowDifference"][];
        };
        /** @description What an operator can do with a replay. */
        ReplayVerb: "start" | "pause" | "resume" | "cancel" | "verify" | "switch" | "roll_back" | "drop";
        /** @description What to do with a replay. */
        RequestReplay: {
            /** @description The projection. */
            projection: string;
            /** @description With `switch`: why differences from the live rows are accepted. */
            reason?: string | null;
            /**
             * Format: int32
             * @description With `start` and `resume`: the most events per second.
             */
            throttle?: number | null;
            /** @description What to do. */
            verb: components["schemas"]["ReplayVerb"];
            /**
             * Format: int32
             * @description With `start` and `resume`: how many replays are built at once at most while this one is.
             */
            workers?: number | null;
        };
        /** @description The rows to rebuild. */
        RequestReplayOfKey: {
            /** @description The order's id, or the SKU. */
            key: string;
            /** @description The projection. */
            projection: string;
        };
        /** @description The return to request. */
        RequestReturn: {
            lines: components["schemas"]["ReturnLine"][];
            order_id: components["schemas"]["OrderId"];
            /** @example Arrived broken */
            reason: string;
        };
        /** @description Why a dead letter is retried. */
        RetryDeadLetter: {
            /** @description For the history. */
            reason?: string | null;
        };
        /** @description Which keys to retry. */
        RetryDeadLetters: {
            /** @description Only those of this projection or policy. */
            consumer?: string | null;
            /** @description Count them, and change nothing. */
            dry_run: boolean;
            /** @description Only those whose error contains this text, in any case. */
            error?: string | null;
            /** @description Only events of this type. */
            event_type?: string | null;
            /** @description Only those of this key. */
            key?: string | null;
            /** @description Why, for the history. */
            reason?: string | null;
            /**
             * Format: date-time
             * @description Only those that became dead letters at this time or later.
             */
            since?: string | null;
        };
        /** @description A return. */
        Return: {
            /** @description As of when it is; absent from the present. */
            as_of?: components["schemas"]["AsOf"] | null;
            /** Format: uuid */
            id: string;
            lines: components["schemas"]["ReturnedLine"][];
            /** Format: uuid */
            order_id: string;
            order_number: string;
            /** Format: int64 */
            position: number;
            refund: components["schemas"]["Money"];
            status: components["schemas"]["ReturnStatus"];
            /** Format: int64 */
            version: number;
        };
        /**
         * Format: uuid
         * @description A return of some lines of an order.
         */
        ReturnId: string;
        ReturnLine: {
            /**
             * Format: uint16
             * @description The line's number in the order, from 1.
             */
            line_number: number;
            /** Format: int64 */
            quantity: number;
        };
        /**
         * @description The status of a return.
         * @enum {string}
         */
        ReturnStatus: "requested" | "approved" | "rejected" | "received" | "refunded" | "closed";
        /** @description Units of one line in a return. */
        ReturnedLine: {
            /** Format: uint16 */
            line_number: number;
            /** Format: int64 */
            quantity: number;
            sku: string;
            unit_price: components["schemas"]["Money"];
        };
        /** @description A role of an account. */
        Role: "customer" | "seller" | "courier" | "admin" | "analyst" | "superadmin";
        /** @description What was sold, and what of it was cancelled or refunded. All amounts are in one currency. */
        SalesAmounts: {
            /** @description The totals of the confirmed orders that were cancelled before their payment was captured. */
            cancelled: components["schemas"]["Money"];
            /** @description The totals of the orders that were confirmed. */
            gross: components["schemas"]["Money"];
            /** @description Gross − cancelled − refunded. */
            net: components["schemas"]["Money"];
            /** @description The refunds that the payment provider paid. */
            refunded: components["schemas"]["Money"];
        };
        /**
         * @description The moment of figures of the past: right after this event. Events that were recorded later are not counted, whatever
         *     time they are counted for.
         */
        SalesAsOf: {
            /**
             * Format: int64
             * @description The position of the event.
             */
            position: number;
            /**
             * Format: date-time
             * @description When it was recorded.
             */
            recorded_at: string;
        };
        /** @description The sales of an hour, a day, a week or a month. */
        SalesBucket: {
            amounts: components["schemas"]["SalesAmounts"];
            /**
             * Format: int64
             * @description Those that were cancelled before their payment was captured.
             */
            cancelled_orders: number;
            /** @description The payments that were captured. */
            captured: components["schemas"]["Money"];
            /**
             * Format: int64
             * @description The orders that were confirmed.
             */
            orders: number;
            /**
             * Format: date-time
             * @description The start of the hour, day, week or month, in UTC. The first one may start before the period; it has the sales
             *     of the period only.
             */
            start: string;
            /**
             * Format: int64
             * @description The units of the orders that were confirmed.
             */
            units: number;
        };
        /** @description The sales of a period in one currency, by a unit of time. Units without sales are omitted. */
        SalesBucketList: {
            /** @description The moment that was asked for; absent for now. */
            as_of?: components["schemas"]["SalesAsOf"] | null;
            granularity: components["schemas"]["Granularity"];
            items: components["schemas"]["SalesBucket"][];
        };
        /**
         * @description The sales channel of an order.
         * @enum {string}
         */
        SalesChannel: "web" | "import";
        /** @description A currency in which there were sales. */
        SalesCurrency: {
            currency: components["schemas"]["Currency"];
            /**
             * Format: date
             * @description The UTC day of the first sale.
             */
            first_day: string;
            /**
             * Format: date
             * @description The UTC day of the latest sale.
             */
            latest_day: string;
            /**
             * Format: int64
             * @description The orders that were confirmed.
             */
            orders: number;
        };
        /** @description The currencies in which there were sales, most orders first. */
        SalesCurrencyList: {
            /** @description The moment that was asked for; absent for now. */
            as_of?: components["schemas"]["SalesAsOf"] | null;
            items: components["schemas"]["SalesCurrency"][];
        };
        /** @description The sales of a period in one currency. */
        SalesSummary: {
            /** @description The part of customers with an account. */
            accounts: components["schemas"]["CustomerSales"];
            amounts: components["schemas"]["SalesAmounts"];
            /**
             * Format: int64
             * @description Those that were cancelled before their payment was captured.
             */
            cancelled_orders: number;
            /** @description The payments that were captured. */
            captured: components["schemas"]["Money"];
            currency: components["schemas"]["Currency"];
            /** @description The part of guests. Each order of a guest counts as a customer. */
            guests: components["schemas"]["CustomerSales"];
            /**
             * Format: int64
             * @description The orders that were confirmed.
             */
            orders: number;
            /**
             * Format: int64
             * @description The units of the orders that were confirmed.
             */
            units: number;
        };
        /**
         * @description The sales of a period in each currency, most orders first. Currencies without sales, cancellations, refunds and
         *     captures in the period are omitted.
         */
        SalesSummaryList: {
            /** @description The moment that was asked for; absent for now. */
            as_of?: components["schemas"]["SalesAsOf"] | null;
            items: components["schemas"]["SalesSummary"][];
        };
        /** @description The new status of a delivery. */
        SetDeliveryStatus: {
            /**
             * @description The status that you have seen. If the delivery has another one, nothing changes, and the problem names it in
             *     `delivery_status`.
             */
            from: components["schemas"]["TransitStatus"];
            /**
             * @description Required for `attempt_failed`, and for an admin who sets `delivered`.
             * @example Nobody at home
             */
            reason?: string | null;
            status: components["schemas"]["DeliveryStep"];
        };
        /** @description A shipping address. */
        ShippingAddress: {
            /** @example London */
            city: string;
            /** @example United Kingdom */
            country: string;
            /** @example 12 St James's Square */
            line1: string;
            line2?: string | null;
            /** @example Ada Lovelace */
            name: string;
            phone?: string | null;
            /** @example SW1Y 4JH */
            postal_code: string;
        };
        /** @description What is skipped, and why. */
        SkipDeadLetter: {
            /**
             * Format: int32
             * @description The failed attempts, as they were read.
             */
            attempts: number;
            /**
             * Format: uuid
             * @description The id of the event, as it was read.
             */
            event_id: string;
            /** @description Why. */
            reason: string;
        };
        /** @description Identifies a sellable product: 1 to 64 characters of `A-Z 0-9 . _ -` and space, upper case, trimmed. */
        Sku: string;
        /** @description The sockets of a process. Counts are since its start. */
        SocketStatus: {
            /**
             * Format: uint64
             * @description Waiting changes that a newer one replaced.
             */
            conflated: number;
            /**
             * Format: uint64
             * @description Changes delivered.
             */
            deliveries: number;
            /**
             * Format: uint64
             * @description Sockets closed because the client was too slow.
             */
            evicted: number;
            /** @description Whether clients are admitted. */
            is_serving: boolean;
            /**
             * Format: uint64
             * @description Times a channel of a socket fell behind.
             */
            lagged: number;
            /**
             * Format: uint64
             * @description Open sockets.
             */
            open: number;
            /**
             * Format: uint64
             * @description Sockets opened.
             */
            opened: number;
            /**
             * Format: int64
             * @description Position up to which changes have been received.
             */
            position: number;
        };
        /** @description The stock level of one SKU, in units. */
        Stock: {
            /** @description As of when it is; absent from the present. */
            as_of?: components["schemas"]["AsOf"] | null;
            /** Format: int64 */
            available: number;
            /** Format: int64 */
            committed: number;
            /** Format: int64 */
            on_hand: number;
            /** Format: int64 */
            position: number;
            /** Format: int64 */
            reserved: number;
            sku: string;
        };
        /** @description One page of a list. */
        StockList: {
            /** @description The items, at most the limit. */
            items: components["schemas"]["Stock"][];
            /** @description Where the next page begins; none on the last. */
            next_cursor: string | null;
        };
        /** @description What an action was done to. */
        Subject: "dead_letter" | "replay" | "consumer";
        /**
         * @description The health of the system, as one process sees it. Consumers, log and database are those of the whole system; sockets,
         *     pools and disk are those of the process that answers.
         */
        SystemStatus: {
            /** @description What needs attention, a sentence each; empty if all is well. */
            concerns: string[];
            /** @description The disk of the instance's folder; none if it can't be read. */
            disk: components["schemas"]["DiskStatus"] | null;
            /** @description The log of events, and what publishes it. */
            log: components["schemas"]["LogStatus"];
            /** @description The policies. Empty while the database does not answer. */
            policies: components["schemas"]["ConsumerHealth"][];
            /** @description The database. */
            postgres: components["schemas"]["PostgresStatus"];
            /** @description The projections, by name. Empty while the database does not answer. */
            projections: components["schemas"]["ConsumerHealth"][];
            /**
             * Format: date-time
             * @description When it was read.
             */
            read_at: string;
            /** @description The sockets of this process, if it serves them. */
            sockets: components["schemas"]["SocketStatus"] | null;
            /**
             * Format: date-time
             * @description When the process started.
             */
            started_at: string;
            /** @description The version of the release. */
            version: string;
        };
        /** @description The checksum of a table. */
        TableChecksum: {
            /**
             * Format: uint64
             * @description The number of rows.
             */
            row_count: number;
            /** @description SHA-256 of the rows as `COPY … TO STDOUT` writes them in the order of the primary key, in hexadecimal. */
            sha256: string;
            /** @description The table's name, without its schema. */
            table: string;
        };
        /** @description The sales of one product. */
        TopProduct: {
            amounts: components["schemas"]["SalesAmounts"];
            name: string;
            sku: string;
            /**
             * Format: int64
             * @description The units of the orders that were confirmed.
             */
            units: number;
        };
        /** @description The products with the highest net sales in a period. */
        TopProductList: {
            /** @description The moment that was asked for; absent for now. */
            as_of?: components["schemas"]["SalesAsOf"] | null;
            items: components["schemas"]["TopProduct"][];
            /** @description Everything else: the other products, shipping, tax and discounts. With it, the items add up to the summary. */
            rest: components["schemas"]["ProductSales"];
        };
        /** @description The totals of an order. */
        Totals: {
            discount: components["schemas"]["Money"];
            shipping: components["schemas"]["Money"];
            subtotal: components["schemas"]["Money"];
            tax: components["schemas"]["Money"];
            total: components["schemas"]["Money"];
        };
        /** @description The courier who takes a parcel that was picked up. */
        TransferDelivery: {
            courier_id: components["schemas"]["AccountId"];
            /** @description The courier who has it now. */
            from_courier_id: components["schemas"]["AccountId"];
            /** @example Courier is ill */
            reason: string;
        };
        /** @description The statuses in which a courier has to move a delivery. A step names the one that it starts from. */
        TransitStatus: "assigned" | "picked_up" | "on_the_way" | "attempt_failed" | "returning";
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getJwks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The public keys that access tokens are signed with (RFC 7517). */
            200: {
                headers: {
                    /** @description How long the answer may be kept. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JsonWebKeySet"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCouriers: {
        parameters: {
            query?: {
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All couriers. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CourierList"];
                };
            };
            /** @description A problem of type `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDashboard: {
        parameters: {
            query?: {
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The counts and projections on the live board. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Dashboard"];
                };
            };
            /** @description A problem of type `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeadLetters: {
        parameters: {
            query?: {
                /** @description Only those of this projection or policy. */
                consumer?: string;
                /** @description The `next_cursor` of the previous page. */
                cursor?: string;
                /** @description Only those whose error contains this text, in any case. */
                error?: string;
                /** @description Only events of this type. */
                event_type?: string;
                /** @description Only those of this key. */
                key?: string;
                /** @description The largest number of items. */
                limit?: number;
                /** @description Only those that became dead letters at this time or later. */
                since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Some of the dead letters that meet the conditions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterList"];
                };
            };
            /** @description A problem of type `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryDeadLetters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RetryDeadLetters"];
            };
        };
        responses: {
            /** @description The result of a retry of many keys, or what it would be done to. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkRetry"];
                };
            };
            /** @description A problem of type `duplicate-key` or `empty-body` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `dead-letter-refused`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A dead letter with everything that helps to decide about it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterDetail"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RetryDeadLetter"];
            };
        };
        responses: {
            /** @description The result of a retry or a skip. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterResult"];
                };
            };
            /** @description A problem of type `duplicate-key` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `dead-letter-refused`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    skipDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SkipDeadLetter"];
            };
        };
        responses: {
            /** @description The result of a retry or a skip. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterResult"];
                };
            };
            /** @description A problem of type `duplicate-key` or `empty-body` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `dead-letter-refused`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description Only events of commands by `account:ID`, `guest`, `policy`, `policy:NAME`, `tool` or `tool:NAME`. */
                actor?: string;
                /** @description Only events after this position. */
                after?: number;
                /** @description Only events with this correlation id, which all events of an order share. */
                correlation_id?: string;
                /** @description The `next_cursor` of the previous page. */
                cursor?: string;
                /** @description The largest number of items. */
                limit?: number;
                /** @description Only events recorded at this time or later. */
                since?: string;
                /** @description The sort order, by position. */
                sort?: components["schemas"]["EventSort"];
                /** @description Only events of this stream. */
                stream?: string;
                /** @description Only events of this type, or of these types, separated by commas. */
                type?: string;
                /** @description Only events recorded before this time. */
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Some of the events that meet the conditions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventList"];
                };
            };
            /** @description A problem of type `invalid-cursor` or `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEvent: {
        parameters: {
            query?: {
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
            };
            header?: never;
            path: {
                position: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An event with everything that is recorded of it, its cause and its effects. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventDetail"];
                };
            };
            /** @description A problem of type `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLogAnchors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Anchors of the log. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogAnchorList"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    anchorLog: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A signed statement of what the log was. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogAnchor"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `anchors-damaged` or `log-empty`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLogVerifications: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Verifications of the log. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogVerificationList"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyLog: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A verification of the log. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogVerification"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `verification-running`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOperatorActions: {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the previous page. */
                cursor?: string;
                /** @description The largest number of items. */
                limit?: number;
                /** @description Only actions on these. */
                subject?: components["schemas"]["Subject"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of a list. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorActionList"];
                };
            };
            /** @description A problem of type `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listErasures: {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the previous page. */
                cursor?: string;
                /** @description The largest number of items. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of a list. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasureList"];
                };
            };
            /** @description A problem of type `invalid-cursor` or `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    erasePerson: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ErasePerson"];
            };
        };
        responses: {
            /** @description The erasure was requested. It is carried out within seconds. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasureRequested"];
                };
            };
            /** @description A problem of type `duplicate-key` or `empty-body` or `invalid-header` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `conflict` or `orders-open`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `key-reused` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `overloaded` or `storage-full` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportPerson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FindPerson"];
            };
        };
        responses: {
            /** @description Everything that is stored about a person, in the clear. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonExport"];
                };
            };
            /** @description A problem of type `duplicate-key` or `empty-body` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    findPerson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FindPerson"];
            };
        };
        responses: {
            /** @description A person, and what an erasure would delete and keep. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonOverview"];
                };
            };
            /** @description A problem of type `duplicate-key` or `empty-body` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReplays: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The replays. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayList"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestReplay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestReplay"];
            };
        };
        responses: {
            /** @description The last replay of a projection. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replay"];
                };
            };
            /** @description A problem of type `duplicate-key` or `empty-body` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `replay-refused`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    dryRunReplay: {
        parameters: {
            query?: {
                /** @description The projection; each, if none is given. */
                projection?: string;
                /** @description The most events per second. */
                throttle?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What starts would do. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DryRunList"];
                };
            };
            /** @description A problem of type `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestReplayOfKey"];
            };
        };
        responses: {
            /** @description The rebuild of one key's rows. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayOfKey"];
                };
            };
            /** @description A problem of type `duplicate-key` or `empty-body` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `replay-refused`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSystem: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * @description The health of the system, as one process sees it. Consumers, log and database are those of the whole system; sockets,
             *     pools and disk are those of the process that answers.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SystemStatus"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSalesCurrencies: {
        parameters: {
            query?: {
                /**
                 * @description The figures as they were known at this time: of the events that were recorded then. At most one of `at` and
                 *     `position`.
                 */
                at?: string;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
                /** @description The figures as they were at this position of the log. */
                position?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The currencies in which there were sales, most orders first. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SalesCurrencyList"];
                };
            };
            /** @description A problem of type `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `before-first-event`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-unreadable`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSales: {
        parameters: {
            query: {
                /**
                 * @description The figures as they were known at this time: of the events that were recorded then. At most one of `at` and
                 *     `position`.
                 */
                at?: string;
                /** @description The currency of the sales. */
                currency: components["schemas"]["Currency"];
                /** @description The first day, in UTC. */
                from: string;
                /** @description The unit of time. */
                granularity: components["schemas"]["Granularity"];
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
                /** @description The figures as they were at this position of the log. */
                position?: number;
                /** @description The day after the last day, in UTC. */
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sales of a period in one currency, by a unit of time. Units without sales are omitted. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SalesBucketList"];
                };
            };
            /** @description A problem of type `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `before-first-event`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-unreadable`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSalesSummary: {
        parameters: {
            query: {
                /**
                 * @description The figures as they were known at this time: of the events that were recorded then. At most one of `at` and
                 *     `position`.
                 */
                at?: string;
                /** @description The first day, in UTC. */
                from: string;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
                /** @description The figures as they were at this position of the log. */
                position?: number;
                /** @description The day after the last day, in UTC. */
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * @description The sales of a period in each currency, most orders first. Currencies without sales, cancellations, refunds and
             *     captures in the period are omitted.
             */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SalesSummaryList"];
                };
            };
            /** @description A problem of type `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `before-first-event`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-unreadable`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTopProducts: {
        parameters: {
            query: {
                /**
                 * @description The figures as they were known at this time: of the events that were recorded then. At most one of `at` and
                 *     `position`.
                 */
                at?: string;
                /** @description The currency of the sales. */
                currency: components["schemas"]["Currency"];
                /** @description The first day, in UTC. */
                from: string;
                /** @description The largest number of items. */
                limit?: number;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
                /** @description The figures as they were at this position of the log. */
                position?: number;
                /** @description The day after the last day, in UTC. */
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The products with the highest net sales in a period. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopProductList"];
                };
            };
            /** @description A problem of type `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `before-first-event`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-unreadable`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
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
                "application/json": components["schemas"]["Login"];
            };
        };
        responses: {
            /** @description An access token that is valid for `expires_in` seconds. The cookie holds the refresh token. */
            200: {
                headers: {
                    /** @description The refresh token, `HttpOnly` and `SameSite=Strict`. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoggedIn"];
                };
            };
            /** @description A problem of type `duplicate-key` or `empty-body` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `overloaded` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
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
            /** @description It was carried out; there is nothing to say about it. */
            204: {
                headers: {
                    /** @description The refresh token, `HttpOnly` and `SameSite=Strict`. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
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
            /** @description An account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    eraseOwnData: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EraseOwnData"];
            };
        };
        responses: {
            /** @description The erasure was requested. It is carried out within seconds. */
            202: {
                headers: {
                    /** @description The refresh token, `HttpOnly` and `SameSite=Strict`. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasureRequested"];
                };
            };
            /** @description A problem of type `duplicate-key` or `empty-body` or `invalid-header` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `conflict` or `invalid-state` or `orders-open`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `key-reused` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `overloaded` or `storage-full` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportOwnData: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everything that is stored about a person, in the clear. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonExport"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
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
            /** @description An access token that is valid for `expires_in` seconds. The cookie holds the refresh token. */
            200: {
                headers: {
                    /** @description The refresh token, `HttpOnly` and `SameSite=Strict`. */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoggedIn"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    registerAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterAccount"];
            };
        };
        responses: {
            /** @description The address has an account now. Whether it had one before is not told. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountRegistered"];
                };
            };
            /** @description A problem of type `duplicate-key` or `empty-body` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `overloaded` or `storage-full` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the previous page. */
                cursor?: string;
                /** @description The largest number of items. */
                limit?: number;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
                /** @description Only items with this status. */
                status?: components["schemas"]["DeliveryStatus"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of a list. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryList"];
                };
            };
            /** @description A problem of type `invalid-cursor` or `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMyQueue: {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the previous page. */
                cursor?: string;
                /** @description The largest number of items. */
                limit?: number;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of a list. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryList"];
                };
            };
            /** @description A problem of type `invalid-cursor` or `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDelivery: {
        parameters: {
            query?: {
                /**
                 * @description As it was at this time, by the times at which its events were recorded. At most one of `at`, `version` and
                 *     `position`.
                 */
                at?: string;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
                /** @description As it was at this position of the log. */
                position?: number;
                /** @description As it was right after the event with this version of its stream. */
                version?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A delivery. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description A problem of type `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `before-first-event` or `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-unreadable`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-too-long` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assignDelivery: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": string;
            };
            path: {
                id: components["schemas"]["DeliveryId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssignDelivery"];
            };
        };
        responses: {
            /** @description The answer to a command that was accepted. */
            200: {
                headers: {
                    /** @description The version of the stream, quoted; for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAnswer"];
                };
            };
            /** @description A problem of type `duplicate-key` or `empty-body` or `invalid-header` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `conflict` or `invalid-state`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `key-reused` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `overloaded` or `storage-full` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    diffDelivery: {
        parameters: {
            query: {
                /** @description The earlier moment: a version, a time, or `position:` and a position of the log. */
                from: string;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
                /** @description The later moment; the present if it is not given. */
                to?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The differences between two moments, by field. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Differences"];
                };
            };
            /** @description A problem of type `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `before-first-event` or `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-unreadable`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-too-long` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDeliveryHistory: {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the previous page. */
                cursor?: string;
                /** @description The largest number of items. */
                limit?: number;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of a list. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryEventList"];
                };
            };
            /** @description A problem of type `invalid-cursor` or `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-unreadable`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-too-long` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reopenDelivery: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": string;
            };
            path: {
                id: components["schemas"]["DeliveryId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description The answer to a command that was accepted. */
            200: {
                headers: {
                    /** @description The version of the stream, quoted; for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAnswer"];
                };
            };
            /** @description A problem of type `duplicate-key` or `empty-body` or `invalid-header` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `conflict` or `invalid-state`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `key-reused` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `overloaded` or `storage-full` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setDeliveryStatus: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": string;
            };
            path: {
                id: components["schemas"]["DeliveryId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetDeliveryStatus"];
            };
        };
        responses: {
            /** @description The answer to a command that was accepted. */
            200: {
                headers: {
                    /** @description The version of the stream, quoted; for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAnswer"];
                };
            };
            /** @description A problem of type `duplicate-key` or `empty-body` or `invalid-header` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `conflict` or `invalid-state`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `key-reused` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `overloaded` or `storage-full` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    transferDelivery: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": string;
            };
            path: {
                id: components["schemas"]["DeliveryId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TransferDelivery"];
            };
        };
        responses: {
            /** @description The answer to a command that was accepted. */
            200: {
                headers: {
                    /** @description The version of the stream, quoted; for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAnswer"];
                };
            };
            /** @description A problem of type `duplicate-key` or `empty-body` or `invalid-header` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `conflict` or `invalid-state`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `key-reused` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `overloaded` or `storage-full` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
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
                    "application/json": components["schemas"]["DemoAccountList"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    findGuestOrder: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FindGuestOrder"];
            };
        };
        responses: {
            /** @description The order, and a token that gives its guest access to it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuestOrderFound"];
                };
            };
            /** @description A problem of type `duplicate-key` or `empty-body` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOrders: {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the previous page. */
                cursor?: string;
                /** @description The largest number of items. */
                limit?: number;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
                /** @description Only items with this status. */
                status?: components["schemas"]["OrderStatus"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of a list. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderRowList"];
                };
            };
            /** @description A problem of type `invalid-cursor` or `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    placeOrder: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlaceOrder"];
            };
        };
        responses: {
            /** @description The answer to a command that was accepted. */
            201: {
                headers: {
                    /** @description The version of the stream, quoted; for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderPlaced"];
                };
            };
            /** @description A problem of type `duplicate-key` or `empty-body` or `invalid-header` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `conflict` or `insufficient-stock` or `price-changed`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `amount-overflow` or `currency-mismatch` or `key-reused` or `product-withdrawn` or `unknown-product` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited` or `too-many-unpaid-orders`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `overloaded` or `storage-full` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMyOrders: {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the previous page. */
                cursor?: string;
                /** @description The largest number of items. */
                limit?: number;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of a list. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderRowList"];
                };
            };
            /** @description A problem of type `invalid-cursor` or `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSellerOrders: {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the previous page. */
                cursor?: string;
                /** @description The largest number of items. */
                limit?: number;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of a list. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderRowList"];
                };
            };
            /** @description A problem of type `invalid-cursor` or `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrder: {
        parameters: {
            query?: {
                /**
                 * @description As it was at this time, by the times at which its events were recorded. At most one of `at`, `version` and
                 *     `position`.
                 */
                at?: string;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
                /** @description As it was at this position of the log. */
                position?: number;
                /** @description As it was right after the event with this version of its stream. */
                version?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An order. */
            200: {
                headers: {
                    /** @description The version of the stream, quoted; for If-Match. */
                    ETag?: string;
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description A problem of type `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `before-first-event` or `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-unreadable`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-too-long` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelOrder: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": string;
            };
            path: {
                id: components["schemas"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CancelOrder"];
            };
        };
        responses: {
            /** @description The answer to a command that was accepted. */
            200: {
                headers: {
                    /** @description The version of the stream, quoted; for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAnswer"];
                };
            };
            /** @description A problem of type `duplicate-key` or `invalid-header` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `conflict` or `invalid-state`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `key-reused` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `overloaded` or `storage-full` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrderCausation: {
        parameters: {
            query?: {
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
            };
            header?: never;
            path: {
                id: components["schemas"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The commands about an order and their events, as a tree. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Causation"];
                };
            };
            /** @description A problem of type `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    diffOrder: {
        parameters: {
            query: {
                /** @description The earlier moment: a version, a time, or `position:` and a position of the log. */
                from: string;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
                /** @description The later moment; the present if it is not given. */
                to?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The differences between two moments, by field. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Differences"];
                };
            };
            /** @description A problem of type `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `before-first-event` or `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-unreadable`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-too-long` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrderHistory: {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the previous page. */
                cursor?: string;
                /** @description The largest number of items. */
                limit?: number;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of a list. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryEventList"];
                };
            };
            /** @description A problem of type `invalid-cursor` or `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-unreadable`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-too-long` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOrderNotes: {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the previous page. */
                cursor?: string;
                /** @description The largest number of items. */
                limit?: number;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of a list. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrderNoteList"];
                };
            };
            /** @description A problem of type `invalid-cursor` or `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addOrderNote: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": string;
            };
            path: {
                id: components["schemas"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddOrderNote"];
            };
        };
        responses: {
            /** @description The answer to a command that was accepted. */
            201: {
                headers: {
                    /** @description The version of the stream, quoted; for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAnswer"];
                };
            };
            /** @description A problem of type `duplicate-key` or `empty-body` or `invalid-header` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `conflict`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `key-reused` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `overloaded` or `storage-full` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refundOrder: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": string;
            };
            path: {
                id: components["schemas"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description The answer to a command that was accepted. */
            200: {
                headers: {
                    /** @description The version of the stream, quoted; for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAnswer"];
                };
            };
            /** @description A problem of type `duplicate-key` or `invalid-header` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `conflict` or `invalid-state`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `key-reused` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `overloaded` or `storage-full` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    confirmPayment: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmPayment"];
            };
        };
        responses: {
            /** @description The answer to a command that was accepted. */
            200: {
                headers: {
                    /** @description The version of the stream, quoted; for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentAnswer"];
                };
            };
            /** @description A problem of type `duplicate-key` or `empty-body` or `invalid-header` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `conflict` or `invalid-state`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `key-reused` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `overloaded` or `storage-full` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMyPayments: {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the previous page. */
                cursor?: string;
                /** @description The largest number of items. */
                limit?: number;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of a list. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentList"];
                };
            };
            /** @description A problem of type `invalid-cursor` or `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createPayment: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePayment"];
            };
        };
        responses: {
            /** @description The answer to a command that was accepted. */
            201: {
                headers: {
                    /** @description The version of the stream, quoted; for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAnswer"];
                };
            };
            /** @description A problem of type `duplicate-key` or `empty-body` or `invalid-header` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `conflict` or `invalid-state` or `wrong-payment`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `key-reused` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `overloaded` or `storage-full` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPayment: {
        parameters: {
            query?: {
                /**
                 * @description As it was at this time, by the times at which its events were recorded. At most one of `at`, `version` and
                 *     `position`.
                 */
                at?: string;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
                /** @description As it was at this position of the log. */
                position?: number;
                /** @description As it was right after the event with this version of its stream. */
                version?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A payment. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
                };
            };
            /** @description A problem of type `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `before-first-event` or `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-unreadable`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-too-long` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    completePaymentAction: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": string;
            };
            path: {
                id: components["schemas"]["PaymentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompletePaymentAction"];
            };
        };
        responses: {
            /** @description The answer to a command that was accepted. */
            200: {
                headers: {
                    /** @description The version of the stream, quoted; for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentAnswer"];
                };
            };
            /** @description A problem of type `duplicate-key` or `empty-body` or `invalid-header` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `conflict` or `invalid-state`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `key-reused` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `overloaded` or `storage-full` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    diffPayment: {
        parameters: {
            query: {
                /** @description The earlier moment: a version, a time, or `position:` and a position of the log. */
                from: string;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
                /** @description The later moment; the present if it is not given. */
                to?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The differences between two moments, by field. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Differences"];
                };
            };
            /** @description A problem of type `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `before-first-event` or `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-unreadable`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-too-long` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPaymentHistory: {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the previous page. */
                cursor?: string;
                /** @description The largest number of items. */
                limit?: number;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of a list. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryEventList"];
                };
            };
            /** @description A problem of type `invalid-cursor` or `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-unreadable`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-too-long` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchProducts: {
        parameters: {
            query?: {
                /** @description Only products of this category. */
                category?: string;
                /** @description The `next_cursor` of the previous page. */
                cursor?: string;
                /** @description Only products that are in stock, or only products that are not. */
                in_stock?: boolean;
                /** @description The largest number of items. */
                limit?: number;
                /** @description The highest price, in minor units. */
                max_price?: number;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
                /** @description The lowest price, in minor units. */
                min_price?: number;
                /** @description Words, or beginnings of words, in the name, description or category. */
                q?: string;
                /** @description The sort order. */
                sort?: components["schemas"]["ProductSort"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of a list. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductList"];
                };
            };
            /** @description A problem of type `invalid-cursor` or `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProduct: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ListProduct"];
            };
        };
        responses: {
            /** @description The answer to a command that was accepted. */
            201: {
                headers: {
                    /** @description The version of the stream, quoted; for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAnswer"];
                };
            };
            /** @description A problem of type `duplicate-key` or `empty-body` or `invalid-header` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `already-listed` or `conflict` or `invalid-state`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `amount-overflow` or `key-reused` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `overloaded` or `storage-full` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCategories: {
        parameters: {
            query?: {
                /** @description Only products that are in stock, or only products that are not. */
                in_stock?: boolean;
                /** @description The highest price, in minor units. */
                max_price?: number;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
                /** @description The lowest price, in minor units. */
                min_price?: number;
                /** @description Words, or beginnings of words, in the name, description or category. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All categories. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategoryList"];
                };
            };
            /** @description A problem of type `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMyProducts: {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the previous page. */
                cursor?: string;
                /** @description The largest number of items. */
                limit?: number;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of a list. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductList"];
                };
            };
            /** @description A problem of type `invalid-cursor` or `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProduct: {
        parameters: {
            query?: {
                /**
                 * @description As it was at this time, by the times at which its events were recorded. At most one of `at`, `version` and
                 *     `position`.
                 */
                at?: string;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
                /** @description As it was at this position of the log. */
                position?: number;
                /** @description As it was right after the event with this version of its stream. */
                version?: number;
            };
            header?: never;
            path: {
                sku: components["schemas"]["Sku"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A product. */
            200: {
                headers: {
                    /** @description The version of the stream, quoted; for If-Match. */
                    ETag?: string;
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
            /** @description A problem of type `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `before-first-event` or `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-unreadable`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-too-long` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawProduct: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": string;
            };
            path: {
                sku: components["schemas"]["Sku"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OptionalReason"];
            };
        };
        responses: {
            /** @description The answer to a command that was accepted. */
            200: {
                headers: {
                    /** @description The version of the stream, quoted; for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAnswer"];
                };
            };
            /** @description A problem of type `duplicate-key` or `invalid-header` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `conflict` or `invalid-state`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `key-reused` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `overloaded` or `storage-full` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeProduct: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": string;
                /** @description The version that was seen, quoted, as the ETag gave it; or `*` for any. */
                "If-Match": string;
            };
            path: {
                sku: components["schemas"]["Sku"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeProduct"];
            };
        };
        responses: {
            /** @description The answer to a command that was accepted. */
            200: {
                headers: {
                    /** @description The version of the stream, quoted; for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAnswer"];
                };
            };
            /** @description A problem of type `duplicate-key` or `empty-body` or `invalid-header` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `conflict` or `invalid-state`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `precondition-failed`. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `amount-overflow` or `currency-mismatch` or `key-reused` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `precondition-required`. */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `overloaded` or `storage-full` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    diffProduct: {
        parameters: {
            query: {
                /** @description The earlier moment: a version, a time, or `position:` and a position of the log. */
                from: string;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
                /** @description The later moment; the present if it is not given. */
                to?: string;
            };
            header?: never;
            path: {
                sku: components["schemas"]["Sku"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The differences between two moments, by field. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Differences"];
                };
            };
            /** @description A problem of type `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `before-first-event` or `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-unreadable`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-too-long` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProductHistory: {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the previous page. */
                cursor?: string;
                /** @description The largest number of items. */
                limit?: number;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
            };
            header?: never;
            path: {
                sku: components["schemas"]["Sku"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of a list. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryEventList"];
                };
            };
            /** @description A problem of type `invalid-cursor` or `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-unreadable`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-too-long` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    relistProduct: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": string;
            };
            path: {
                sku: components["schemas"]["Sku"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description The answer to a command that was accepted. */
            200: {
                headers: {
                    /** @description The version of the stream, quoted; for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAnswer"];
                };
            };
            /** @description A problem of type `duplicate-key` or `invalid-header` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `conflict` or `invalid-state`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `key-reused` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `overloaded` or `storage-full` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestReturn: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestReturn"];
            };
        };
        responses: {
            /** @description The answer to a command that was accepted. */
            201: {
                headers: {
                    /** @description The version of the stream, quoted; for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAnswer"];
                };
            };
            /** @description A problem of type `duplicate-key` or `empty-body` or `invalid-header` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `conflict` or `invalid-state` or `nothing-to-return`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `key-reused` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `overloaded` or `storage-full` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReturn: {
        parameters: {
            query?: {
                /**
                 * @description As it was at this time, by the times at which its events were recorded. At most one of `at`, `version` and
                 *     `position`.
                 */
                at?: string;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
                /** @description As it was at this position of the log. */
                position?: number;
                /** @description As it was right after the event with this version of its stream. */
                version?: number;
            };
            header?: never;
            path: {
                id: components["schemas"]["ReturnId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A return. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Return"];
                };
            };
            /** @description A problem of type `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `before-first-event` or `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-unreadable`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-too-long` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    approveReturn: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": string;
            };
            path: {
                id: components["schemas"]["ReturnId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description The answer to a command that was accepted. */
            200: {
                headers: {
                    /** @description The version of the stream, quoted; for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAnswer"];
                };
            };
            /** @description A problem of type `duplicate-key` or `invalid-header` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `conflict` or `invalid-state`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `key-reused` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `overloaded` or `storage-full` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    diffReturn: {
        parameters: {
            query: {
                /** @description The earlier moment: a version, a time, or `position:` and a position of the log. */
                from: string;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
                /** @description The later moment; the present if it is not given. */
                to?: string;
            };
            header?: never;
            path: {
                id: components["schemas"]["ReturnId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The differences between two moments, by field. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Differences"];
                };
            };
            /** @description A problem of type `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `before-first-event` or `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-unreadable`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-too-long` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReturnHistory: {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the previous page. */
                cursor?: string;
                /** @description The largest number of items. */
                limit?: number;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
            };
            header?: never;
            path: {
                id: components["schemas"]["ReturnId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of a list. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryEventList"];
                };
            };
            /** @description A problem of type `invalid-cursor` or `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-unreadable`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-too-long` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    receiveReturn: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": string;
            };
            path: {
                id: components["schemas"]["ReturnId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description The answer to a command that was accepted. */
            200: {
                headers: {
                    /** @description The version of the stream, quoted; for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAnswer"];
                };
            };
            /** @description A problem of type `duplicate-key` or `invalid-header` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `conflict` or `invalid-state` or `refund-exceeds-capture`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `key-reused` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `overloaded` or `storage-full` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rejectReturn: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": string;
            };
            path: {
                id: components["schemas"]["ReturnId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description The answer to a command that was accepted. */
            200: {
                headers: {
                    /** @description The version of the stream, quoted; for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAnswer"];
                };
            };
            /** @description A problem of type `duplicate-key` or `empty-body` or `invalid-header` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `conflict` or `invalid-state`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `key-reused` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `overloaded` or `storage-full` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listStock: {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the previous page. */
                cursor?: string;
                /** @description The largest number of items. */
                limit?: number;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of a list. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StockList"];
                };
            };
            /** @description A problem of type `invalid-cursor` or `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStock: {
        parameters: {
            query?: {
                /**
                 * @description As it was at this time, by the times at which its events were recorded. At most one of `at`, `version` and
                 *     `position`.
                 */
                at?: string;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
                /** @description As it was at this position of the log. */
                position?: number;
                /** @description As it was right after the event with this version of its stream. */
                version?: number;
            };
            header?: never;
            path: {
                sku: components["schemas"]["Sku"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stock level of one SKU, in units. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Stock"];
                };
            };
            /** @description A problem of type `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `before-first-event` or `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-unreadable`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-too-long` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    adjustStock: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": string;
            };
            path: {
                sku: components["schemas"]["Sku"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdjustStock"];
            };
        };
        responses: {
            /** @description The answer to a command that was accepted. */
            201: {
                headers: {
                    /** @description The version of the stream, quoted; for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAnswer"];
                };
            };
            /** @description A problem of type `duplicate-key` or `empty-body` or `invalid-header` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `conflict` or `insufficient-stock` or `invalid-state`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `amount-overflow` or `key-reused` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `overloaded` or `storage-full` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    diffStock: {
        parameters: {
            query: {
                /** @description The earlier moment: a version, a time, or `position:` and a position of the log. */
                from: string;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
                /** @description The later moment; the present if it is not given. */
                to?: string;
            };
            header?: never;
            path: {
                sku: components["schemas"]["Sku"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The differences between two moments, by field. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Differences"];
                };
            };
            /** @description A problem of type `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `before-first-event` or `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-unreadable`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-too-long` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockHistory: {
        parameters: {
            query?: {
                /** @description The `next_cursor` of the previous page. */
                cursor?: string;
                /** @description The largest number of items. */
                limit?: number;
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
            };
            header?: never;
            path: {
                sku: components["schemas"]["Sku"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of a list. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryEventList"];
                };
            };
            /** @description A problem of type `invalid-cursor` or `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-unreadable`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-too-long` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStockLevels: {
        parameters: {
            query?: {
                /** @description The unit of time between two points. Without it, the finest with which there are at most 500 points. */
                granularity?: components["schemas"]["LevelGranularity"];
                /** @description Wait until the read models have reached this position, for at most 5 seconds. */
                min_position?: number;
            };
            header?: never;
            path: {
                sku: components["schemas"]["Sku"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A stock level over time. */
            200: {
                headers: {
                    /** @description The position up to which every event is in the answer; later ones may be in it too. */
                    "Waybill-Position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Levels"];
                };
            };
            /** @description A problem of type `malformed-query`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-unreadable`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `history-too-long` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-caught-up` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    receiveStock: {
        parameters: {
            query?: never;
            header: {
                /** @description Names this command, so that sending it again changes nothing. */
                "Idempotency-Key": string;
            };
            path: {
                sku: components["schemas"]["Sku"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReceiveStock"];
            };
        };
        responses: {
            /** @description The answer to a command that was accepted. */
            201: {
                headers: {
                    /** @description The version of the stream, quoted; for If-Match. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAnswer"];
                };
            };
            /** @description A problem of type `duplicate-key` or `empty-body` or `invalid-header` or `malformed-json` or `too-deep`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unauthorized`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `forbidden`. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-found`. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `not-acceptable`. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `request-timeout`. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `conflict` or `invalid-state`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `payload-too-large`. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `unsupported-media-type`. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `amount-overflow` or `key-reused` or `validation`. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `rate-limited`. */
            429: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `overloaded` or `storage-full` or `unavailable`. */
            503: {
                headers: {
                    /** @description Seconds after which it is worth another try. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
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
            /** @description The process runs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Liveness"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
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
            /** @description Whether the process can take requests, and what keeps it from that. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description A problem of type `method-not-allowed`. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `uri-too-long`. */
            414: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `headers-too-large`. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem of type `internal`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Whether the process can take requests, and what keeps it from that. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
        };
    };
}
