/** Types of the API, made from the contract by `npm run client:generate`. */
export interface paths {
    "/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open a session
         * @description Repeated failures are slowed by 429 with Retry-After, for a name and for a source address. A repeat with the same Idempotency-Key gets the same session, for a day, even if it has ended by then.
         */
        post: operations["logIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the session of this request, at once and everywhere
         * @description A repeat with the same Idempotency-Key is answered as the first was, although its session is over.
         */
        post: operations["logOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register a user
         * @description An Idempotency-Key stands for one user name: with another name it is another key.
         */
        post: operations["register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the caller's sessions, newest first, with how each ended */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of the caller's sessions
         * @description A session that is over already stays as it ended.
         */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find a user by name */
        get: operations["findUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the caller's chats, latest first, with unread counts
         * @description A page ends early where it would grow beyond what an answer holds.
         */
        get: operations["listChats"];
        put?: never;
        /** Create a group chat, which the caller owns */
        post: operations["createChat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{chat_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a chat with its members, their roles and read marks */
        get: operations["showChat"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{chat_id}/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a user to a group chat of at most 256 members */
        post: operations["addMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{chat_id}/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Leave a group chat, or as its owner remove somebody from it
         * @description An owner who leaves is followed by whoever has been a member longest.
         */
        delete: operations["removeMember"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{chat_id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List messages, oldest first
         * @description From the oldest on, or from the iterator of an earlier page. Or, by sequence number, those before, after or around a message; only one of from, before, after and around may be given. A page ends early where it would grow beyond what an answer holds.
         */
        get: operations["listMessages"];
        put?: never;
        /** Send a message */
        post: operations["sendMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chats/{chat_id}/messages/{seq}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete one of the caller's own messages, or as the owner any; its place stays */
        delete: operations["deleteMessage"];
        options?: never;
        head?: never;
        /** Change the text of one of the caller's own messages */
        patch: operations["editMessage"];
        trace?: never;
    };
    "/v1/chats/{chat_id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move the caller's read mark forward; it never moves back */
        post: operations["markRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get everything that has changed in all chats since a cursor
         * @description Without a cursor it answers one that stands for now, and no changes. Where `more` is true there is more to be had with the cursor answered. Nothing is left out, and a change may come twice. The same cursor may be used again for 30 days, or for a day once a later one was used; one that is older, or not the caller’s, is a 404: begin anew without one. With members’ marks it tells of chats that have changed otherwise, and of direct chats always.
         */
        get: operations["syncChats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open a session; its access token authorises, its refresh token gets the next pair */
        post: operations["signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sign-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Register a user with a profile */
        post: operations["signUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Exchange a refresh token for a new pair
         * @description The old refresh token is spent. Whoever uses a spent one ends the session with all its tokens.
         */
        put: operations["refreshToken"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/user/get-by-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find a user by email */
        get: operations["getByEmail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messenger/chats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the caller's chats, latest first, with unread counts
         * @description A page ends early where it would grow beyond what an answer holds.
         */
        get: operations["listDirectChats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messenger/create-chat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open the chat with somebody; the same two users always get the same one */
        post: operations["openDirectChat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messenger/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the messages of a chat, oldest first; what is listed counts as read
         * @description A page ends early where it would grow beyond what an answer holds.
         */
        get: operations["listDirectMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say that the service is there */
        get: operations["ping"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ping_db": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Say that every store answers
         * @description It is 503 when one does not answer within a second.
         */
        get: operations["pingDb"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This description, as a page to read and to try calls from */
        get: operations["showDescription"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/viewer.js": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The script of that page */
        get: operations["getViewer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This description, as an OpenAPI document */
        get: operations["getDescription"];
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
        Credentials: {
            /**
             * @description Unique, whatever its case; no spaces at its ends, no control or invisible characters
             * @example ann
             */
            user_name: string;
            /** Format: password */
            password: string;
        };
        /** @description Where something is wrong, and what */
        Problem: {
            loc: string[];
            msg: string;
            type: string;
        };
        Session: {
            /**
             * Format: uuid
             * @description Names the session; it does not open it
             */
            id: string;
            /** Format: date-time */
            started_at: string;
            /** Format: date-time */
            expires_at: string;
            /** Format: date-time */
            ended_at?: string;
            /** @enum {string} */
            end?: "logout" | "ended" | "expired" | "token-reused";
            /** @description Whether it is the session of this request */
            current: boolean;
        };
        Next: {
            iterator: string;
        };
        Chat: {
            /** Format: uuid */
            chat_id: string;
            chat_name: string;
            /** @enum {string} */
            kind: "direct" | "group";
            unread_count: number;
            last_message?: components["schemas"]["Message"];
            read_seq: number;
        };
        Message: {
            /** @description The sequence number as a string */
            message_id: string;
            seq: number;
            /** Format: uuid */
            user_id: string;
            /** @description Empty once the message is deleted */
            text: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            edited_at?: string;
            /** Format: date-time */
            deleted_at?: string;
        };
        ChatDetails: {
            /** Format: uuid */
            chat_id: string;
            chat_name: string;
            /** @enum {string} */
            kind: "direct" | "group";
            /** Format: date-time */
            created_at: string;
            /** @description Sequence number of the newest message */
            seq: number;
            members: components["schemas"]["Member"][];
        };
        Member: {
            /** Format: uuid */
            user_id: string;
            user_name: string;
            /** @enum {string} */
            role: "owner" | "member";
            read_seq: number;
        };
        ChangedChat: {
            /** Format: uuid */
            chat_id: string;
            chat_name: string;
            /** @enum {string} */
            kind: "direct" | "group";
            unread_count: number;
            read_seq: number;
            /** @description Sequence number of the newest message */
            seq: number;
            /** @description Messages that are new, oldest first */
            messages: components["schemas"]["Message"][];
            /** @description Older messages that were edited or deleted */
            edits: components["schemas"]["Message"][];
            /** @description How far each member has read */
            marks: {
                /** Format: uuid */
                user_id: string;
                read_seq: number;
            }[];
        };
        TokenPair: {
            access_token: string;
            refresh_token: string;
        };
        DirectChat: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            create_time: string;
            participants: components["schemas"]["Participant"][];
            unread_count: number;
        };
        Participant: {
            /** Format: uuid */
            id: string;
            name: string;
            surname: string;
        };
        DirectMessage: {
            id: string;
            text: string;
            /** @enum {string} */
            status: "created" | "received" | "read" | "deleted";
            /** Format: date-time */
            create_time: string;
            /** Format: uuid */
            user_id: string;
            /** Format: uuid */
            chat_id: string;
        };
    };
    responses: {
        /** @description Bad input, with everything that is wrong */
        BadParameters: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @enum {string} */
                    message: "bad-parameters";
                    detail: string;
                    problems: components["schemas"]["Problem"][];
                };
            };
        };
        /** @description Not signed in, or not any more */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @enum {string} */
                    message: "unauthorized";
                    detail: string;
                };
            };
        };
        /** @description What is there does not allow it, or the Idempotency-Key stands for another request */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @enum {string} */
                    message: "conflict";
                    detail: string;
                };
            };
        };
        /** @description More than 10 MB, or about 4.5 MB of JSON */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    message: string;
                };
            };
        };
        /** @description Too much at once; try again later */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @enum {string} */
                    message: "too-many-requests";
                    detail?: string;
                    /** @constant */
                    code?: 429;
                };
            };
        };
        /** @description A store did not answer in time: repeat the request with the same Idempotency-Key */
        ServiceUnavailable: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @enum {string} */
                    message: "service-unavailable";
                    detail: string;
                };
            };
        };
        /** @description There is no such thing, or none that the caller may know of */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @enum {string} */
                    message: "chat-not-found" | "message-not-found" | "user-not-found" | "session-not-found" | "cursor-not-found";
                    detail: string;
                };
            };
        };
        /** @description Not for this member of the chat */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @enum {string} */
                    message: "forbidden";
                    detail: string;
                };
            };
        };
        /** @description Bad input, with everything that is wrong */
        CountersBadParameters: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @constant */
                    code: 400;
                    message: string;
                };
            };
        };
        /** @description Not signed in, or not any more */
        CountersUnauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @constant */
                    code: 401;
                    message: string;
                };
            };
        };
        /** @description What is there does not allow it, or the Idempotency-Key stands for another request */
        CountersConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @constant */
                    code: 409;
                    message: string;
                };
            };
        };
        /** @description More than 10 MB, or about 4.5 MB of JSON */
        CountersTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    message: string;
                };
            };
        };
        /** @description Too much at once; try again later */
        CountersTooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @constant */
                    code: 429;
                    message: string;
                };
            };
        };
        /** @description A store did not answer in time: repeat the request with the same Idempotency-Key */
        CountersServiceUnavailable: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @constant */
                    code: 503;
                    message: string;
                };
            };
        };
        /** @description There is no such thing, or none that the caller may know of */
        CountersNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    /** @constant */
                    code: 404;
                    message: string;
                };
            };
        };
    };
    parameters: {
        /** @description Makes the request safe to repeat: a repeat gets the first answer, another request is a conflict */
        "Idempotency-Key": string;
    };
    requestBodies: never;
    headers: {
        /** @description In seconds */
        "Retry-After": number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    logIn: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: a repeat gets the first answer, another request is a conflict */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        session_id: string;
                    };
                };
            };
            400: components["responses"]["BadParameters"];
            401: components["responses"]["Unauthorized"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    logOut: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: a repeat gets the first answer, another request is a conflict */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["BadParameters"];
            401: components["responses"]["Unauthorized"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    register: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: a repeat gets the first answer, another request is a conflict */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        user_id: string;
                    };
                };
            };
            400: components["responses"]["BadParameters"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listSessions: {
        parameters: {
            query?: {
                limit?: number;
                from?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        sessions: components["schemas"]["Session"][];
                        next?: components["schemas"]["Next"];
                    };
                };
            };
            400: components["responses"]["BadParameters"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    endSession: {
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
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadParameters"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    findUser: {
        parameters: {
            query: {
                /** @description Unique, whatever its case; no spaces at its ends, no control or invisible characters */
                user_name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        user_id: string;
                        user_name: string;
                    };
                };
            };
            400: components["responses"]["BadParameters"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listChats: {
        parameters: {
            query?: {
                limit?: number;
                before?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        chats: components["schemas"]["Chat"][];
                        next?: components["schemas"]["Next"];
                    };
                };
            };
            400: components["responses"]["BadParameters"];
            401: components["responses"]["Unauthorized"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createChat: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: a repeat gets the first answer, another request is a conflict */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    chat_name: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        chat_id: string;
                    };
                };
            };
            400: components["responses"]["BadParameters"];
            401: components["responses"]["Unauthorized"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    showChat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatDetails"];
                };
            };
            400: components["responses"]["BadParameters"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    addMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: a repeat gets the first answer, another request is a conflict */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                chat_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Unique, whatever its case; no spaces at its ends, no control or invisible characters
                     * @example ann
                     */
                    user_name: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        user_id: string;
                    };
                };
            };
            400: components["responses"]["BadParameters"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    removeMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat_id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadParameters"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listMessages: {
        parameters: {
            query?: {
                limit?: number;
                from?: string;
                before?: number;
                after?: number;
                around?: number;
            };
            header?: never;
            path: {
                chat_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        messages: components["schemas"]["Message"][];
                        next?: components["schemas"]["Next"];
                        previous?: {
                            before: number;
                        };
                    };
                };
            };
            400: components["responses"]["BadParameters"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    sendMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: a repeat gets the first answer, another request is a conflict */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                chat_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    message: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        message_id: string;
                    };
                };
            };
            400: components["responses"]["BadParameters"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat_id: string;
                seq: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadParameters"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    editMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chat_id: string;
                seq: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    message: string;
                };
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["BadParameters"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    markRead: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: a repeat gets the first answer, another request is a conflict */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                chat_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    seq: number;
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadParameters"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    syncChats: {
        parameters: {
            query?: {
                since?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        chats: components["schemas"]["ChangedChat"][];
                        /** @description Chats that the caller is no member of any more */
                        left: string[];
                        cursor: string;
                        more: boolean;
                    };
                };
            };
            400: components["responses"]["BadParameters"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: a repeat gets the first answer, another request is a conflict */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Unique, whatever its case
                     * @example bob@email.com
                     */
                    email: string;
                    /** Format: password */
                    password: string;
                };
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenPair"];
                };
            };
            400: components["responses"]["CountersBadParameters"];
            401: components["responses"]["CountersUnauthorized"];
            409: components["responses"]["CountersConflict"];
            413: components["responses"]["CountersTooLarge"];
            429: components["responses"]["CountersTooManyRequests"];
            503: components["responses"]["CountersServiceUnavailable"];
        };
    };
    signUp: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: a repeat gets the first answer, another request is a conflict */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Unique, whatever its case
                     * @example bob@email.com
                     */
                    email: string;
                    /** Format: password */
                    password: string;
                    name: string;
                    surname: string;
                    /** Format: date-time */
                    birthday: string;
                    sex: string;
                    city: string;
                    interests: string;
                };
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["CountersBadParameters"];
            409: components["responses"]["CountersConflict"];
            413: components["responses"]["CountersTooLarge"];
            429: components["responses"]["CountersTooManyRequests"];
            503: components["responses"]["CountersServiceUnavailable"];
        };
    };
    refreshToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    refresh_token: string;
                };
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenPair"];
                };
            };
            400: components["responses"]["CountersBadParameters"];
            401: components["responses"]["CountersUnauthorized"];
            413: components["responses"]["CountersTooLarge"];
            429: components["responses"]["CountersTooManyRequests"];
            503: components["responses"]["CountersServiceUnavailable"];
        };
    };
    getByEmail: {
        parameters: {
            query: {
                /** @description Unique, whatever its case */
                email: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        user_id: string;
                    };
                };
            };
            400: components["responses"]["CountersBadParameters"];
            401: components["responses"]["CountersUnauthorized"];
            404: components["responses"]["CountersNotFound"];
            429: components["responses"]["CountersTooManyRequests"];
            503: components["responses"]["CountersServiceUnavailable"];
        };
    };
    listDirectChats: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        total: number;
                        limit: number;
                        offset: number;
                        chats: components["schemas"]["DirectChat"][];
                    };
                };
            };
            400: components["responses"]["CountersBadParameters"];
            401: components["responses"]["CountersUnauthorized"];
            429: components["responses"]["CountersTooManyRequests"];
            503: components["responses"]["CountersServiceUnavailable"];
        };
    };
    openDirectChat: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: a repeat gets the first answer, another request is a conflict */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uuid */
                    companion_id: string;
                };
            };
        };
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uuid */
                        chat_id: string;
                    };
                };
            };
            400: components["responses"]["CountersBadParameters"];
            401: components["responses"]["CountersUnauthorized"];
            404: components["responses"]["CountersNotFound"];
            409: components["responses"]["CountersConflict"];
            413: components["responses"]["CountersTooLarge"];
            429: components["responses"]["CountersTooManyRequests"];
            503: components["responses"]["CountersServiceUnavailable"];
        };
    };
    listDirectMessages: {
        parameters: {
            query: {
                chat_id: string;
                limit?: number;
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        total: number;
                        limit: number;
                        offset: number;
                        messages: components["schemas"]["DirectMessage"][];
                    };
                };
            };
            400: components["responses"]["CountersBadParameters"];
            401: components["responses"]["CountersUnauthorized"];
            404: components["responses"]["CountersNotFound"];
            429: components["responses"]["CountersTooManyRequests"];
            503: components["responses"]["CountersServiceUnavailable"];
        };
    };
    ping: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ok";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    pingDb: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ok";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    showDescription: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getViewer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/javascript": string;
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getDescription: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        openapi: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
