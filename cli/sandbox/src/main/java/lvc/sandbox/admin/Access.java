package lvc.sandbox.admin;

/** Who may call an endpoint while the Admin API asks for a user. */
enum Access {
    /** Everybody. */
    PUBLIC,
    /** Every user who has given a right password. */
    USER,
    /** Superusers only; the answer to all others is 403, also to those who gave no name. */
    SUPERUSER
}
