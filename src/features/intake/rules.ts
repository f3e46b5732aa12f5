import { z } from 'zod'
import { amountField, dayField, noteField, phoneField } from '../../bot/grammar/fields.ts'

export const newClientInput = z.object({
  name: z.string().trim().min(1, '请写客户姓名。 Please give a name.').max(40),
  phone: phoneField,
  businessName: z
    .string()
    .trim()
    .max(60)
    .nullable()
    .default(null)
    .transform((value) => value || null),
  /** What they want to borrow, when they want to be called first, and what else was said: of the first call. */
  amount: amountField,
  nextDate: dayField,
  note: noteField,
  /** Codes of products that were said to be wanted. */
  products: z
    .array(z.string().max(40))
    .max(5)
    .nullable()
    .default(null)
    .transform((said) => said ?? []),
  /** Somebody says that it is nobody who is on file. */
  asNew: z.boolean().default(false),
  /** Whoever had their file deleted wants to be on file again. */
  consented: z.boolean().default(false),
})

export type NewClient = z.infer<typeof newClientInput>
