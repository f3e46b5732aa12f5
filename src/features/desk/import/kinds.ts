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

/** Why a workbook of ours is not taken as what was chosen: it is another one by its marker; null: it is taken. */
export function otherKind(
  who: Actor,
  { label, start }: Taking,
  marker: string | null,
): Text | null {
  if (marker === null || marker === start.files?.marker) return null
  const own = [...takingsFor(who).values()].find((each) => each.start.files?.marker === marker)
  return own
    ? text(
        `这是"${own.label.zh}"的表格，选的却是"${label.zh}"，没有收下。请改选后再发。`,
        `This is the workbook "${own.label.en}", and "${label.en}" was chosen; it was not taken. Choose the other and send it again.`,
      )
    : text(
        `这不是"${label.zh}"的表格，是别处用的，没有收下。`,
        `This is another workbook and no "${label.en}"; it was not taken.`,
      )
}
