/** Names of the stack sets, which infra/organization-stack.ts gives them. */
export const STACK_SETS = { canary: 's3-config-rules-canary', members: 's3-config-rules' } as const;
