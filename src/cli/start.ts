import { createApp } from '../app.ts'
import { type Config, mailOf } from '../config.ts'
import type { MailGateway } from '../core/gateways.ts'
import type { Database } from '../infra/database/index.ts'
import { createLog } from '../infra/log.ts'
import { createSpool } from '../infra/spool.ts'
import {
  channelsOf,
  contactWaysOf,
  hasChannel,
  missingSettings,
  settingsNeeded,
} from './channels.ts'
import { endOnSignal } from './end-on-signal.ts'
import { Fault } from './fault.ts'
import { demoSince, openService } from './open.ts'
import { checkWebChat } from './operate/trial.ts'

/** The real service. Refuses without a channel, with a part of one, and on a database that holds the demo bank. */
export async function start(config: Config): Promise<void> {
  if (!hasChannel(config)) {
    const { zh, en } = settingsNeeded()
    throw new Fault(
      `没有配置任何聊天渠道，服务没有启动。请设置 ${zh}。机构和人员用 npx chenhui open 导入。只想试用：npm run demo。`,
      `No chat channel is configured, so the service did not start. Set ${en}. Units and people come in by npx chenhui open. To try it out: npm run demo.`,
    )
  }
  const missing = missingSettings(config).join(', ')
  if (missing) {
    throw new Fault(
      `聊天渠道只配置了一部分，服务没有启动。还缺 ${missing}。`,
      `A chat channel is configured in part, so the service did not start. Missing: ${missing}.`,
    )
  }
  const log = createLog(config.LOG_LEVEL)
  const ending = endOnSignal()
  const database = await openService(config)
  if (await demoSince(database.prisma)) {
    await database.close()
    throw new Fault(
      '这个数据库里是演示数据，正式服务不会使用它；请换一个 DATA_DIR 或 DATABASE_URL。',
      'This database holds the demo bank; the service will not run on it. Set another DATA_DIR or DATABASE_URL.',
    )
  }
  try {
    await checkWebChat(config, database.prisma)
  } catch (error) {
    await database.close()
    throw error
  }
  const { channels, mounts } = await channelsOf(config, database, log)
  const spool = createSpool(config.SPOOL_DIR)
  const mail = await mailerOf(config)
  const app = await createApp(config, {
    ...{ database, log, channels, mounts, spool },
    contactWays: contactWaysOf(config, database),
    ...(mail && { mail }),
  })
  // What a service's SDK rejects in a timer of its own ends neither pages, jobs nor the other chats.
  process.on('unhandledRejection', (reason) => {
    log.error({ error: reason instanceof Error ? reason.stack : String(reason) }, 'unhandled')
  })
  const starting = app.start()
  ending.by(() => app.stop())
  try {
    const { port } = await starting
    if ((await database.prisma.staff.count()) === 0) console.error(openFirst(database.kind))
    log.info({ port, database: database.kind }, 'started')
  } catch (error) {
    // What is being ended loses its database in the midst of its start: that is no failure, and cuts nothing short.
    if (!ending.called) throw error
  }
}

/** What to do with a database in which nobody works yet. */
function openFirst(kind: Database['kind']): string {
  // The embedded database serves one process.
  const [zh, en] =
    kind === 'pglite' ? ['先按 Ctrl+C 停止，', 'First stop this with Ctrl+C. '] : ['', '']
  return (
    `行里还没有机构和人员，谁发消息都不认识。${zh}运行 npx chenhui open --template bank.xlsx，填好后运行 npx chenhui open bank.xlsx。\n` +
    `There are no units and no people yet, so nobody is recognised. ${en}Run npx chenhui open --template bank.xlsx, fill it in, then run npx chenhui open bank.xlsx.`
  )
}

/** Null where no mail is set; what sends it is loaded where it is. */
async function mailerOf(config: Config): Promise<MailGateway | null> {
  const settings = mailOf(config)
  if (!settings) return null
  const { createMailer } = await import('../infra/mail.ts')
  return createMailer(settings)
}
