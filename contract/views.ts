/**
 * What a browser or a program may see and say: each schema is validation, type and OpenAPI at once. `title` is the
 * label a person reads. Instants are ISO 8601 in UTC; names ending in Ms or S carry milliseconds or seconds.
 */
export * from "./balance-views.ts";
export * from "./calendar-views.ts";
export * from "./call-views.ts";
export * from "./common-views.ts";
export * from "./connection-views.ts";
export * from "./flow.ts";
export * from "./history-views.ts";
export * from "./house-views.ts";
export * from "./item-views.ts";
export * from "./limit-views.ts";
export * from "./project-views.ts";
export * from "./prompt-views.ts";
export * from "./recording-views.ts";
export * from "./report-views.ts";
export * from "./session-views.ts";
export * from "./staff-views.ts";
export * from "./system-views.ts";
