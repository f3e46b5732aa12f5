import { z } from 'zod'
import type { Queries } from '../infra/database/index.ts'

const login = z.discriminatedUnion('state', [
  z.object({ state: z.literal('scan'), qr: z.string() }),
  z.object({ state: z.literal('in') }),
  z.object({ state: z.literal('out'), why: z.string() }),
])
type Login = z.infer<typeof login>

const KEY = 'wechaty:login'

/** What the service last heard of Wechaty's login, for `doctor`. */
export const loginOf = (prisma: Queries) => ({
  async read(): Promise<Login | null> {
    const row = await prisma.setting.findUnique({ where: { key: KEY } })
    return login.safeParse(row?.value).data ?? null
  },
  async write(value: Login): Promise<void> {
    await prisma.setting.upsert({
      where: { key: KEY },
      create: { key: KEY, value },
      update: { value },
    })
  },
})
