import type { Queries } from '../infra/database/index.ts'

/** What a channel of the running service last said of itself, for `doctor` of another process. */
export function channelState(prisma: Queries, channel: string) {
  const key = `${channel}:login`
  return {
    async read(): Promise<unknown> {
      const row = await prisma.setting.findUnique({ where: { key } })
      return row?.value ?? null
    },
    async write(state: Readonly<Record<string, string>>): Promise<void> {
      const value = { ...state }
      await prisma.setting.upsert({ where: { key }, create: { key, value }, update: { value } })
    },
  }
}
