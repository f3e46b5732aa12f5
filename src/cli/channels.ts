import { historyOf } from '../bot/history.ts'
import { createWebChannel, type WebChannel } from '../channels/web/index.ts'
import type { Config } from '../config.ts'
import { listPeople } from '../features/staff/store.ts'
import type { Database } from '../infra/database/index.ts'

/** The chat in the browser over a bank's database. */
export const webChatOf = (config: Config, database: Database): WebChannel =>
  createWebChannel({
    base: '/chat',
    host: config.HOST,
    secret: config.WEB_CHAT_SECRET ?? null,
    timezone: config.TIMEZONE,
    bankName: config.BANK_NAME,
    people: () => listPeople(database.prisma),
    history: (conversation) => historyOf(database.prisma, 'web', conversation),
  })
