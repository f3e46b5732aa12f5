import { everyone, may } from '../../bot/policy.ts'

/** Everybody has a page of their own; what stands on it each role sees anyway. */
export const showHome = may(everyone('self'))
