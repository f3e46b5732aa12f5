import { z } from 'zod'
import { amountField, dayField, noteField } from '../../bot/grammar/fields.ts'
import { findProduct, type Product, products, takeProduct } from '../catalogue/rules.ts'
import { clientRef } from '../clients/resolve-client.ts'
import type { Client } from '../clients/rules.ts'
import { URGENCIES } from '../playbook/rules.ts'
import type { PlannedTask } from '../tasks/rules.ts'

export const product = z.string().transform((value, context): Product => {
  const found = findProduct(value) ?? takeProduct(value)?.product
  if (found) return found
  const names = products()
    .map((each) => each.label.zh)
    .join('、')
  context.addIssue(`没有产品"${value}"，有：${names}。`)
  return z.NEVER
})

export const needInput = z.object({
  ...clientRef,
  product,
  /** What else is needed, in the same line. */
  also: z.array(product).default([]),
  amount: amountField,
  wantedOn: dayField,
  urgency: z.enum(URGENCIES).default('soon'),
  note: noteField,
})

export type NeedInput = z.infer<typeof needInput>

export interface NeedFacts {
  readonly client: Client
  /** What needs of our own line make; null where marketing is barred. */
  readonly task: PlannedTask | null
}

export interface RegisteredNeed extends NeedFacts {
  readonly need: NeedInput
}
