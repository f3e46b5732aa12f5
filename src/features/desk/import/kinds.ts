import type { Command } from '../../../bot/command.ts'
import { askerOf } from '../../../bot/policy.ts'
import type { Actor } from '../../../core/staff.ts'
import { type Text, text } from '../../../core/text.ts'
import { accountSheet } from '../../import/lists/account-sheet.ts'
import { LIST_LABELS } from '../../import/lists/headings.ts'
import { mayOf } from '../../import/lists/lists.ts'
import {
  importAccounts,
  importExits,
  importNegative,
  takeQuotaSheet,
} from '../../import/lists/start-lists.ts'
import type { ImportKind } from '../../import/rules.ts'
import { importClients, importTemplate } from '../../import/start-import.ts'
import { quotaSheet } from '../../quotas/quota-sheet.ts'
import { exitSettings } from '../../risk/exit/exit-settings.ts'
import { listTemplate } from '../../risk/list/list-template.ts'

/** What the pages take of a kind, and what gives out the workbook to fill in. */
interface Taking {
  readonly label: Text
  readonly start: Command
  readonly template: Command
  /** What the command of the workbook is given. */
  readonly input: object
}

const KINDS: Readonly<Record<ImportKind, Taking>> = {
  clients: {
    label: text('客户表', 'book of clients'),
    ...{ start: importClients, template: importTemplate, input: {} },
  },
  quotas: {
    label: LIST_LABELS.quotas,
    ...{ start: takeQuotaSheet, template: quotaSheet, input: {} },
  },
  accounts: {
    label: LIST_LABELS.accounts,
    ...{ start: importAccounts, template: accountSheet, input: {} },
  },
  negative: {
    label: LIST_LABELS.negative,
    ...{ start: importNegative, template: listTemplate, input: {} },
  },
  exit: {
    label: LIST_LABELS.exit,
    ...{ start: importExits, template: exitSettings, input: { what: 'template' } },
  },
}

/** What somebody may bring in, by kind. */
export const takingsFor = (who: Actor): ReadonlyMap<string, Taking> =>
  new Map(Object.entries(KINDS).filter(([kind]) => askerOf(mayOf(kind as ImportKind), who).reach))
