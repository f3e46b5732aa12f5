import { z } from 'zod'
import { amountField, dayField, noteField } from '../../bot/grammar/fields.ts'
import type { Moment } from '../../bot/moment.ts'
import type { Catalogue, Product } from '../../core/catalogue.ts'
import { findProduct, offered, takeProduct } from '../catalogue/rules.ts'
import { clientRef } from '../clients/resolve-client.ts'
import type { Client } from '../clients/rules.ts'
import { URGENCIES } from '../playbook/rules.ts'
import type { PlannedTask } from '../tasks/rules.ts'

const productField = (catalogue: Catalogue) =>
  z.string().transform((value, context): Product => {
    const found = findProduct(catalogue, value) ?? takeProduct(catalogue, value)?.product
    if (found) return found
    const names = offered(catalogue)
      .map((each) => each.label.zh)
      .join('、')
    context.addIssue(`没有产品"${value}"，有：${names}。`)
    return z.NEVER
  })

export const needInput = ({ catalogue }: Moment) =>
  z.object({
    ...clientRef,
    product: productField(catalogue),
    /** What else is needed, in the same line. */
    also: z.array(productField(catalogue)).default([]),
    amount: amountField,
    wantedOn: dayField,
    urgency: z.enum(URGENCIES).default('soon'),
    note: noteField,
  })

export type NeedInput = z.infer<ReturnType<typeof needInput>>

export interface NeedFacts {
  readonly client: Client
  /** What needs of our own line make; null where marketing is barred. */
  readonly task: PlannedTask | null
}

export interface RegisteredNeed extends NeedFacts {
  readonly need: NeedInput
}
