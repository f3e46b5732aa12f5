import { may } from '../../bot/policy.ts'

/** Managers enter prospects, who are then theirs. */
export const enterClient = may({ manager: 'own book' })
