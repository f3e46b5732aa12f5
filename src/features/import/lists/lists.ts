import type { Policy } from '../../../bot/policy.ts'
import { importClients } from '../policy.ts'
import type { ImportKind } from '../rules.ts'
import { accountList } from './account-list.ts'
import { exitList } from './exit-list.ts'
import type { List } from './list.ts'
import { negativeList } from './negative-list.ts'
import { quotaList } from './quota-list.ts'

const LISTS = { negative: negativeList, exit: exitList, quotas: quotaList, accounts: accountList }

/** The list that an import brings; null: a book of clients. */
export const listOf = (kind: ImportKind): List | null => (kind === 'clients' ? null : LISTS[kind])

/** Who may bring in what an import brings. */
export const mayOf = (kind: ImportKind): Policy<never> =>
  kind === 'clients' ? importClients : LISTS[kind].may
