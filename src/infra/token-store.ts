import { z } from 'zod'
import type { Queries } from './database/index.ts'

const kept = z.object({ token: z.string(), until: z.iso.datetime() })

/** Keeps a token for all instances of the service, under a name. */
export function createTokenStore(prisma: Queries, name: string) {
  const key = `token:${name}`
  return {
    /** What was written last; null when nothing was. */
    async read(): Promise<{ readonly token: string; readonly until: Date } | null> {
      const row = await prisma.setting.findUnique({ where: { key } })
      const value = kept.safeParse(row?.value)
      return value.success ? { token: value.data.token, until: new Date(value.data.until) } : null
    },
    async write(token: string, until: Date): Promise<void> {
      const value = { token, until: until.toISOString() }
      await prisma.setting.upsert({ where: { key }, create: { key, value }, update: { value } })
    },
  }
}
