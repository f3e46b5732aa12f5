import { z } from 'zod'
import { phoneField } from '../../bot/grammar/fields.ts'

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
})

export type NewClient = z.infer<typeof newClientInput>
