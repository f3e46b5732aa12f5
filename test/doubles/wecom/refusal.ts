import type { z } from 'zod'

/** What WeCom refuses, with its code. */
export class Refused extends Error {
  readonly errcode: number
  constructor(errcode: number, why: string) {
    super(why)
    this.errcode = errcode
  }
}

export const refuse = (errcode: number, why: string): never => {
  throw new Refused(errcode, why)
}

/** What was sent, where it is as documented; else it is refused, with the field. */
export function parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  return refuse(40058, `${issue?.path.join('.')}: ${issue?.message}`)
}
